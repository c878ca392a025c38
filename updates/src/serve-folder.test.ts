import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { tempFolder } from "../../test/support/tools.ts";
import { readSource } from "./read-source.ts";
import { isLoopback, type ServedRequest, serveFolder } from "./serve-folder.ts";

const content = "0123456789";

/** A server of the folder `images`, beside which lies a secret. */
async function start(t: TestContext) {
  const outer = tempFolder(t);
  const folder = path.join(outer, "images");
  mkdirSync(path.join(folder, "sub"), { recursive: true });
  for (const [name, text] of Object.entries({
    "../secret": "secret",
    "app_1.raw": content,
    "sub/app 2&.raw": "two",
    "100%.raw": "percent",
    empty: "",
    ".hidden": "hidden",
  })) {
    writeFileSync(path.join(folder, name), text);
  }
  symlinkSync("app_1.raw", path.join(folder, "app.raw"));
  symlinkSync("../secret", path.join(folder, "leak"));
  symlinkSync("..", path.join(folder, "up"));
  const log: ServedRequest[] = [];
  const server = await serveFolder(folder, { host: "127.0.0.1", port: 0, onRequest: (request) => log.push(request) });
  t.after(() => server.close());
  return { folder, server, log, address: server.address };
}

/** Says something to a server, and resolves with all that it answers. */
async function raw(address: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  socket.write(text);
  await once(socket, "close");
  return answer;
}

function ask(address: string, target: string, host = "127.0.0.1"): Promise<string> {
  return raw(address, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
}

test("a file whose facts cannot be read is not there, and is closed again", async (t) => {
  const { address, folder } = await start(t);
  const sample = await open(folder);
  const { prototype } = sample.constructor as { readonly prototype: FileHandle };
  await sample.close();
  const stat = t.mock.method(prototype, "stat", () => Promise.reject(new Error("gone")));
  assert.equal((await fetch(`${address}app_1.raw`)).status, 404);
  assert.equal(stat.mock.callCount(), 1);
  if (process.platform !== "linux") return; // only there a process can list its open files
  const descriptors = readdirSync("/proc/self/fd").map((name) => `/proc/self/fd/${name}`);
  const targets = descriptors.map((descriptor) => (existsSync(descriptor) ? readlinkSync(descriptor) : ""));
  assert.ok(!targets.includes(path.join(realpathSync(folder), "app_1.raw")));
});

test("files are served whole, with what a second request needs", async (t) => {
  const { address, log } = await start(t);
  const response = await fetch(`${address}app_1.raw`);
  assert.equal(await response.text(), content);
  const headers = ["accept-ranges", "content-length", "content-type", "cache-control"];
  assert.deepEqual(
    headers.map((name) => response.headers.get(name)),
    ["bytes", "10", "application/octet-stream", "no-cache"],
  );
  const tag = response.headers.get("etag") ?? "";
  const modified = response.headers.get("last-modified") ?? "";
  for (const condition of [{ "if-none-match": `"x", W/${tag}` }, { "if-modified-since": modified }]) {
    assert.equal((await fetch(`${address}app_1.raw`, { headers: condition })).status, 304);
  }
  const head = await fetch(`${address}app_1.raw`, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-length"), await head.text()], [200, "10", ""]);
  for (const [name, text] of [
    ["sub/app%202%26.raw?x=y#z", "two"],
    ["100%25.raw", "percent"],
    ["app.raw", content],
    ["empty", ""],
  ]) {
    assert.equal(await (await fetch(address + name)).text(), text, name);
  }
  assert.deepEqual(log[0], { method: "GET", path: "/app_1.raw", status: 200, bytes: 10, aborted: false });
});

test("ranges are served, also the last bytes and those of the same file only", async (t) => {
  const { address } = await start(t);
  const part = async (headers: Record<string, string>, name = "app_1.raw") => {
    const response = await fetch(address + name, { headers });
    return [response.status, response.headers.get("content-range"), await response.text()];
  };
  assert.deepEqual(await part({ range: "bytes=2-4" }), [206, "bytes 2-4/10", "234"]);
  assert.deepEqual(await part({ range: "bytes=7-" }), [206, "bytes 7-9/10", "789"]);
  assert.deepEqual(await part({ range: "bytes=-3" }), [206, "bytes 7-9/10", "789"]);
  assert.deepEqual(await part({ range: "bytes=10-" }), [416, "bytes */10", "The file has 10 bytes.\n"]);
  assert.deepEqual(await part({ range: "bytes=0-" }, "empty"), [416, "bytes */0", "The file has 0 bytes.\n"]);
  assert.deepEqual(await part({ range: "bytes=0-1,3-4" }), [200, null, content]);
  assert.deepEqual(await part({ range: "bytes=2-4", "if-range": '"other"' }), [200, null, content]);
});

test("nothing outside of the folder is served, however it is asked for", async (t) => {
  const { address } = await start(t);
  for (const target of [
    "/../secret",
    "/sub/../../secret",
    "/%2e%2e/secret",
    "/..%2fsecret",
    "/%2e%2e%2fsecret",
    "/sub%2f..%2f..%2fsecret",
    "/..%5csecret",
    "//secret",
    "/./app_1.raw",
    "/leak",
    "/up/secret",
    "/up",
    "/.hidden",
    "/app_1.raw%00",
    "/%",
    "/%ff",
    "secret",
    "http://127.0.0.1/app_1.raw",
    "*",
    "/app_1.raw/x",
    `/${"a/".repeat(3000)}`,
  ]) {
    const answer = await ask(address, target);
    assert.ok(answer === "" || /^HTTP\/1\.1 40[04] /.test(answer), `${target}: ${answer}`);
    assert.doesNotMatch(answer, /\r\n\r\n(secret|hidden)/, target);
  }
});

test("only fetching is answered, and only for who asks for this machine", async (t) => {
  const { address } = await start(t);
  const { status, headers } = await fetch(`${address}app_1.raw`, { method: "DELETE" });
  assert.deepEqual([status, headers.get("allow")], [405, "GET, HEAD"]);
  for (const host of ["127.0.0.1:8080", "10.0.2.2", "[::1]:1", "localhost", "vm.localhost:80"]) {
    assert.match(await ask(address, "/app_1.raw", host), /^HTTP\/1\.1 200 /, host);
  }
  for (const host of ["example.com", "127.0.0.1.example.com", "localhost.example.com", "mylocalhost", ""]) {
    assert.match(await ask(address, "/app_1.raw", host), /^HTTP\/1\.1 421 /, host);
  }
  // Signs that are left out at the ends of a name make no address of it elsewhere.
  for (const host of ["1[27.0.0.1]", "[127.0.0.]1", "12:7.0.0.1"]) {
    assert.match(await ask(address, "/app_1.raw", host), /^HTTP\/1\.1 4\d\d /, host);
  }
  assert.equal(await raw(address, "nonsense\r\n\r\n"), "");
});

test("the index names what is there, and nothing in a name becomes part of the page", async (t) => {
  const { address, folder } = await start(t);
  if (process.platform !== "win32") writeFileSync(path.join(folder, "<script>"), "");
  const page = await (await fetch(address)).text();
  assert.match(page, /<a href="\/app_1\.raw">app_1\.raw<\/a>/);
  assert.match(page, /<a href="\/sub\/">sub\/<\/a>/);
  assert.doesNotMatch(page, /hidden|<script>/);
  assert.match(await (await fetch(`${address}sub`)).text(), /<a href="\/sub\/app%202%26\.raw">app 2&#38;\.raw<\/a>/);
});

test("what is published is a source", async (t) => {
  const { address, folder } = await start(t);
  writeFileSync(path.join(folder, "SHA256SUMS"), `${"0".repeat(64)}  app_1.raw\n`);
  assert.deepEqual(
    (await readSource(address)).files.map(({ name }) => name),
    ["app_1.raw"],
  );
});

test("a download that is under way does not keep the server from stopping", async (t) => {
  const { address, folder, server, log } = await start(t);
  truncateSync(path.join(folder, "app_1.raw"), 1 << 30);
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  t.after(() => socket.destroy());
  socket.on("error", () => undefined);
  socket.write("GET /app_1.raw HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  await once(socket, "readable"); // and reads nothing of it
  await server.close();
  while (log.length === 0) await setImmediate();
  assert.deepEqual([log[0]?.status, log[0]?.aborted], [200, true]);
});

test("a file that is cut meanwhile ends the connection rather than a wrong download", async (t) => {
  const { address, folder } = await start(t);
  const file = path.join(folder, "app_1.raw");
  truncateSync(file, 1 << 28);
  const response = await fetch(`${address}app_1.raw`);
  truncateSync(file, 10);
  await assert.rejects(response.arrayBuffer());
});

test("a pipe is no file, and nobody waits for it", async (t) => {
  if (process.platform === "win32") return t.skip("Windows has no such pipes");
  const { address, folder } = await start(t);
  execFileSync("mkfifo", [path.join(folder, "pipe")]);
  assert.equal((await fetch(`${address}pipe`)).status, 404);
});

test("a port that is taken, an address of others and what is no folder are told", async (t) => {
  const { address, folder } = await start(t);
  const port = Number(new URL(address).port);
  await assert.rejects(serveFolder(folder, { host: "127.0.0.1", port }), /the address is already in use/);
  await assert.rejects(serveFolder(folder, { host: "0.0.0.0", port: 0 }), /can be reached from other machines/);
  const file = path.join(folder, "app_1.raw");
  await assert.rejects(serveFolder(file, { host: "127.0.0.1", port: 0 }), /it is not a folder/);
  await assert.rejects(serveFolder(`${file}x`, { host: "127.0.0.1", port: 0 }), /no such file or folder/);
});

test("addresses of this machine alone", () => {
  const ours = ["127.0.0.1", "127.1.2.3", "::1", "localhost"];
  const others = ["0.0.0.0", "::", "192.168.1.1", "127.0.0.1.example.com", "127.1", "", "*"];
  assert.deepEqual([...ours, ...others].filter(isLoopback), ours);
});
