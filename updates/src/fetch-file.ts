// Fetches one file over HTTP from an untrusted server: bounded in size, time and redirects.
import { type IncomingMessage, request as requestHttp, STATUS_CODES } from "node:http";
import { request as requestHttps } from "node:https";
import { UpdateError, updateError } from "./update-error.ts";

/** Calls back after some milliseconds, unless what it returns is called before. */
export type After = (milliseconds: number, ring: () => void) => () => void;

export interface FetchControl {
  readonly signal?: AbortSignal;
  /** The clock; tests have one of their own. */
  readonly after?: After;
}

/** Milliseconds without a byte, and altogether. */
const maxSilenceMs = 30_000;
const maxDurationMs = 300_000;
/** As many as browsers follow at most. */
const maxRedirects = 20;

export interface FetchedFile {
  readonly bytes: Buffer;
  /** Where it came from, after redirects. */
  readonly address: URL;
}

const realTime: After = (milliseconds, ring) => {
  const timer = setTimeout(ring, milliseconds);
  return () => clearTimeout(timer);
};

/**
 * The file at an http or https address, of at most `maxBytes`. Follows redirects to such addresses. Throws an UpdateError
 * that names the address it failed at, or the signal's reason.
 */
export async function fetchFile(
  address: URL,
  maxBytes: number,
  { signal, after = realTime }: FetchControl = {},
): Promise<FetchedFile> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const cancel = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", cancel, { once: true });
  let at = address;
  const giveUp = (reason: string) => stop.abort(new UpdateError(shownAddress(at), reason));
  const stopTotal = after(maxDurationMs, () =>
    giveUp(`the download takes longer than ${maxDurationMs / 60_000} minutes`),
  );
  let stopSilence = () => {};
  const alive = () => {
    stopSilence();
    stopSilence = after(maxSilenceMs, () => giveUp(`the server sent no data for ${maxSilenceMs / 1000} seconds`));
  };
  try {
    const seen = new Set<string>();
    for (;;) {
      seen.add(at.href);
      alive();
      const response = await ask(at, stop.signal);
      const next = redirection(response, at);
      if (next === undefined) {
        const bytes = await readBody(response, at, maxBytes, alive);
        stop.signal.throwIfAborted(); // a body without a length ends as well when we close the connection
        return { bytes, address: at };
      }
      response.destroy();
      if (seen.has(next.href)) throw new UpdateError(shownAddress(address), "the server redirects in a loop");
      if (seen.size > maxRedirects) {
        throw new UpdateError(shownAddress(address), `the server redirects more than ${maxRedirects} times`);
      }
      at = next;
    }
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    throw updateError(shownAddress(at), error);
  } finally {
    stopTotal();
    stopSilence();
    signal?.removeEventListener("abort", cancel);
    stop.abort(); // closes a connection that is still open
  }
}

/** An address for people: without user and password. */
export function shownAddress(address: URL): string {
  const shown = new URL(address);
  shown.username = "";
  shown.password = "";
  return shown.href;
}

function ask(address: URL, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = address.protocol === "https:" ? requestHttps : requestHttp;
    const headers = { "accept-encoding": "identity", "user-agent": "sysext" };
    const request = send(address, { agent: false, headers, signal });
    request.on("response", resolve);
    request.on("error", reject); // stays, as errors may come after the response
    request.end();
  });
}

/** Where an answer sends us; undefined for one with a body. Throws an UpdateError for an answer that is neither. */
function redirection(response: IncomingMessage, at: URL): URL | undefined {
  const { statusCode: status = 0, headers } = response;
  if (status === 200) return undefined;
  if (![301, 302, 303, 307, 308].includes(status)) throw new UpdateError(shownAddress(at), refusal(status));
  const to = headers.location;
  const next = to === undefined ? null : URL.parse(to, at.href);
  if (next === null) throw new UpdateError(shownAddress(at), "the server redirects without a target address");
  if (next.protocol !== "http:" && next.protocol !== "https:") {
    throw new UpdateError(
      shownAddress(at),
      `the server redirects to "${shownAddress(next)}", which is not a web address`,
    );
  }
  return next;
}

function refusal(status: number): string {
  if (status === 404 || status === 410) return `no such file on the server (${status})`;
  if (status === 401 || status === 403) return `access denied by the server (${status})`;
  const words = STATUS_CODES[status];
  return `the server responds with ${words === undefined ? status : `${status} ${words}`}`;
}

async function readBody(response: IncomingMessage, at: URL, maxBytes: number, alive: () => void): Promise<Buffer> {
  const encoding = response.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new UpdateError(
      shownAddress(at),
      `the server sends it with content encoding "${encoding}", which systemd does not accept`,
    );
  }
  const tooLong = () => new UpdateError(shownAddress(at), `the file is larger than ${maxBytes} bytes`);
  if (Number(response.headers["content-length"]) > maxBytes) throw tooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    alive();
    length += chunk.length;
    if (length > maxBytes) throw tooLong();
    chunks.push(chunk);
  }
  // One that closes within a chunk, or before it has sent what it promised.
  if (!response.complete) throw new UpdateError(shownAddress(at), "the server closed the connection too early");
  return Buffer.concat(chunks, length);
}
