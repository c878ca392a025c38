// `sysext update-plan` as a user runs it: what it prints, where it reads, and what it says of what cannot be read.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { before, type TestContext, test } from "node:test";
import type { UpdatePlan } from "../../server/src/core/index.ts";
import { makeFolder } from "./make-folder.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

before(ensureBundles);

const transfer = `[Transfer]
ProtectVersion=%A
[Source]
Type=url-file
Path=https://example.com/x
MatchPattern=app_@v_%a.raw.xz app-@v.raw
[Target]
Path=/var/lib/extensions.d
MatchPattern=app_@v.raw
InstancesMax=2
CurrentSymlink=/var/lib/extensions/app.raw
`;
const release = "ID=demo\nIMAGE_VERSION=1\nARCHITECTURE=arm64\n";
const sum = "ab".repeat(32);

function folder(t: TestContext, more: Readonly<Record<string, string>> = {}): string {
  return makeFolder(t, { "def/app.transfer": transfer, "os-release": release, ...more });
}

test("versions, what happens, and what matches nothing", async (t) => {
  const cwd = folder(t, {
    "src/app_3_arm64.raw.xz": "three",
    "src/app-2.raw": "two",
    "src/app_4_x86-64.raw.xz": "other",
    "src/app\u001b[31m.raw": "red",
    "tgt/app_1.raw": "one",
    "tgt/app_0.raw": "zero",
  });
  const args = ["update-plan", "def", "--source", "src", "--target", "tgt", "--os-release", "os-release"];
  const { status, stdout, stderr } = await runCli(args, { cwd });
  assert.equal(
    stdout,
    `VERSION  STATE
3        newest, candidate, available
2        available
1        current, installed, protected
0        installed

An update would install 3 and replace 1.

app
  from    url-file https://example.com/x: 2 instances of app_@v_arm64.raw.xz app-@v.raw
  to      regular-file /var/lib/extensions.d: 2 instances of app_@v.raw
  fetch   app_3_arm64.raw.xz (5 bytes)
  store   /var/lib/extensions.d/app_3.raw, decompressed
  remove  app_0.raw
  link    /var/lib/extensions/app.raw -> ../extensions.d/app_3.raw
  no match at the source:
    app\\x1b[31m.raw
       ^ app_@v_arm64.raw.xz: expected "app_", found "app\\x1b"
    app_4_x86-64.raw.xz
          ^ app_@v_arm64.raw.xz: "_arm64.raw.xz" does not follow "@v", but "_x86-64.raw.x" does
`,
  );
  assert.deepEqual([status, stderr], [0, ""]);
  const other = await runCli([...args, "--arch", "x86-64", "--json"], { cwd });
  const plan: UpdatePlan = JSON.parse(other.stdout);
  assert.deepEqual([plan.candidate, plan.newest, plan.current, plan.faults], ["4", "4", "1", []]);
  assert.deepEqual(readdirSync(path.join(cwd, "tgt")), ["app_0.raw", "app_1.raw"]);
});

test("drop-ins and features beside a transfer count, and other definitions only when they are named", async (t) => {
  const own = transfer.replace("url-file", "regular-file").replace("https://example.com/x", "/nowhere");
  const cwd = makeFolder(t, {
    "def/10-a.transfer": own.replace("[Source]", "Features=a\n[Source]"),
    "def/10-a.transfer.d/x.conf": "[Source]\nMatchPattern=\nMatchPattern=a_@v\n",
    "def/20-b.transfer": own,
    "def/a.feature": "[Feature]\nEnabled=no\n",
    "def/a.feature.d/on.conf": "[Feature]\nEnabled=yes\n",
    "src/a_1": "",
  });
  const planOf = async (...args: readonly string[]): Promise<UpdatePlan> =>
    JSON.parse(
      (await runCli(["update-plan", ...args, "--source", "src", "--target", "tgt", "--json"], { cwd })).stdout,
    );
  const one = await planOf("def/10-a.transfer");
  assert.deepEqual([one.candidate, one.transfers.map(({ id }) => id)], ["1", ["10-a"]]);
  const both = await planOf("def");
  assert.deepEqual([both.candidate, both.transfers.map(({ id }) => id)], [undefined, ["10-a", "20-b"]]);
  assert.deepEqual(await planOf("def/20-b.transfer", "def/10-a.transfer"), both);
});

test("several target paths are taken below the folder", async (t) => {
  const local = transfer
    .replace("url-file", "regular-file")
    .replace("https://example.com/x", "/nowhere")
    .replace("app_@v_%a.raw.xz app-@v.raw", "app_@v.raw");
  const cwd = makeFolder(t, {
    "def/a.transfer": local,
    "def/b.transfer": local.replace("Path=/var/lib/extensions.d", "Path=/var/lib/b"),
    "src/app_2.raw": "",
    "root/var/lib/extensions.d/app_1.raw": "",
  });
  const { stdout, stderr } = await runCli(["update-plan", "def", "--source", "src", "--target", "root", "--json"], {
    cwd,
  });
  const plan: UpdatePlan = JSON.parse(stdout);
  assert.deepEqual(
    plan.versions.map(({ version, incomplete }) => [version, incomplete]),
    [
      ["2", false],
      ["1", true],
    ],
  );
  assert.equal(stderr, `sysext: ${path.join("root", "var/lib/b")}: no such folder; nothing is installed\n`);
});

test("what systemd would refuse is said, and ends with status 2", async (t) => {
  const cwd = folder(t, { "def/b.transfer": "[Source]\nType=url-file\n", "src/app-1.raw": "" });
  const { status, stdout, stderr } = await runCli(["update-plan", "def", "--source", "src", "--target", "src"], {
    cwd,
  });
  assert.equal(status, 2);
  assert.match(stdout, /^systemd-sysupdate would stop with an error\.$/m);
  assert.match(
    stderr,
    /^sysext: def[/\\]b\.transfer: "\[Source\]" has no "Path="; add the location of the versions\n$/,
  );
  const old = await runCli(["update-plan", "def/app.transfer", "--source", "src", "--systemd", "256"], { cwd });
  assert.equal(old.status, 2);
  assert.match(old.stderr, /systemd 256 does not read "\*\.transfer"/);
});

test("nothing is fetched that nobody asked for", async (t) => {
  let requests = 0;
  const address = await serve(t, (_, response) => {
    requests += 1;
    response.end(`${sum}  app-7.raw\n`);
  });
  const cwd = makeFolder(t, { "app.transfer": transfer.replace("https://example.com/x", `${address}/x`) });
  const refused = await runCli(["update-plan", "app.transfer", "--target", "."], { cwd });
  assert.deepEqual([refused.status, refused.stdout, requests], [2, "", 0]);
  assert.match(
    refused.stderr,
    /^sysext: app\.transfer: its source is "http:.*add --fetch, or give a folder or manifest/,
  );
  for (const more of [["--fetch"], ["--source", `${address}/y`]]) {
    const { stdout } = await runCli(["update-plan", "app.transfer", "--target", ".", "--json", ...more], { cwd });
    assert.equal((JSON.parse(stdout) as UpdatePlan).candidate, "7");
  }
  assert.equal(requests, 2);
});

test("a manifest is refused with its line", async (t) => {
  const good = `${sum}  app-1.raw\n`;
  const cases: readonly (readonly [text: string, message: RegExp])[] = [
    [`${good}${"xy".repeat(32)}  app-2.raw\n`, /line 2: .*checksum/],
    [good.replace("\n", "\r\n"), /line 1: .*carriage return/],
    [`${good}${sum}  ../app-2.raw\n`, /line 2: /],
    [`${good}${sum}  /etc/passwd\n`, /line 2: /],
    [`${good}\\${sum}  app\\n2.raw\n`, /line 2: .*backslash/],
    [good.trimEnd(), /line 1: .*newline/],
    [`${good}\n`, /line 2: .*empty/],
  ];
  for (const [text, message] of cases) {
    const cwd = folder(t, { SHA256SUMS: text });
    const { status, stdout, stderr } = await runCli(["update-plan", "def", "--source", "SHA256SUMS", "--target", "."], {
      cwd,
    });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^sysext: SHA256SUMS: [^\n]+\n$/);
    assert.match(stderr, message);
  }
  const cwd = folder(t, { SHA256SUMS: `${good}${sum}  BEST-BEFORE-2020-01-01\n` });
  const args = ["update-plan", "def", "--source", "SHA256SUMS", "--target", "."];
  const late = await runCli(args, { cwd });
  assert.equal(late.status, 2);
  assert.match(late.stderr, /SHA256SUMS: BEST-BEFORE-2020-01-01 has passed/);
  assert.equal((await runCli([...args, "--systemd", "257"], { cwd })).status, 0);
});

test("a server that lies, ends early or leads in circles gets one sentence, and nothing is written", async (t) => {
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    early: (response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(sum, () => response.destroy());
    },
    cut: (response) => void response.destroy(),
    circle: (response) => void response.writeHead(302, { location: "/circle/SHA256SUMS" }).end(),
    missing: (response) => void response.writeHead(404).end(),
    page: (response) => void response.end("<!doctype html><title>Welcome</title>"),
    other: (response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  };
  const address = await serve(t, (url, response) => answers[url.split("/")[1] ?? ""]?.(response));
  for (const name of Object.keys(answers)) {
    const cwd = folder(t);
    const { status, stdout, stderr } = await runCli(
      ["update-plan", "def", "--source", `${address}/${name}`, "--target", "."],
      { cwd },
    );
    assert.deepEqual([status, stdout], [2, ""], name);
    assert.match(stderr, /^sysext: http:[^\n]+\n$/, name);
    assert.deepEqual(readdirSync(cwd).sort(), ["def", "os-release"]);
  }
});

test("what is no transfer, no folder or no os-release file is said in one sentence", async (t) => {
  const cwd = folder(t, {
    "root/usr/lib/sysupdate.demo.d/a.transfer": transfer,
    "other/app.transfer": transfer,
    "readme.txt": "",
    "empty/x": "",
  });
  mkdirSync(path.join(cwd, "odd/x.transfer"), { recursive: true });
  symlinkSync("loop.transfer", path.join(cwd, "loop.transfer"));
  const cases: readonly (readonly [args: readonly string[], message: string | RegExp])[] = [
    [[], "argument TRANSFER… is missing: sysext update-plan TRANSFER…"],
    [["missing.transfer"], /^missing\.transfer: no such file/],
    [["readme.txt"], 'readme.txt: it is not a transfer; its name must end in ".transfer" or ".conf"'],
    [["empty"], 'empty: this folder has no "*.transfer" file; give a file or a folder such as usr/lib/sysupdate.d'],
    [["root"], `root: this folder has no "*.transfer" file; give "${path.join("root", "usr/lib/sysupdate.demo.d")}"`],
    [["odd"], `${path.join("odd", "x.transfer")}: it is not a regular file`],
    [["loop.transfer"], /^loop\.transfer: too many symlinks/],
    [
      ["def", "other"],
      new RegExp(
        `^${path.join("other", "app.transfer")}: it has the same name as "${path.join("def", "app.transfer")}"`,
      ),
    ],
    [
      ["def", "--os-release", "readme.txt"],
      "readme.txt: it is not an os-release file, as it has no line such as ID=debian",
    ],
    [["def", "--os-release", "nowhere"], /^nowhere: no such file/],
    [["def", "--arch", "amd64"], '"amd64" is not a systemd architecture; did you mean "x86-64"?'],
    [["def", "--systemd", "old"], /^"old" is not a systemd version/],
    [["def", "--source", "nowhere"], /^nowhere: no such file or folder/],
    [["def", "--source", "gopher://example.com"], /^gopher:.*systemd fetches from http and https/],
    [["def", "--source", ".", "--target", "readme.txt"], /^readme\.txt: /],
    [["def", "--sauce", "."], 'unknown option "--sauce" of "sysext update-plan"; did you mean "--source"?'],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = await runCli(["update-plan", ...args], { cwd });
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    if (typeof message === "string") assert.equal(stderr, `sysext: ${message}\n`);
    else assert.match(stderr.replace(/^sysext: /, ""), message);
    assert.equal(stderr.trimEnd().split("\n").length, 1);
  }
});

/** The address of a server that ends with the test. */
async function serve(t: TestContext, answer: (url: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => answer(request.url ?? "", response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
