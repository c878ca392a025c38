// `sysext serve` as a user runs it, until Ctrl-C.
import assert from "node:assert/strict";
import { once } from "node:events";
import { truncateSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import path from "node:path";
import { before, type TestContext, test } from "node:test";
import { tempFolder } from "../support/tools.ts";
import { makeFolder } from "./make-folder.ts";
import { ensureBundles, runCli, startCli } from "./run-cli.ts";

before(ensureBundles);

/** A running server of a folder, and all that it says. */
async function serve(t: TestContext, folder: string) {
  const child = startCli(["serve", "out", "--port", "0"], { cwd: folder });
  t.after(() => child.kill("SIGKILL"));
  const said = { stdout: "", stderr: "" };
  child.stderr.on("data", (chunk: Buffer) => {
    said.stderr += chunk;
  });
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said.stdout += chunk;
    if (said.stdout.includes("Path=")) break;
  }
  return { child, said, address: /^Path=(\S+)$/m.exec(said.stdout)?.[1] ?? "" };
}

test("the folder is served where it says, a line a request, until Ctrl-C", async (t) => {
  if (process.platform === "win32") return t.skip("Windows sends no signals");
  const folder = makeFolder(t, { "out/SHA256SUMS": "", "out/app_1.raw": "one" });
  const { child, said, address } = await serve(t, folder);
  assert.equal(said.stdout, `Serving out at ${address} until Ctrl-C. In a transfer:\nPath=${address}\n`);
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  const headers = { range: "bytes=1-" };
  assert.equal(await (await fetch(`${address}app_1.raw`, { headers })).text(), "ne");
  assert.equal((await fetch(`${address}%1b%5b2J`)).status, 404);
  child.kill("SIGINT");
  assert.deepEqual(await once(child, "close"), [0, null]);
  assert.equal(said.stderr, "GET /app_1.raw 206 2 bytes\nGET /%1b%5b2J 404 14 bytes\n");
});

test("Ctrl-C does not wait for a download", async (t) => {
  if (process.platform === "win32") return t.skip("Windows sends no signals");
  const folder = makeFolder(t, { "out/app_1.raw": "" });
  truncateSync(path.join(folder, "out/app_1.raw"), 1 << 30);
  const { child, said, address } = await serve(t, folder);
  const response = await new Promise<IncomingMessage>((resolve) => get(`${address}app_1.raw`, resolve));
  response.on("error", () => undefined);
  child.kill("SIGINT");
  assert.deepEqual(await once(child, "close"), [0, null]);
  response.destroy();
  assert.match(
    said.stderr,
    /^sysext: out: it has no SHA256SUMS, so hosts find no files; "sysext publish" creates it\n/,
  );
  assert.match(said.stderr, /^GET \/app_1\.raw 200 \d.*, aborted$/m);
});

test("a port that is taken is named", async (t) => {
  const folder = makeFolder(t, { "out/SHA256SUMS": "" });
  const { address } = await serve(t, folder);
  const { port } = new URL(address);
  assert.deepEqual(await runCli(["serve", "out", "--port", port], { cwd: folder }), {
    status: 2,
    stdout: "",
    stderr: `sysext: 127.0.0.1, port ${port}: the address is already in use; choose another port with --port, or a free one with --port 0\n`,
  });
});

for (const [args, sentence] of [
  [[], "argument DIR is missing: sysext serve DIR"],
  [["missing"], "missing: no such file or folder"],
  [["missing", "--port", "http"], '"http" is not a valid port; use a number from 0 to 65535'],
  [["missing", "--port", "65536"], '"65536" is not a valid port; use a number from 0 to 65535'],
  [
    ["missing", "--host", "0.0.0.0"],
    'other machines could reach "0.0.0.0", and there is no access control; serve on 127.0.0.1 and forward the port, for example with ssh -R',
  ],
] as const) {
  test(`"sysext serve ${args.join(" ")}" fails with one sentence`, async (t) => {
    const result = await runCli(["serve", ...args], { cwd: tempFolder(t) });
    assert.deepEqual(result, { status: 2, stdout: "", stderr: `sysext: ${sentence}\n` });
  });
}
