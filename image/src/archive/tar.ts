// tar archives as FileTrees: one pass over the headers finds all files, contents are read from where they lie.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { type SequentialReader, sequentialReader } from "../bytes/sequential-reader.ts";
import type { ImageReader, OpenImage } from "../image-reader.ts";
import type { FileType } from "../tree/file-tree.ts";
import { decodeName } from "../tree/names.ts";
import { archiveTree, archiveWarning, deviceNumber, type Member } from "./archive-tree.ts";
import { type MemberContent, placePieces, type SparseMap } from "./member-content.ts";
import { type PaxFacts, readPaxRecords } from "./pax-records.ts";
import {
  gnuSparse,
  gnuSparseBlock,
  isTarHeader,
  readNumber,
  readTarHeader,
  TAR_BLOCK,
  type TarHeader,
} from "./tar-header.ts";

const fileTypes: Readonly<Record<string, FileType>> = {
  "2": "symlink",
  "3": "char",
  "4": "block",
  "5": "directory",
  "6": "fifo",
  /** A folder with a list of what was in it, of an incremental backup. */
  D: "directory",
};

/** Bytes of what stands in front of a header and describes it. */
const maxExtendedHeaderSize = 16 * 2 ** 20;
/** Bytes of all names, attributes and lists of pieces, which are kept. */
const maxIndexSize = 256 * 2 ** 20;
const pieceCost = 64;

export const tarReader: ImageReader = {
  class: "archive",
  kind: "tar",
  title: "tar",
  endings: ["tar"],
  signatures: [{ kind: "tar", offset: 257, bytes: "ustar", name: "a tar archive" }],
  // Programs wrote headers without "ustar" before 1988.
  recognize: async (head) =>
    isTarHeader(head.subarray(0, TAR_BLOCK)) ? { kind: "tar", name: "a tar archive" } : undefined,
  open: (source, { signal }) => openTar(source, signal),
};

/** Opens the archive in `source`; throws `corrupt` or `unsupported`. */
async function openTar(source: ByteSource, signal?: CancelSignal): Promise<OpenImage> {
  const files = archiveTree(source);
  const reader = sequentialReader(source, signal);
  const seen = new Set<string>();
  let label: string | undefined;
  let end = 0;
  let kept = 0;
  for await (const entry of readEntries(reader)) {
    seen.add(entry.format);
    end = entry.end;
    kept += costOf(entry);
    if (kept > maxIndexSize) throw new ImageError("unsupported", "its index takes more than 256 MB; unpack it instead");
    if (entry.label !== undefined) label = entry.label;
    else if (entry.linkTo === undefined) files.add(entry.name, entry.member);
    else {
      const target = files.find(entry.linkTo);
      const isLinked = target?.children === undefined && target !== undefined && files.link(entry.name, target);
      if (!isLinked) files.leaveOut();
    }
  }
  const variant = ["pax", "gnu", "ustar", "old"].find((format) => seen.has(format));
  return {
    format: "tar",
    tree: files.tree,
    facts: {
      compression: "none",
      blockSize: TAR_BLOCK,
      inodes: files.count,
      bytesUsed: end,
      ...(variant === undefined ? {} : { variant }),
      ...(label === undefined ? {} : { label }),
      warning: archiveWarning("a tar archive", files.warnings()),
    },
  };
}

interface TarEntry {
  readonly name: string;
  readonly member: Member;
  /** Of another name of a file: the name that it has already. */
  readonly linkTo?: string;
  /** Of an entry that is no file, but gives the archive its name. */
  readonly label?: string;
  readonly format: "pax" | TarHeader["format"];
  /** Where the entry ends. */
  readonly end: number;
}

function costOf({ name, member: { target = "", xattrs = new Map<string, Uint8Array>(), content } }: TarEntry): number {
  let cost = name.length + target.length;
  for (const [key, value] of xattrs) cost += key.length + value.length;
  return cost + ("pieces" in content ? content.pieces.length * pieceCost : 0);
}

async function* readEntries(reader: SequentialReader): AsyncGenerator<TarEntry> {
  const general: PaxFacts = {};
  let own: PaxFacts | undefined;
  let longName: string | undefined;
  let longTarget: string | undefined;
  let isPax = false;

  async function readDescription({ size }: TarHeader): Promise<Uint8Array> {
    if (size < 0 || size > maxExtendedHeaderSize) {
      throw damaged(`an extended header has ${size} bytes`, reader.position);
    }
    const bytes = Uint8Array.from(reader.takeAtOnce(size) ?? (await reader.take(size)));
    pad(reader);
    return bytes;
  }

  while (!reader.atEnd) {
    const position = reader.position;
    const block = reader.takeAtOnce(TAR_BLOCK) ?? (await reader.take(TAR_BLOCK));
    if (block.every((byte) => byte === 0)) return;
    const header = readTarHeader(block, position);
    switch (header.type) {
      case "g":
        isPax = true;
        readPaxRecords(await readDescription(header), general, position + TAR_BLOCK);
        continue;
      case "x":
      case "X":
        isPax = true;
        own ??= {};
        readPaxRecords(await readDescription(header), own, position + TAR_BLOCK);
        continue;
      case "L":
        longName = decodeName(beforeZero(await readDescription(header)));
        continue;
      case "K":
        longTarget = decodeName(beforeZero(await readDescription(header)));
        continue;
      case "M":
        throw new ImageError(
          "unsupported",
          "it is one volume of a multi-volume tar archive; join the volumes first",
          position,
        );
    }
    const facts: PaxFacts = { ...general, ...own };
    const written = own?.path ?? longName ?? general.path ?? header.name;
    const target = own?.linkPath ?? longTarget ?? general.linkPath ?? header.linkTarget;
    const [size, content] = await readContent(reader, header, block, facts);
    const name = facts.sparse?.name ?? written;
    const isFolder = header.type === "0" && written.endsWith("/");
    const type = isFolder ? "directory" : (fileTypes[header.type] ?? "file");
    const member: Member = {
      type,
      mode: header.mode & 0o7777,
      uid: facts.uid ?? header.uid,
      gid: facts.gid ?? header.gid,
      mtime: facts.mtime ?? header.mtime,
      size: type === "file" ? size : 0,
      content,
      ...(type === "symlink" ? { target } : {}),
      ...(type === "char" || type === "block" ? { rdev: deviceNumber(header.major, header.minor) } : {}),
      ...(facts.xattrs === undefined ? {} : { xattrs: facts.xattrs }),
    };
    yield {
      name,
      member,
      ...(header.type === "1" ? { linkTo: target } : {}),
      ...(header.type === "V" ? { label: written } : {}),
      format: isPax ? "pax" : header.format,
      end: reader.position,
    };
    own = undefined;
    longName = undefined;
    longTarget = undefined;
  }
}

/** Passes over a file's content, and says where it is and how long the file. */
async function readContent(
  reader: SequentialReader,
  header: TarHeader,
  block: Uint8Array,
  { size: written, sparse }: PaxFacts,
): Promise<readonly [size: number, content: MemberContent]> {
  // Links say the size of what they lead to.
  const stored = header.type === "1" || header.type === "2" ? 0 : (written ?? header.size);
  if (stored < 0) throw damaged(`a file has ${stored} bytes`, reader.position);
  if (header.type === "S") {
    const map = [...readGnuPairs(block, gnuSparse.map.offset, gnuSparse.map.count)];
    const realSize = readNumber(block, gnuSparse.realSize);
    for (let isExtended = block[gnuSparse.isExtended] === 1; isExtended; ) {
      const more = await reader.take(TAR_BLOCK);
      for (const pair of readGnuPairs(more, 0, gnuSparseBlock.count)) map.push(pair);
      isExtended = more[gnuSparseBlock.isExtended] === 1;
      checkMap(map, reader.position);
    }
    return [realSize, passPieces(reader, map, realSize, stored)];
  }
  if (sparse !== undefined && header.type === "0") {
    const start = reader.position;
    const map = sparse.major === 0 ? sparse.map : await readStoredMap(reader, stored);
    const realSize = sparse.realSize ?? stored;
    return [realSize, passPieces(reader, map, realSize, stored - (reader.position - start))];
  }
  const offset = reader.position;
  reader.skip(stored);
  pad(reader);
  return [stored, { offset }];
}

function passPieces(reader: SequentialReader, map: SparseMap, size: number, stored: number): MemberContent {
  if (!Number.isSafeInteger(size) || size < 0) throw damaged(`a file has ${size} bytes`, reader.position);
  const content = placePieces(map, size, reader.position, stored);
  reader.skip(stored);
  pad(reader);
  return content;
}

/** Pairs in a header of GNU tar; one without any digits ends them. */
function* readGnuPairs(block: Uint8Array, from: number, count: number): Generator<readonly [number, number]> {
  for (let i = 0; i < count; i++) {
    const offset = from + i * 24;
    if (block[offset] === 0) return;
    yield [readNumber(block, { offset, size: 12 }), readNumber(block, { offset: offset + 12, size: 12 })];
  }
}

/** More pieces than anybody's file has. */
const maxSparsePieces = 1 << 20;

function checkMap({ length }: SparseMap, position: number): void {
  if (length > maxSparsePieces) throw damaged(`the sparse map of a file has ${length} entries`, position);
}

/** The map in front of a file's content: how many pairs, and these, each number on a line; up to the end of a block. */
async function readStoredMap(reader: SequentialReader, stored: number): Promise<SparseMap> {
  const position = reader.position;
  const numbers: number[] = [];
  let text = "";
  let wanted = 1;
  for (let read = 0; numbers.length < wanted; read += TAR_BLOCK) {
    if (read + TAR_BLOCK > stored) throw damaged("the sparse map of a file is truncated", position);
    text += String.fromCharCode(...(await reader.take(TAR_BLOCK)));
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      if (numbers.length === wanted) break;
      if (!/^[0-9]{1,16}$/.test(line)) throw damaged("the sparse map of a file is not valid", position);
      numbers.push(Number(line));
      if (numbers.length === 1) wanted = 1 + 2 * Number(line);
    }
    if (text.length > TAR_BLOCK || wanted > 2 * maxSparsePieces)
      throw damaged("the sparse map of a file has too many entries", position);
  }
  const map: [number, number][] = [];
  for (let i = 1; i + 1 < numbers.length; i += 2) map.push([numbers[i] ?? 0, numbers[i + 1] ?? 0]);
  return map;
}

/** Passes over what fills the last block. */
function pad(reader: SequentialReader): void {
  const over = reader.position % TAR_BLOCK;
  // The last block of an archive that was cut may be short.
  if (over > 0) reader.skip(Math.min(TAR_BLOCK - over, reader.left));
}

function beforeZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
