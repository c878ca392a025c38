// Serves a folder over HTTP to a test machine: read-only, from this machine alone, one range at a time.
import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, open, readdir, realpath } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isIP } from "node:net";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { compareBytes } from "../../server/src/core/index.ts";
import { chooseRange } from "./byte-range.ts";
import { codeOf, UpdateError, updateError } from "./update-error.ts";

/** A request when it is over. */
export interface ServedRequest {
  readonly method: string;
  /** As it was asked for; it may hold any characters. */
  readonly path: string;
  readonly status: number;
  /** Bytes of the body that were sent. */
  readonly bytes: number;
  /** Whether the other side hung up before all was sent. */
  readonly aborted: boolean;
}

export interface ServeOptions {
  /** A loopback address. */
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  onRequest?(request: ServedRequest): void;
}

export interface FolderServer {
  /** `http://127.0.0.1:8080/` */
  readonly address: string;
  /** Stops at once, also in the middle of downloads. */
  close(): Promise<void>;
}

/** Whether an address leads to this machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** Serves the files of a folder until it is closed. Throws an UpdateError when it cannot begin. */
export async function serveFolder(folder: string, { host, port, onRequest }: ServeOptions): Promise<FolderServer> {
  if (!isLoopback(host)) throw new UpdateError(host, "this address can be reached from other machines");
  let root: string;
  try {
    root = await realpath(folder);
    await readdir(root);
  } catch (error) {
    throw updateError(folder, codeOf(error) === "ENOTDIR" ? new UpdateError(folder, "it is not a folder") : error);
  }
  const server = createServer((request, response) => {
    // Whoever hangs up, or a file that cannot be read to its end, ends that one request.
    answer(root, request, response).catch(() => response.destroy());
    response.on("close", () => onRequest?.(summary(request, response)));
  });
  server.on("clientError", (_error, socket) => void socket.destroy());
  await new Promise<void>((resolve, reject) => {
    const place = `${host}, port ${port}`;
    server.once("error", (error) => reject(updateError(place, error)));
    server.listen({ host, port }, resolve);
  });
  const bound = server.address();
  const boundPort = typeof bound === "object" && bound !== null ? bound.port : port;
  return {
    address: `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}/`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Bytes of each body that were handed to the network. */
const sent = new WeakMap<ServerResponse, number>();

function summary(request: IncomingMessage, response: ServerResponse): ServedRequest {
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    status: response.statusCode,
    bytes: sent.get(response) ?? 0,
    aborted: !response.writableFinished,
  };
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isForUs(request.headers.host)) return refuse(response, 421, "Use the loopback address of this machine.");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "Only GET and HEAD are supported.");
  }
  const inside = pathInside(request.url ?? "");
  if (inside === undefined) return refuse(response, 400, "This path is not valid.");
  const found = await openInside(root, inside);
  if (found === undefined) return refuse(response, 404, "No such file.");
  try {
    if (found.stat.isDirectory()) await sendIndex(found.real, inside, request, response);
    else if (found.stat.isFile()) await sendFile(found, request, response);
    else refuse(response, 404, "No such file.");
  } finally {
    await found.handle.close();
  }
}

/**
 * Whether a request was meant for a server of this machine. A page in a browser can reach us too, under a name of its own
 * that leads here; machines on a virtual network have addresses for us, and tunnels call us localhost.
 */
function isForUs(host: string | undefined): boolean {
  const name = (host ?? "").replace(/:\d*$/, "").replace(/^\[(.*)\]$/, "$1");
  return isIP(name) !== 0 || /^([^.]+\.)*localhost$/i.test(name);
}

/** The names on the way to a file; undefined for a path that leaves the folder, or that no address has. */
function pathInside(url: string): readonly string[] | undefined {
  const [written = ""] = url.split(/[?#]/, 1);
  if (!written.startsWith("/")) return undefined;
  try {
    const names = written.slice(1).split("/").map(decodeURIComponent);
    if (names.at(-1) === "") names.pop();
    return names.every(isName) ? names : undefined;
  } catch {
    return undefined; // a percent sign that encodes nothing
  }
}

/** A colon names a part of a file on Windows. */
const notInNames = process.platform === "win32" ? /[/\\\0:]/ : /[/\\\0]/;
const isName = (name: string) => name !== "" && name !== "." && name !== ".." && !notInNames.test(name);

interface Found {
  readonly real: string;
  readonly handle: FileHandle;
  readonly stat: BigIntStats;
}

/** What is at a path in the folder, opened; undefined for what is hidden, or not there, or outside by a symlink. */
async function openInside(root: string, names: readonly string[]): Promise<Found | undefined> {
  if (names.some((name) => name.startsWith("."))) return undefined;
  try {
    const real = await realpath(path.join(root, ...names));
    if (real !== root && !real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) return undefined;
    // A pipe without a writer would wait for ever.
    const handle = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      return { real, handle, stat: await handle.stat({ bigint: true }) };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch {
    return undefined;
  }
}

async function sendFile(
  { real, handle, stat }: Found,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const size = Number(stat.size);
  const tag = `"${stat.size.toString(16)}-${stat.mtimeNs.toString(16)}"`;
  const modified = new Date(Number(stat.mtimeMs)).toUTCString();
  response.setHeader("Accept-Ranges", "bytes");
  response.setHeader("ETag", tag);
  response.setHeader("Last-Modified", modified);
  // A manifest that is published again counts at once.
  response.setHeader("Cache-Control", "no-cache");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Type", path.basename(real) === "SHA256SUMS" ? "text/plain" : "application/octet-stream");
  if (isUnchanged(request, tag, modified)) return void response.writeHead(304).end();

  const range = chooseRange(request.headers.range, size, request.headers["if-range"]?.toString(), tag, modified);
  if (range === "outside") {
    response.setHeader("Content-Range", `bytes */${size}`);
    return refuse(response, 416, `The file has ${size} bytes.`);
  }
  const { start, end } = range ?? { start: 0, end: size };
  if (range !== undefined) response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${size}`);
  response.writeHead(range === undefined ? 200 : 206, { "Content-Length": end - start });
  if (request.method === "HEAD" || start === end) return void response.end();
  const stream = handle.createReadStream({ start, end: end - 1, autoClose: false });
  stream.on("data", () => sent.set(response, stream.bytesRead));
  try {
    await pipeline(stream, response, { end: false });
  } finally {
    sent.set(response, stream.bytesRead);
  }
  // A file that was cut meanwhile cannot give what was promised; the other side has to notice.
  if (stream.bytesRead < end - start) response.destroy();
  else response.end();
}

function isUnchanged({ headers }: IncomingMessage, tag: string, modified: string): boolean {
  const known = headers["if-none-match"];
  if (known !== undefined)
    return known.trim() === "*" || known.split(",").some((one) => one.trim().replace(/^W\//, "") === tag);
  return headers["if-modified-since"] === modified;
}

async function sendIndex(
  folder: string,
  inside: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const links = entries
    .filter((entry) => !entry.name.startsWith("."))
    .map((entry) => ({ name: entry.name, slash: entry.isDirectory() ? "/" : "" }))
    .sort((a, b) => compareBytes(a.name, b.name))
    .map(({ name, slash }) => {
      const address = [...inside, name].map((part) => `/${encodeURIComponent(toText(part))}`).join("");
      return `<li><a href="${address}${slash}">${escapeHtml(toText(name))}${slash}</a></li>\n`;
    });
  const title = escapeHtml(`/${toText(inside.join("/"))}`);
  const page = `<!DOCTYPE html>\n<meta charset="utf-8">\n<title>${title}</title>\n<ul>\n${links.join("")}</ul>\n`;
  send(response, 200, "text/html; charset=utf-8", page, request.method === "HEAD");
}

function toText(name: string): string {
  return name.toWellFormed();
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  send(response, status, "text/plain", `${sentence}\n`, false);
}

function send(response: ServerResponse, status: number, type: string, text: string, headOnly: boolean): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": body.length,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
  });
  if (!headOnly) sent.set(response, body.length);
  response.end(headOnly ? undefined : body);
}
