// Signatures of manifests, made and checked by the user's own gpg: the only program that is started here.
import { spawn } from "node:child_process";
import { codeOf, UpdateError, updateError } from "./update-error.ts";

export interface SignControl {
  /** Whose key signs: an id, fingerprint or address as gpg takes them; gpg's own default when left out. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

interface GpgEnd {
  readonly status: number | null;
  readonly stdout: Buffer;
  /** Words of gpg's status lines, such as `INV_SGNR 9 KEY`. */
  readonly states: readonly string[];
  /** What gpg said to people, in their language; the last line is the reason. */
  readonly last: string;
}

/**
 * A detached signature of a text, as `gpg --detach-sign` makes it. gpg may ask for a passphrase by its own means. Throws an
 * UpdateError about `subject` when gpg is missing, has no such key or fails, or the signal's reason.
 */
export async function signText(text: string, subject: string, { key, signal }: SignControl = {}): Promise<Buffer> {
  const whose = key === undefined ? [] : [`--local-user=${key}`];
  const end = await runGpg(["--detach-sign", ...whose, "--output=-"], text, subject, signal);
  if (end.status === 0 && end.stdout.length > 0) return end.stdout;
  throw new UpdateError(subject, whyNotSigned(end, key));
}

function whyNotSigned({ states, last }: GpgEnd, key: string | undefined): string {
  const isMissing = states.some((state) => /^(INV_SGNR|NO_SECKEY)\b|^FAILURE sign (17|0*67108881)\b/.test(state));
  const list = '"gpg --list-secret-keys" lists its keys';
  if (isMissing && key !== undefined) return `gpg has no signing key "${key}"; ${list}`;
  if (isMissing) return `gpg has no signing key; ${list}, and "gpg --quick-generate-key" creates one`;
  return `gpg could not sign: "${last}"`;
}

/**
 * What is wrong with a detached signature of a text, in a clause; undefined when it is good. Throws an UpdateError about
 * `subject` when gpg is missing or fails, or the signal's reason.
 */
export async function signatureFault(
  text: string,
  signature: string,
  subject: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { status, states, last } = await runGpg(["--verify", "--", signature, "-"], text, subject, signal);
  const has = (word: RegExp) => states.some((state) => word.test(state));
  if (status === 0 && has(/^VALIDSIG\b/)) return undefined;
  if (has(/^BADSIG\b/)) return "it does not match the manifest; sign it again";
  if (has(/^(NO_PUBKEY|ERRSIG)\b/)) return "it was made with a key that is not in the keyring; import the public key";
  if (has(/^(EXPKEYSIG|EXPSIG|REVKEYSIG)\b/))
    return "the signature or its key has expired or was revoked; sign with another key";
  if (has(/^NODATA\b/)) return "it is not a signature; sign again";
  return `gpg rejects it: "${last}"`;
}

function runGpg(args: readonly string[], input: string, subject: string, signal?: AbortSignal): Promise<GpgEnd> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn("gpg", ["--batch", "--status-fd=2", ...args], {
      stdio: ["pipe", "pipe", "pipe"],
      ...(signal === undefined ? {} : { signal }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on("error", () => undefined); // gpg that ends early says why itself
    child.stdin.end(input);
    child.on("error", (error) => {
      if (signal?.aborted) reject(signal.reason);
      else if (codeOf(error) === "ENOENT") reject(new UpdateError(subject, notInstalled, error));
      else reject(updateError(subject, error));
    });
    child.on("close", (status) => {
      if (signal?.aborted) reject(signal.reason);
      else resolve({ status, stdout: Buffer.concat(stdout), ...readLog(Buffer.concat(stderr).toString()) });
    });
  });
}

const notInstalled = 'the program "gpg" is missing, which makes and checks signatures; install GnuPG';

function readLog(log: string): Pick<GpgEnd, "states" | "last"> {
  const mark = "[GNUPG:] ";
  const lines = log.split(/\r?\n/).filter((line) => line !== "");
  return {
    states: lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length)),
    last: lines.findLast((line) => !line.startsWith(mark))?.replace(/^gpg: /, "") ?? "no message",
  };
}
