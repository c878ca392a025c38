// Holds machines that a real systemd-sysupdate updates to what it is known to do, for the tests that ask it about more.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { canUpdate, updateMachine } from "../support/sysupdate.ts";

const transfer = `[Transfer]
Verify=no

[Source]
Type=regular-file
Path=/srv/updates
MatchPattern=app_@v.raw

[Target]
Type=regular-file
Path=/var/lib/extensions.d
MatchPattern=app_@v.raw
InstancesMax=2
CurrentSymlink=/var/lib/extensions/app.raw
`;

test("the newest version is found, installed and pointed to, and the oldest makes room", async (t) => {
  if (!canUpdate(t)) return;
  const machine = updateMachine(t, {
    "etc/sysupdate.d/10-app.transfer": transfer,
    "srv/updates/app_1.raw": "one",
    "srv/updates/app_2~rc1.raw": "no version for 257",
    "srv/updates/app_2.raw": "two",
    "srv/updates/app_10.raw": "ten",
    "var/lib/extensions": { folder: true },
    "var/lib/extensions.d/app_0.raw": "zero",
    "var/lib/extensions.d/app_1.raw": "one",
  });
  const { current, all } = await machine.list();
  assert.deepEqual({ current, all }, { current: "1", all: ["10", "2", "1", "0"] });
  assert.equal(await machine.candidate(), "10");
  const { status, log } = await machine.run("update");
  assert.equal(status, 0, log);
  assert.deepEqual(machine.files("var/lib"), {
    "extensions.d/app_1.raw": "one",
    "extensions.d/app_10.raw": "ten",
    "extensions/app.raw": "-> ../extensions.d/app_10.raw",
  });
  assert.equal(await machine.candidate(), undefined);
  const { installed, newest, available } = await machine.version("10");
  assert.deepEqual({ installed, newest, available }, { installed: true, newest: true, available: true });
});

test("what is wrong with a definition is in the log, with its line", async (t) => {
  if (!canUpdate(t)) return;
  const machine = updateMachine(t, {
    "usr/lib/sysupdate.d/app.transfer": transfer.replace("InstancesMax=2", "InstancesMax=1\nColour=red"),
    "etc/sysupdate.d/app.transfer.d/name.conf": "[Source]\nMatchPattern=app.raw\n",
    "srv/updates/app_1.raw": "one",
  });
  const { status, log } = await machine.run("list");
  assert.equal(status, 1);
  assert.match(log, /^\/usr\/lib\/sysupdate\.d\/app\.transfer:13: InstancesMax= value must be at least 2/m);
  assert.match(log, /^\/usr\/lib\/sysupdate\.d\/app\.transfer:14: Unknown key 'Colour' in section \[Target\]/m);
  assert.match(log, /^\/etc\/sysupdate\.d\/app\.transfer\.d\/name\.conf:2: MatchPattern= string is not valid/m);
});

test("a manifest and its files come from a server of the test", async (t) => {
  if (!canUpdate(t)) return;
  // systemd looks for the marks of compressions first, and takes what is shorter than those for cut off.
  const content = "three".repeat(100);
  const sum = createHash("sha256").update(content).digest("hex");
  const address = await serve(t, { "/SHA256SUMS": `${sum}  app_3.raw\n`, "/app_3.raw": content });
  const machine = updateMachine(t, {
    "etc/sysupdate.d/app.transfer": transfer.replace("regular-file", "url-file").replace("/srv/updates", address),
    "var/lib/extensions": { folder: true },
    "var/lib/extensions.d": { folder: true },
  });
  assert.equal(await machine.candidate(), "3");
  const { status, log } = await machine.run("update");
  assert.equal(status, 0, log);
  assert.deepEqual(machine.files("var/lib/extensions.d"), { "app_3.raw": content });
});

test("what part of a set is missing is found out and repaired", async (t) => {
  if (!canUpdate(t)) return;
  const machine = updateMachine(t, {
    "etc/sysupdate.d/10-app.transfer": transfer,
    "etc/sysupdate.d/20-data.transfer": transfer.replaceAll("app_@v", "data_@v").replace(/CurrentSymlink=.*\n/, ""),
    "srv/updates/app_2.raw": "app",
    "srv/updates/data_2.raw": "data",
    "srv/updates/app_3.raw": "without its data",
    "var/lib/extensions": { folder: true },
    "var/lib/extensions.d/app_2.raw": "app",
  });
  assert.deepEqual((await machine.list()).all, ["2"]);
  assert.equal((await machine.version("2")).incomplete, true);
  await assert.rejects(machine.version("3"), /Update '3' not found/);
  assert.equal(await machine.candidate(), "2");
  assert.equal((await machine.run("update")).status, 0);
  assert.deepEqual(machine.files("var/lib/extensions.d"), { "app_2.raw": "app", "data_2.raw": "data" });
  assert.equal((await machine.version("2")).incomplete, false);
});

/** The address of a server with these files by path. */
async function serve(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const content = files[request.url ?? ""];
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
