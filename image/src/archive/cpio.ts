// cpio archives as FileTrees, as initrds are: several may follow each other, and the last file of a name counts.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { type SequentialReader, sequentialReader } from "../bytes/sequential-reader.ts";
import { windowSource } from "../bytes/window-source.ts";
import type { ImageReader, OpenImage, ReadContext } from "../image-reader.ts";
import { typeOfMode } from "../tree/inode-facts.ts";
import { decodeName } from "../tree/names.ts";
import {
  type ArchiveTree,
  archiveTree,
  archiveWarning,
  deviceNumber,
  type Member,
  type MemberNode,
} from "./archive-tree.ts";
import { CPIO_MAGIC_SIZE, type CpioForm, cpioFormOf, readCpioHeader } from "./cpio-header.ts";

const endName = "TRAILER!!!";
const maxNameSize = 65_536;
const maxTargetSize = 65_536;
/** Zeros behind an archive, up to the next one or the end. */
const maxGap = 16 * 2 ** 20;
const gapStep = 4096;

export const cpioReader: ImageReader = {
  class: "archive",
  kind: "cpio",
  title: "cpio",
  endings: ["cpio"],
  signatures: ["070701", "070702", "070707"].map((bytes) => ({
    kind: "cpio",
    offset: 0,
    bytes,
    name: "a cpio archive",
  })),
  open: openCpio,
};

/** Opens the archives in `source`; throws `corrupt`. */
async function openCpio(source: ByteSource, { detect, signal }: ReadContext): Promise<OpenImage> {
  const files = archiveTree(source);
  const reader = sequentialReader(source, signal);
  const warnings: string[] = [];
  let variant: string | undefined;
  let end = 0;
  while (!reader.atEnd) {
    const form = cpioFormOf(await reader.peek(CPIO_MAGIC_SIZE));
    if (form === undefined) {
      if (variant === undefined) throw damaged("it does not begin with a cpio header");
      warnings.push(await describeRest(source, reader.position, detect, signal));
      break;
    }
    variant = form.variant;
    await readArchive(reader, files);
    end = reader.position;
    await passZeros(reader);
  }
  return {
    format: "cpio",
    tree: files.tree,
    facts: {
      compression: "none",
      blockSize: 512,
      inodes: files.count,
      bytesUsed: end,
      ...(variant === undefined ? {} : { variant }),
      warning: archiveWarning("a cpio archive", [...files.warnings(), ...warnings]),
    },
  };
}

/** Adds the files of one archive, up to the entry that ends it. */
async function readArchive(reader: SequentialReader, files: ArchiveTree): Promise<void> {
  /** The files of several names that were met, by device and inode. */
  const linked = new Map<string, MemberNode>();
  for (;;) {
    const position = reader.position;
    const form = cpioFormOf(reader.peekAtOnce(CPIO_MAGIC_SIZE) ?? (await reader.peek(CPIO_MAGIC_SIZE)));
    if (form === undefined) throw damaged("one of its headers is not valid", position);
    const { file, nlink, nameSize, size, mode, ...header } = readCpioHeader(
      reader.takeAtOnce(form.size) ?? (await reader.take(form.size)),
      form,
      position,
    );
    if (nameSize < 1 || nameSize > maxNameSize) throw damaged(`it has a name of ${nameSize} bytes`, position);
    const name = decodeName(
      (reader.takeAtOnce(nameSize) ?? (await reader.take(nameSize))).subarray(0, nameSize - 1),
    ).replace(/\0.*$/s, "");
    align(reader, form);
    const content = { offset: reader.position };
    if (name === endName) {
      reader.skip(size);
      align(reader, form);
      return;
    }
    const type = typeOfMode(mode, position);
    if (type === "symlink" && size > maxTargetSize) throw damaged(`a symlink has ${size} bytes`, position);
    const target = type === "symlink" ? decodeName(await reader.take(size)) : undefined;
    if (target === undefined) reader.skip(size);
    align(reader, form);
    const member: Member = {
      type,
      mode: mode & 0o7777,
      uid: header.uid,
      gid: header.gid,
      mtime: header.mtime,
      size: type === "file" ? size : 0,
      content,
      ...(target === undefined ? {} : { target }),
      ...(type === "char" || type === "block" ? { rdev: deviceNumber(header.major, header.minor) } : {}),
    };
    const known = nlink > 1 && type !== "directory" ? linked.get(file) : undefined;
    if (known === undefined) {
      const added = files.add(name, member);
      if (added !== undefined && nlink > 1 && type !== "directory") linked.set(file, added);
    } else {
      // The content of all names comes with one of them, mostly the last one.
      if (size > 0 || known.member.size === 0) known.member = member;
      if (!files.link(name, known)) files.leaveOut();
    }
  }
}

function align(reader: SequentialReader, { alignment }: CpioForm): void {
  const over = reader.position % alignment;
  if (over > 0) reader.skip(Math.min(alignment - over, reader.left));
}

async function passZeros(reader: SequentialReader): Promise<void> {
  for (let passed = 0; !reader.atEnd && passed < maxGap; ) {
    const bytes = await reader.take(Math.min(gapStep, reader.left));
    const first = bytes.findIndex((byte) => byte !== 0);
    passed += bytes.length;
    if (first < 0) continue;
    reader.back(bytes.length - first);
    return;
  }
}

/** What follows the last archive: of an initrd mostly its main part, compressed behind one that is not. */
async function describeRest(
  source: ByteSource,
  position: number,
  detect: ReadContext["detect"],
  signal?: CancelSignal,
): Promise<string> {
  const { name } = await detect(windowSource(source, position, source.size - position), signal);
  return `from byte ${position} on it is ${name}, which is not shown`;
}
