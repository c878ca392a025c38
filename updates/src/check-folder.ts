// Checks what is published in a folder: whether its manifest is what systemd takes, and what lies beside it.
import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import { earliestBestBefore, manifestName } from "../../server/src/core/index.ts";
import {
  checkUnchanged,
  findPublishable,
  type HashControl,
  hashFiles,
  type PublishableFile,
  signatureName,
} from "./publishable-files.ts";
import { exists, readPublished } from "./published-manifest.ts";

export type PublicationProblemKind =
  /** There is no manifest, or no signature where one is wanted. */
  | "missing"
  /** Systemd refuses a line, and with it the manifest. */
  | "refused"
  /** A line that systemd takes, and that is no good. */
  | "doubtful"
  /** An entry whose file is not there. */
  | "gone"
  /** A file that has no entry. */
  | "unlisted"
  /** A file that has other bytes than its entry says. */
  | "changed"
  /** Hosts refuse the manifest since a day began. */
  | "expired"
  /** The signature is not good. */
  | "signature";

export interface PublicationProblem {
  readonly kind: PublicationProblemKind;
  /** Path of the file that it is about. */
  readonly path: string;
  /** In the manifest, from 1. */
  readonly line?: number;
  /** One sentence. */
  readonly message: string;
}

export interface CheckRequest {
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The fault of a signature, undefined for a valid one; omit it to skip signatures. */
  verify?(text: string, signature: string): Promise<string | undefined>;
}

/**
 * What is wrong with a published folder, the manifest's own lines first; nothing when hosts get what they are promised.
 * Throws an UpdateError for what cannot be read, or the signal's reason.
 */
export async function checkFolder(
  { folder, now, verify }: CheckRequest,
  control: HashControl = {},
): Promise<readonly PublicationProblem[]> {
  const manifest = path.join(folder, manifestName);
  const found = await findPublishable(folder);
  const published = await readPublished(manifest);
  if (published === undefined) {
    return [{ kind: "missing", path: manifest, message: 'it is missing; "sysext publish" creates it' }];
  }
  const { text, read } = published;
  const problems: PublicationProblem[] = [];
  const add = (kind: PublicationProblemKind, about: string, message: string, line?: number) =>
    void problems.push({ kind, path: about, message, ...(line === undefined ? {} : { line }) });

  if (text === undefined) add("refused", manifest, "it is not UTF-8 text, so systemd refuses it");
  for (const { line, message } of read.faults) add("refused", manifest, message, line);
  for (const { line, message } of read.doubts) add("doubtful", manifest, message, line);
  const last = earliestBestBefore(read);
  if (last !== undefined && last.time <= now) {
    add("expired", manifest, `hosts have refused it since ${last.date}; publish again with --best-before`, last.line);
  }

  const listed = await findListed(folder, new Set(read.entries.map(({ name }) => name)), found.files);
  const hashed = await hashFiles([...listed.values()], control);
  await checkUnchanged([...listed.values()]);
  const sums = new Map(hashed.map(({ name, sha256 }) => [name, sha256]));
  for (const { name, sha256, line } of read.entries) {
    const sum = sums.get(name);
    if (sum === undefined) add("gone", manifest, `"${name}" is not in the folder; publish again`, line);
    else if (sum !== sha256) {
      const message = `it differs from line ${line} of the manifest; give the changed file a new version`;
      add("changed", path.join(folder, name), message);
    }
  }
  const names = new Set([...read.entries, ...read.bestBefore].map(({ name }) => name));
  for (const { name, path: file } of found.files) {
    if (!names.has(name))
      add("unlisted", file, "the manifest does not list it, so hosts do not find it; publish again");
  }
  if (verify !== undefined) await checkSignature();
  return problems;

  async function checkSignature(): Promise<void> {
    const signature = path.join(folder, signatureName);
    if (!(await exists(signature))) {
      return add("missing", signature, 'it is missing; "sysext publish --sign" creates it');
    }
    const fault = text === undefined ? undefined : await verify?.(text, signature);
    if (fault !== undefined) add("signature", signature, fault);
  }
}

/** The files of a manifest's entries that are there; also those that we would not list: below folders, or behind symlinks. */
async function findListed(
  folder: string,
  names: ReadonlySet<string>,
  found: readonly PublishableFile[],
): Promise<Map<string, PublishableFile>> {
  const listed = new Map(found.filter(({ name }) => names.has(name)).map((file) => [file.name, file]));
  for (const name of names) {
    if (listed.has(name)) continue;
    try {
      const real = await realpath(path.join(folder, name));
      const stat = await lstat(real, { bigint: true });
      if (stat.isFile()) listed.set(name, { name, path: real, stat });
    } catch {
      // What cannot be reached is not there for hosts either.
    }
  }
  return listed;
}
