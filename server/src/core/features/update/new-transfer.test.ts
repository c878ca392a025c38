// New transfers: what they say, and that a real systemd-sysupdate installs with them what is published under our names.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { canUpdate, updateMachine } from "../../../../../test/support/sysupdate.ts";
import { parseUnitFile } from "../../model/unit-file.ts";
import { addressFault, type NewTransfer, newTransfer } from "./new-transfer.ts";
import { type NamedExtension, versionedName } from "./update-names.ts";

const demo: NamedExtension = { name: "demo", class: "sysext", release: new Map([["ID", "_any"]]) };

function write(wanted: Partial<NewTransfer> = {}) {
  const files = newTransfer({
    extension: demo,
    address: "https://example.com/demo/",
    verify: true,
    set: "component",
    systemd: 257,
    ...wanted,
  });
  if ("fault" in files) assert.fail(files.fault);
  const [file, ...others] = files;
  const values = parseUnitFile(file.text, undefined).entries.map(({ node }) => [node.name, node.value.text]);
  return { ...file, others, values: Object.fromEntries(values) as Record<string, string> };
}

function extension(name: string, release: Readonly<Record<string, string>>, sort: "sysext" | "confext" = "sysext") {
  return { name, class: sort, release: new Map(Object.entries(release)) };
}

test("a transfer keeps versions outside of the search path, and points to one of them", () => {
  const { path, values } = write();
  assert.equal(path, "etc/sysupdate.demo.d/demo.transfer");
  assert.deepEqual(values, {
    Verify: "yes",
    Type: "regular-file",
    Path: "/var/lib/extensions.d/demo",
    MatchPattern: "demo-@v.raw",
    CurrentSymlink: "/var/lib/extensions/demo.raw",
    InstancesMax: "2",
  });
});

test("its suffix is the one that the oldest systemd reads", () => {
  assert.equal(write({ systemd: 256 }).path, "etc/sysupdate.demo.d/demo.conf");
  assert.equal(write({ systemd: 256, set: "system" }).path, "etc/sysupdate.d/demo.conf");
  assert.equal(write({ systemd: 262, set: "system" }).path, "etc/sysupdate.d/demo.transfer");
});

test("the pattern has what the release file binds the extension to", () => {
  const pattern = (release: Readonly<Record<string, string>>) =>
    write({ extension: extension("demo", release) }).values["MatchPattern"];
  assert.equal(pattern({ ID: "fedora", VERSION_ID: "44", ARCHITECTURE: "arm64" }), "demo-@v-%w-%a.raw");
  assert.equal(pattern({ ID: "fedora", VERSION_ID: "44" }), "demo-@v-%w.raw");
  assert.equal(pattern({ ID: "_any", VERSION_ID: "44", ARCHITECTURE: "x86-64" }), "demo-@v-%a.raw");
  assert.equal(pattern({ ID: "flatcar", SYSEXT_LEVEL: "1.0" }), "demo-@v.raw");
  assert.equal(pattern({ ID: "fedora", VERSION_ID: "", ARCHITECTURE: "" }), "demo-@v.raw");
});

test("configuration extensions and Flatcar have places of their own", () => {
  const confext = write({ extension: extension("demo", { ID: "_any" }, "confext") }).values;
  assert.equal(confext["Path"], "/var/lib/confexts.d/demo");
  assert.equal(confext["CurrentSymlink"], "/var/lib/confexts/demo.raw");
  const flatcar = write({ extension: extension("demo", { ID: "flatcar" }) }).values;
  assert.equal(flatcar["Path"], "/opt/extensions/demo");
  assert.equal(flatcar["CurrentSymlink"], "/etc/extensions/demo.raw");
});

test("the symlink's folder is made where the host may lack it", () => {
  assert.deepEqual(
    write().others.map(({ path }) => path),
    ["etc/tmpfiles.d/50-extensions.conf"],
  );
  const confext = write({ extension: extension("demo", {}, "confext") }).others;
  assert.match(confext[0]?.text ?? "", /^d \/var\/lib\/confexts 0755/m);
  assert.deepEqual(write({ extension: extension("demo", { ID: "flatcar" }) }).others, []);
});

test("signs of patterns in a name stand for themselves", () => {
  const { values } = write({ extension: extension("a@b", {}), address: "https://example.com/a%20b/" });
  assert.equal(values["MatchPattern"], "a@@b-@v.raw");
  assert.equal(values["CurrentSymlink"], "/var/lib/extensions/a@b.raw");
  assert.match(write({ address: "https://example.com/a%20b/" }).text, /^Path=https:\/\/example\.com\/a%%20b\/$/m);
});

test("what cannot work is refused in a sentence", () => {
  const refused = (wanted: Partial<NewTransfer>) => {
    const answer = newTransfer({
      extension: demo,
      address: "https://example.com/",
      verify: true,
      set: "component",
      systemd: 257,
      ...wanted,
    });
    return "fault" in answer ? answer.fault : assert.fail(answer[0].path);
  };
  assert.match(refused({ systemd: 250 }), /systemd 250 does not support systemd-sysupdate/);
  assert.match(refused({ systemd: 253, extension: extension("demo", {}, "confext") }), /systemd 254 is required/);
  assert.match(refused({ extension: extension("de mo", {}) }), /cannot contain " "/);
  assert.match(refused({ extension: extension("dé", {}) }), /cannot contain "é"/);
  assert.match(refused({ extension: extension("a=b", {}) }), /the component name "a=b"/);
  assert.match(refused({ extension: extension("../x", {}) }), /contains "\/"/);
  assert.match(refused({ address: "https://example.com/\nVerify=no" }), /contains spaces/);
});

test("an address is that of a folder on the web", () => {
  assert.equal(addressFault("http://127.0.0.1:8080"), undefined);
  assert.equal(addressFault("https://example.com/a/b%20c"), undefined);
  for (const wrong of [
    "",
    "https://",
    "https:///x",
    "ftp://example.com/",
    "/srv/images",
    "https://e.com/?a",
    "https://e.com/#a",
  ])
    assert.notEqual(addressFault(wrong), undefined, wrong);
});

test("a real systemd-sysupdate installs what is published under our names", async (t) => {
  if (!canUpdate(t)) return;
  const extension: NamedExtension = {
    name: "de@mo",
    class: "sysext",
    release: new Map([
      ["ID", "debian"],
      ["VERSION_ID", "13"],
      ["ARCHITECTURE", "x86-64"],
    ]),
  };
  const content = (version: string) => `version ${version} `.repeat(100);
  const names = ["1.0", "1.1", "2"].map((version) => [versionedName(extension, version), content(version)] as const);
  const sums = names.map(([name, text]) => `${createHash("sha256").update(text).digest("hex")}  ${name}\n`).join("");
  const address = await serve(t, {
    "/x/SHA256SUMS": sums,
    ...Object.fromEntries(names.map(([n, c]) => [`/x/${n}`, c])),
  });
  for (const set of ["component", "system"] as const) {
    const { path, text, others } = write({ extension, address: `${address}/x/`, verify: false, set });
    const folders = others.map(
      (file) => /^d \/(\S+) 0755 root root -$/m.exec(file.text)?.[1] ?? assert.fail(file.text),
    );
    const machine = updateMachine(t, {
      [path]: text.replaceAll("%a", "x86-64"), // whatever the test runs on
      "etc/os-release": "ID=debian\nVERSION_ID=13\n",
      ...Object.fromEntries(folders.map((folder) => [folder, { folder: true } as const])),
    });
    const { status, log } = await machine.run(...(set === "component" ? ["--component=de@mo"] : []), "update");
    assert.equal(status, 0, log);
    assert.doesNotMatch(log, /etc\/sysupdate.*:\d+:|[Dd]eprecated|\.conf/);
    assert.deepEqual(machine.files("var/lib"), {
      "extensions.d/de@mo/de@mo-2-13-x86-64.raw": content("2"),
      "extensions/de@mo.raw": "-> ../extensions.d/de@mo/de@mo-2-13-x86-64.raw",
    });
  }
});

/** The address of a server with these files by path. */
async function serve(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const found = files[decodeURIComponent(request.url ?? "")];
    response.writeHead(found === undefined ? 404 : 200).end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
