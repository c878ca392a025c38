import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { tempFolder } from "../../test/support/tools.ts";
import { manifestAddress, maxManifestBytes, type ReadControl, readSource } from "./read-source.ts";
import { UpdateError } from "./update-error.ts";

const sum = "0123456789abcdef".repeat(4);
const manifest = `${sum}  app_3.raw\n${sum} *app_4.raw\n`;

/** A server that answers with HTTP; its address has no slash at the end. */
async function serve(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createHttpServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that says what it likes. */
async function speak(t: TestContext, talk: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => talk(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function problemOf(place: string, control?: ReadControl): Promise<string> {
  try {
    await readSource(place, control);
  } catch (error) {
    assert.ok(error instanceof UpdateError, String(error));
    return `${error.subject}: ${error.message}`;
  }
  throw new assert.AssertionError({ message: `"${place}" could be read` });
}

test("a folder offers its files, and with patterns for folders those inside too", async (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "b"));
  writeFileSync(path.join(folder, "b/app_2.raw"), "two");
  writeFileSync(path.join(folder, "app_1.raw"), "one!", { mode: 0o640 });
  symlinkSync("app_1.raw", path.join(folder, "app.raw"));
  symlinkSync("b", path.join(folder, "c"));
  const { kind, files } = await readSource(folder);
  assert.equal(kind, "folder");
  assert.deepEqual(
    files.map(({ name, type }) => `${type} ${name}`),
    ["symlink app.raw", "file app_1.raw", "directory b", "symlink c"],
  );
  const [, file] = files;
  assert.deepEqual([file?.size, file?.mode, typeof file?.mtime], [4, 0o640, "bigint"]);
  const deep = await readSource(folder, { deep: true });
  assert.deepEqual(
    deep.files.map(({ name }) => name),
    ["app.raw", "app_1.raw", "b", "b/app_2.raw", "c"],
  );
});

test("a manifest is read from a file, a file address, and below a web address", async (t) => {
  const folder = tempFolder(t);
  const file = path.join(folder, "SHA256SUMS");
  writeFileSync(file, `${manifest}${sum}  BEST-BEFORE-2999-01-31\n`);
  const asked: string[] = [];
  const address = await serve(t, (request, response) => {
    asked.push(request.url ?? "");
    response.end(manifest);
  });
  const files = ["app_3.raw", "app_4.raw"].map((name) => ({ name, type: "file", sha256: sum }));
  for (const place of [file, pathToFileURL(folder).href, `${pathToFileURL(file).href}?x`]) {
    const { doubts, ...source } = await readSource(place);
    assert.deepEqual(source, { kind: "manifest", place: file, files, bestBefore: "2999-01-31" });
    assert.match(doubts[0]?.message ?? "", /empty file/);
  }
  for (const tail of ["", "/", "/images//", "/images/SHA256SUMS", "/a?b=/SHA256SUMS#c"]) {
    assert.deepEqual((await readSource(`${address}${tail}`)).files, files);
  }
  assert.deepEqual(asked, ["/SHA256SUMS", "/SHA256SUMS", "/images/SHA256SUMS", "/images/SHA256SUMS", "/a/SHA256SUMS"]);
});

test("redirects are followed, and a password is not shown", async (t) => {
  let authorization: string | undefined;
  const address = await serve(t, (request, response) => {
    authorization = request.headers.authorization;
    if (request.url === "/new/sums") response.end(manifest);
    else response.writeHead(302, { location: "/new/sums" }).end();
  });
  const { place, files } = await readSource(address.replace("//", "//me:secret@"));
  assert.deepEqual([place, files.length], [`${address}/new/sums`, 2]);
  assert.match(authorization ?? "", /^Basic /);
});

for (const [place, problem] of [
  ["ftp://example.com/x", 'ftp://example.com/x: systemd fetches from http and https addresses, not from "ftp:"'],
  ["http://me:secret@", "http://: this is not a valid address; use one such as https://example.com/images"],
  ["http://me:secret@[::1/", "http://[::1/: this is not a valid address; use one such as https://example.com/images"],
  ["missing", "missing: no such file or folder"],
  ["a\0b", /^a\0b: /],
] as const) {
  test(`${JSON.stringify(place)} cannot be read`, async () => {
    const said = await problemOf(place);
    if (typeof problem === "string") assert.equal(said, problem);
    else assert.match(said, problem);
  });
}

test("a manifest with one bad line is refused, with the line", async (t) => {
  const file = path.join(tempFolder(t), "sums");
  for (const [text, said] of [
    [`${manifest}${sum}  ../x\n`, 'line 3: "../x" has ".", ".." or an empty part; use the normalized path'],
    [manifest.replaceAll("\n", "\r\n"), 'line 1: "app_3.raw" ends with a carriage return; use Unix line endings'],
    [Buffer.from(`${manifest}${sum}  \xff\n`, "latin1"), "line 3: it is not UTF-8 text; check that it is a manifest"],
    [Buffer.from([0xff]), "line 1: it is not UTF-8 text; check that it is a manifest"],
  ] as const) {
    writeFileSync(file, text);
    assert.equal(await problemOf(file), `${file}: ${said}`);
  }
  writeFileSync(file, `${sum}  sub/app.raw\n`);
  assert.equal((await readSource(file)).files.length, 1);
  assert.match(await problemOf(file, { systemd: 257 }), /line 1: "sub\/app\.raw" is in a subdirectory/);
});

test("what is too large for a manifest, or no file, is not read", async (t) => {
  const file = path.join(tempFolder(t), "sums");
  writeFileSync(file, "");
  truncateSync(file, maxManifestBytes + 1);
  assert.match(await problemOf(file), /too large for a manifest \(67108865 bytes; the limit is 67108864\)/);
  if (process.platform !== "win32") assert.match(await problemOf("/dev/zero"), /neither a folder nor a file/);
});

const ok = "HTTP/1.1 200 OK\r\n";

/** What servers say, and what is said of it behind the address. */
const hostile: readonly (readonly [name: string, talk: (socket: Socket) => void, problem: string])[] = [
  ["says nothing and closes", (socket) => socket.end(), "the server closed the connection too early"],
  ["speaks something else", (socket) => socket.end("220 mail ready\r\n"), "the server does not speak HTTP"],
  [
    "promises more than it sends",
    (socket) => socket.end(`${ok}Content-Length: 1000\r\n\r\n${manifest}`),
    "the server closed the connection too early",
  ],
  [
    "promises less than it sends",
    (socket) => socket.end(`${ok}Content-Length: 100\r\n\r\n${manifest}`),
    'line 2: the checksum "0123456789abcdef01234567" has 24 digits; a SHA-256 checksum has 64',
  ],
  [
    "ends within a chunk",
    (socket) => socket.end(`${ok}Transfer-Encoding: chunked\r\n\r\nff\r\n${manifest}`),
    "the server closed the connection too early",
  ],
  [
    "has two lengths",
    (socket) => socket.end(`${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\n${manifest}`),
    "the server does not speak HTTP",
  ],
  [
    "promises too much",
    (socket) => socket.write(`${ok}Content-Length: 99999999999\r\n\r\n`),
    "the file is larger than 67108864 bytes",
  ],
  [
    "compresses",
    (socket) => socket.end(`${ok}Content-Encoding: gzip\r\n\r\nx`),
    'the server sends it with content encoding "gzip", which systemd does not accept',
  ],
  ["has no such file", (socket) => socket.end("HTTP/1.1 404 Gone fishing\r\n\r\n"), "no such file on the server (404)"],
  ["refuses", (socket) => socket.end("HTTP/1.1 403 No\r\n\r\n"), "access denied by the server (403)"],
  [
    "breaks",
    (socket) => socket.end("HTTP/1.1 503 \x1b[2J\r\n\r\n"),
    "the server responds with 503 Service Unavailable",
  ],
  [
    "sends a part",
    (socket) => socket.end("HTTP/1.1 206 Part\r\n\r\nx"),
    "the server responds with 206 Partial Content",
  ],
  [
    "redirects nowhere",
    (socket) => socket.end("HTTP/1.1 302 F\r\n\r\n"),
    "the server redirects without a target address",
  ],
  [
    "redirects to a file",
    (socket) => socket.end("HTTP/1.1 302 F\r\nLocation: file:///etc/passwd\r\n\r\n"),
    'the server redirects to "file:///etc/passwd", which is not a web address',
  ],
  [
    "redirects in circles",
    (socket) => socket.end("HTTP/1.1 302 F\r\nLocation: /SHA256SUMS\r\n\r\n"),
    "the server redirects in a loop",
  ],
  ["sends a page", (socket) => socket.end(`${ok}\r\n<html>`), /^line 1: the line begins with "<html>"/.source],
];

for (const [name, talk, problem] of hostile) {
  test(`a server that ${name} is told of with its address`, async (t) => {
    const address = await speak(t, talk);
    const said = await problemOf(address);
    const [shown, rest] = [said.slice(0, address.length + 13), said.slice(address.length + 13)];
    assert.equal(shown, `${address}/SHA256SUMS: `);
    if (problem.startsWith("^")) assert.match(rest, new RegExp(problem));
    else assert.equal(rest, problem);
  });
}

test("a server that never stops redirecting is left", async (t) => {
  let count = 0;
  const address = await serve(t, (_request, response) => {
    count += 1;
    response.writeHead(307, { location: `/${count}` }).end();
  });
  assert.equal(await problemOf(address), `${address}/SHA256SUMS: the server redirects more than 20 times`);
  assert.equal(count, 21);
});

test("a body without end is cut off", async (t) => {
  const address = await serve(t, (_request, response) => {
    const block = Buffer.alloc(1 << 20, "a");
    const more = () => {
      while (!response.destroyed && response.write(block));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  assert.equal(await problemOf(address), `${address}/SHA256SUMS: the file is larger than ${maxManifestBytes} bytes`);
});

/** A clock whose timers ring when the test wants it. */
function handClock() {
  const timers = new Map<number, { readonly milliseconds: number; ring(): void }>();
  let count = 0;
  return {
    after(milliseconds: number, ring: () => void) {
      count += 1;
      const id = count;
      timers.set(id, { milliseconds, ring });
      return () => void timers.delete(id);
    },
    /** Rings the timer that is set for so long. */
    ring: (milliseconds: number) => [...timers.values()].find((timer) => timer.milliseconds === milliseconds)?.ring(),
    pending: () => timers.size,
    set: () => count,
  };
}

test("a silent server is left after half a minute, before and within its answer", async (t) => {
  const clock = handClock();
  const silent = await speak(t, () => clock.ring(30_000));
  assert.equal(
    await problemOf(silent, { after: clock.after }),
    `${silent}/SHA256SUMS: the server sent no data for 30 seconds`,
  );
  const halting = await speak(t, (socket) => {
    socket.write(`${ok}\r\n${manifest}`, () => setImmediate(() => clock.ring(30_000)));
  });
  assert.match(await problemOf(halting, { after: clock.after }), /sent no data for 30 seconds$/);
  assert.equal(clock.pending(), 0);
});

test("a server that drips is left after some minutes, though it never falls silent", async (t) => {
  const clock = handClock();
  const address = await speak(t, (socket) => {
    socket.write(`${ok}\r\n`);
    const drip = () => {
      if (socket.destroyed) return;
      socket.write("a");
      // Each byte sets the timer of silence again, so that only the other one can ring.
      if (clock.set() > 5) clock.ring(300_000);
      else setImmediate(drip);
    };
    drip();
  });
  assert.equal(
    await problemOf(address, { after: clock.after }),
    `${address}/SHA256SUMS: the download takes longer than 5 minutes`,
  );
});

test("whoever no longer wants the answer does not wait for it", async (t) => {
  const abort = new AbortController();
  const address = await speak(t, () => abort.abort(new Error("enough")));
  await assert.rejects(readSource(address, { signal: abort.signal }), /^Error: enough$/);
  await assert.rejects(readSource(address, { signal: AbortSignal.abort(new Error("never")) }), /^Error: never$/);
});

test("an address where nobody listens is named", async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  t.diagnostic(`port ${port} was free`);
  const said = await problemOf(`http://127.0.0.1:${port}/`);
  assert.equal(said, `http://127.0.0.1:${port}/SHA256SUMS: connection refused; check that the server is running`);
});

test("systemd's address of a manifest", () => {
  assert.equal(manifestAddress("https://example.com").href, "https://example.com/SHA256SUMS");
  assert.equal(manifestAddress("https://example.com/a%20b/").href, "https://example.com/a%20b/SHA256SUMS");
  assert.equal(manifestAddress("https://example.com/MYSHA256SUMS").href, "https://example.com/MYSHA256SUMS/SHA256SUMS");
});
