// Publishes a folder of images: writes the manifest that hosts look for, and the signature that they check.
import { rm } from "node:fs/promises";
import path from "node:path";
import {
  bestBeforeName,
  emptySha256,
  formatManifest,
  type Manifest,
  manifestName,
  readDate,
} from "../../server/src/core/index.ts";
import {
  checkUnchanged,
  findPublishable,
  type HashControl,
  type HashedFile,
  hashFiles,
  type PublishableFile,
  signatureName,
} from "./publishable-files.ts";
import { dayOfMark, exists, isMark, readPublished } from "./published-manifest.ts";
import { codeOf, UpdateError, updateError } from "./update-error.ts";

/** A file that gets its name only when it is complete. */
export interface NewFile {
  write(offset: number, bytes: Uint8Array): Promise<void>;
  commit(): Promise<void>;
  /** Leaves nothing behind; does nothing after `commit`. */
  discard(): Promise<void>;
}

export interface PublishRequest {
  readonly folder: string;
  /** The day with whose beginning hosts refuse the manifest, as in `2027-01-31`; it is marked by an empty file. */
  readonly bestBefore?: string;
  /** Publishes files that hosts with their version will never fetch again. */
  readonly force?: boolean;
  /** What becomes of the signature: `sign` makes it, `remove` takes an old one away; without, one that fits stays. */
  readonly signature?: { readonly kind: "sign"; sign(text: string): Promise<Uint8Array> } | { readonly kind: "remove" };
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Starts a file that replaces the one of its name at once. */
  createFile(target: string): Promise<NewFile>;
}

export interface Publication {
  /** Path of the manifest. */
  readonly manifest: string;
  readonly files: readonly HashedFile[];
  /** Names that the manifest before did not have, and those that are no longer there. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Names of files that have other bytes than the manifest before says. */
  readonly changed: readonly string[];
  /** Those of them for which nothing was written: hosts that have such a version never fetch it again. */
  readonly refused: readonly string[];
  readonly bestBefore?: string;
  /** Whether the manifest has a signature that fits, as far as it was made now or is as old as the manifest. */
  readonly signed: boolean;
  /** Whether anything was written. */
  readonly written: boolean;
  /** What else the publisher should know, a sentence each. */
  readonly notes: readonly string[];
}

/** Endings of what systemd-sysupdate does not install by version, so that it may change under its name. */
const notInstalled = /\.(changelog|component|conf|css|feature|html?|json|manifest|md|transfer|txt|xml)$/i;

/**
 * Writes the manifest of a folder, and with it the signature when asked. Throws an UpdateError, or the signal's reason;
 * then everything is as it was.
 */
export async function publishFolder(request: PublishRequest, control: HashControl = {}): Promise<Publication> {
  const { folder, signature, force = false } = request;
  const { signal } = control;
  const manifest = path.join(folder, manifestName);
  const before = await readPublished(manifest);
  const found = await findPublishable(folder);
  const marked = found.files.filter(({ name }) => isMark(name));
  const dates = bestBeforeDates(request, marked);
  const files = found.files.filter(({ name }) => !isMark(name));
  if (files.length === 0) throw new UpdateError(folder, "it contains no file to publish");

  const hashed = await hashFiles(files, control);
  const marks = dates.map((date) => ({ name: bestBeforeName(date), sha256: emptySha256 }));
  const text = formatManifest([...hashed, ...marks]);
  const change = compare(before?.read, hashed);
  const refused = force ? [] : change.changed.filter((name) => !notInstalled.test(name));
  const hasSignature = await exists(path.join(folder, signatureName));
  const isSame = before?.text === text;
  const publication = {
    manifest,
    files: hashed,
    ...change,
    refused,
    ...(dates[0] === undefined ? {} : { bestBefore: dates[0] }),
    signed: signature === undefined ? hasSignature : signature.kind === "sign",
    notes: notesOn(hashed, found.symlinks, before?.read),
  };
  if (refused.length > 0) return { ...publication, signed: hasSignature, written: false };
  if (signature === undefined && hasSignature && !isSame) {
    const way = "sign the new manifest with --sign, or remove the signature with --unsigned";
    throw new UpdateError(path.join(folder, signatureName), `it signs the previous manifest; ${way}`);
  }
  const signed = signature?.kind === "sign" ? await signature.sign(text) : undefined;
  await checkUnchanged(files);
  signal?.throwIfAborted();
  // From here on nothing takes long, and a Ctrl-C waits.
  await replace(request, { text, isSame, old: before?.bytes, signed, marks: marks.map(({ name }) => name) });
  for (const { name, path: file } of marked) {
    // One that stays is named by the next publication, when its day has come.
    if (!marks.some((mark) => mark.name === name)) await rm(file, { force: true }).catch(() => undefined);
  }
  return { ...publication, written: !isSame || signed !== undefined || (signature?.kind === "remove" && hasSignature) };
}

/** The days that limit the manifest: the one asked for, or those of the marks in the folder; the earliest first. */
function bestBeforeDates({ folder, bestBefore, now }: PublishRequest, marked: readonly PublishableFile[]): string[] {
  const full = marked.find(({ stat }) => stat.size > 0n);
  if (full !== undefined) throw new UpdateError(full.path, "a best-before file must be empty");
  const days = bestBefore === undefined ? marked.map(({ name }) => dayOfMark(name)) : [bestBefore];
  const dates = days.flatMap((day) => readDate(day) ?? []).sort((a, b) => a.time - b.time);
  const [first] = dates;
  if (first !== undefined && first.time <= now) {
    const way =
      bestBefore === undefined ? "give a later date with --best-before, or remove the file" : "give a later date";
    throw new UpdateError(
      path.join(folder, bestBeforeName(first.date)),
      `hosts refuse the manifest because that date has begun; ${way}`,
    );
  }
  return [...new Set(dates.map(({ date }) => date))];
}

function compare(
  before: Manifest | undefined,
  files: readonly HashedFile[],
): Pick<Publication, "added" | "removed" | "changed"> {
  const old = new Map(before?.entries.map(({ name, sha256 }) => [name, sha256]));
  const now = new Set(files.map(({ name }) => name));
  return {
    added: files.filter(({ name }) => !old.has(name)).map(({ name }) => name),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: files.filter(({ name, sha256 }) => (old.get(name) ?? sha256) !== sha256).map(({ name }) => name),
  };
}

function notesOn(files: readonly HashedFile[], symlinks: readonly string[], before: Manifest | undefined): string[] {
  // What patterns cannot name: all but printable ASCII, and the signs that shells keep for themselves.
  const unmatched = files.filter(({ name }) => /[^\x20-\x7e]|[$*?[\]!\\|]/.test(name));
  const faults = before?.faults.length ?? 0;
  return [
    ...symlinks.map((name) => `"${name}" is a symlink and is not listed; hosts fetch the file under its own name`),
    ...unmatched.map(
      ({ name }) => `"${name}" has characters that match patterns cannot contain, so hosts do not find it`,
    ),
    ...files.filter(({ size }) => size === 0).map(({ name }) => `"${name}" is empty`),
    ...(faults > 0 ? [`the previous manifest had ${faults} lines that systemd refuses`] : []),
  ];
}

interface Replacement {
  readonly text: string;
  /** Whether the manifest has this text already. */
  readonly isSame: boolean;
  readonly old: Buffer | undefined;
  readonly signed: Uint8Array | undefined;
  /** Names of the empty files that mark days. */
  readonly marks: readonly string[];
}

/** Puts all in place; when a step fails, what was put in place before is taken back. */
async function replace(request: PublishRequest, { text, isSame, old, signed, marks }: Replacement): Promise<void> {
  const { folder, signature } = request;
  const manifest = path.join(folder, manifestName);
  const staged: NewFile[] = [];
  const takeBack: (() => Promise<void>)[] = [];
  async function stage(target: string, bytes: Uint8Array): Promise<NewFile> {
    const file = await request.createFile(target);
    staged.push(file);
    await file.write(0, bytes);
    return file;
  }
  try {
    const newManifest = isSame ? undefined : await stage(manifest, Buffer.from(text));
    const newSignature = signed === undefined ? undefined : await stage(path.join(folder, signatureName), signed);
    for (const name of marks) {
      const target = path.join(folder, name);
      if (await exists(target)) continue;
      await (await stage(target, new Uint8Array())).commit();
      takeBack.push(() => rm(target, { force: true }));
    }
    // A manifest without its signature is refused by hosts, so a crash between the two cannot deceive them.
    if (newManifest !== undefined) {
      await newManifest.commit();
      takeBack.push(() => restore(request, manifest, old));
    }
    await newSignature?.commit();
    if (signature?.kind === "remove") await rm(path.join(folder, signatureName), { force: true });
  } catch (error) {
    for (const file of staged) await file.discard().catch(() => undefined);
    for (const undo of takeBack.reverse()) await undo().catch(() => undefined);
    if (error instanceof Error && codeOf(error) === undefined && !(error instanceof UpdateError)) throw error;
    throw updateError(manifest, error);
  }
}

async function restore(request: PublishRequest, manifest: string, old: Buffer | undefined): Promise<void> {
  if (old === undefined) return await rm(manifest, { force: true });
  const file = await request.createFile(manifest);
  await file.write(0, old);
  await file.commit();
}
