// dm-verity of an image that is a file: what its partitions and the files beside it say, and whether its content is intact.
import { stat } from "node:fs/promises";
import path from "node:path";
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { detectContent } from "../detect.ts";
import { type CheckVerityOptions, checkVerity } from "../verity/check-verity.ts";
import { hashTreeOf } from "../verity/hash-tree.ts";
import { fromHex } from "../verity/hexadecimal.ts";
import { readVerity, readVerityState } from "../verity/read-verity.ts";
import { isRootHash } from "../verity/signature-json.ts";
import { readVeritySuperblock } from "../verity/superblock.ts";
import type { VerityHints } from "../verity/verity-members.ts";
import type { VerityCheck, VerityState } from "../verity/verity-state.ts";
import { type FileSource, openFileSource } from "./file-source.ts";
import { errorCode, ioReason } from "./io-error.ts";
import type { OpenImageFile } from "./open-image-file.ts";
import { nodeVerityCrypto } from "./verity-crypto.ts";

export interface ReadImageVerityOptions {
  /** A root hash in hexadecimal that counts more than all that are found. */
  readonly rootHash?: string;
  readonly signal?: CancelSignal;
}

/** What is needed of an image that somebody opened as a whole. */
export type VerityImage = Pick<OpenImageFile, "disk" | "compressedWith">;

/** More than any root hash or signature takes. */
const maxSidecarSize = 1 << 20;

/**
 * What is known of the dm-verity of an image: of the partitions of a disk, or of a file system with its hash tree in
 * `NAME.verity`. Takes the root hash and the signature that may lie beside `file` into account; an image that is no file on
 * this machine has none. Reads a few blocks. No states where nothing is guarded. Throws an ImageError of kind `io` when
 * something is there and cannot be read; what is damaged is in the states.
 */
export async function readImageVerity(
  file: string | undefined,
  { disk, compressedWith }: VerityImage,
  { rootHash, signal }: ReadImageVerityOptions = {},
): Promise<readonly VerityState[]> {
  // systemd looks for what lies beside an image under the name of the image as it is.
  const base = file === undefined || compressedWith !== undefined ? undefined : nameWithoutSuffix(file);
  const beside = base === undefined ? {} : await readBeside(base);
  const options = {
    ...(rootHash === undefined ? {} : { rootHash: rootHash.toLowerCase() }),
    beside,
    ...(signal === undefined ? {} : { signal }),
  };
  if (disk !== undefined) return await readVerity(disk, nodeVerityCrypto, options);
  if (file === undefined || base === undefined) return [];
  return await withFileAndTree(file, base, async (data, hashes) => {
    if (hashes === undefined && beside.root === undefined && beside.usr === undefined) return [];
    const { kind } = await detectContent(data, signal);
    if (kind === "gpt" || kind === "mbr") return []; // one partition of a disk was opened by itself
    const role = beside.root === undefined && beside.usr !== undefined ? "usr" : "root";
    const tree = hashes && { hashes, hashFile: path.basename(`${base}.verity`) };
    return [await readVerityState({ role, data, ...tree }, nodeVerityCrypto, options)];
  });
}

/**
 * Compares the data that a state is about with its root hash. Throws an ImageError: `unsupported` when there is no hash
 * tree or no root hash, `io` when something cannot be read.
 */
export async function checkImageVerity(
  file: string | undefined,
  { disk }: VerityImage,
  state: VerityState,
  options: CheckVerityOptions = {},
): Promise<VerityCheck> {
  if (disk === undefined) {
    if (file === undefined)
      throw new ImageError(
        "unsupported",
        "it is not a disk image, and there is no hash tree or root hash file beside it",
      );
    return await withFileAndTree(file, nameWithoutSuffix(file), (data, hashes) => check(data, hashes, state, options));
  }
  const bytes = (number: number | undefined) => {
    const found = disk.partitions.find((partition) => partition.number === number);
    return found === undefined ? undefined : disk.bytes(found);
  };
  return await check(bytes(state.dataPartition), bytes(state.hashPartition), state, options);
}

async function check(
  data: ByteSource | undefined,
  hashes: ByteSource | undefined,
  { rootHash: digits }: VerityState,
  options: CheckVerityOptions,
): Promise<VerityCheck> {
  const superblock = hashes && (await readVeritySuperblock(hashes, options.signal));
  if (data === undefined || hashes === undefined || superblock === undefined) {
    throw new ImageError("unsupported", "it has no hash tree to verify it with");
  }
  const rootHash = digits === undefined ? undefined : fromHex(digits);
  if (rootHash === undefined) throw new ImageError("unsupported", "no root hash is known to verify it with");
  const tree = hashTreeOf(superblock, nodeVerityCrypto.hash);
  return await checkVerity({ data, hashes, tree, rootHash }, options);
}

/** `NAME.raw` is `NAME`; any other name stays whole. */
function nameWithoutSuffix(file: string): string {
  return file.endsWith(".raw") ? file.slice(0, -".raw".length) : file;
}

async function readBeside(base: string): Promise<{ root?: VerityHints; usr?: VerityHints }> {
  const root = await readHints(`${base}.roothash`);
  const usr = await readHints(`${base}.usrhash`);
  return { ...(root && { root }), ...(usr && { usr }) };
}

async function readHints(file: string): Promise<VerityHints | undefined> {
  const written = await readSmall(file);
  const signature = await readSmall(`${file}.p7s`);
  if (written === undefined && signature === undefined) return undefined;
  const hashName = path.basename(file);
  if (written === undefined) return { hashName, ...(signature && { signature }) };
  // systemd reads the first line.
  const [line = ""] = Buffer.from(written)
    .toString("latin1")
    .split(/[\0\r\n]/, 1);
  const hash = line.trim().toLowerCase();
  return { hashName, ...(isRootHash(hash) ? { hash } : { unreadable: true }), ...(signature && { signature }) };
}

/** The content of a file beside an image; undefined when there is none. */
async function readSmall(file: string): Promise<Uint8Array | undefined> {
  const source = await openIfThere(file);
  try {
    return source && (await readExact(source, 0, Math.min(source.size, maxSidecarSize)));
  } finally {
    await source?.close();
  }
}

async function openIfThere(file: string): Promise<FileSource | undefined> {
  try {
    await stat(file);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return undefined;
    throw unreadable(file, ioReason(error));
  }
  try {
    return await openFileSource(file);
  } catch (error) {
    throw unreadable(file, error instanceof ImageError ? error.message : ioReason(error));
  }
}

function unreadable(file: string, reason: string): ImageError {
  return new ImageError("io", `"${path.basename(file)}" beside it cannot be read: ${reason}`);
}

async function withFileAndTree<Result>(
  file: string,
  base: string,
  use: (data: ByteSource, hashes: ByteSource | undefined) => Promise<Result>,
): Promise<Result> {
  const data = await openFileSource(file);
  try {
    const hashes = await openIfThere(`${base}.verity`);
    try {
      return await use(data, hashes);
    } finally {
      await hashes?.close();
    }
  } finally {
    await data.close();
  }
}
