// What an ELF file says in its headers: for which machine it is, and what it needs to run. Nothing is ever executed.
//
// Structures as in the System V ABI and elf(5): the file header, the program headers and the dynamic section.

export interface ElfFacts {
  /** Architecture as systemd calls it; undefined for a machine that systemd does not run on. */
  readonly architecture?: string;
  /** Path of the dynamic loader; undefined where the file needs none. */
  readonly interpreter?: string;
  /** Libraries that it is linked against (DT_NEEDED). */
  readonly needed: readonly string[];
  /** Folders in which they are looked for (DT_RUNPATH, or DT_RPATH where there is none), split at colons. */
  readonly runPath: readonly string[];
  /** Name that others link against (DT_SONAME). */
  readonly soname?: string;
  /** Whether it is a program or library that is loaded by a dynamic loader. */
  readonly dynamic: boolean;
  /** `relocatable` is an object file or a kernel module. */
  readonly kind: "program" | "shared" | "relocatable" | "other";
}

/** Bytes of a file from `offset` on; fewer where it ends before. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

/** How much of a file is read at first; nearly all have what is asked for in it. */
export const elfHeaderLength = 4096;

const maxHeaders = 128;
const maxDynamicEntries = 4096;
/** Tables up to this size are read at once; of longer ones, which large libraries have, only the names that are asked for. */
const maxTableSize = 4096;
const maxNameLength = 4096;
const usualName = 128;

/** e_machine of the architectures that systemd has names of, with the class of the file where that decides. */
const machines: Readonly<Record<number, readonly [bits32: string | undefined, bits64: string | undefined]>> = {
  3: ["x86", undefined],
  8: ["mips", "mips64"],
  20: ["ppc", undefined],
  21: [undefined, "ppc64"],
  22: ["s390", "s390x"],
  40: ["arm", undefined],
  62: [undefined, "x86-64"],
  183: [undefined, "arm64"],
  243: ["riscv32", "riscv64"],
  258: [undefined, "loongarch64"],
};
/** Of these the little-endian form has a name of its own. */
const littleEndian: Readonly<Record<string, string>> = {
  ppc: "ppc-le",
  ppc64: "ppc64-le",
  mips: "mips-le",
  mips64: "mips64-le",
};

interface Layout {
  readonly view: DataView;
  readonly wide: boolean;
  readonly little: boolean;
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

const segmentTypes = { load: 1, dynamic: 2, interpreter: 3 } as const;
const dynamicTags = { end: 0, needed: 1, strings: 5, stringsSize: 10, soname: 14, rpath: 15, runpath: 29 } as const;

/** Reads the headers of a file; undefined for what is no ELF file, or one whose headers are broken. */
export async function readElf(read: ReadBytes): Promise<ElfFacts | undefined> {
  const start = await read(0, elfHeaderLength);
  const layout = layoutOf(start);
  if (layout === undefined) return undefined;
  const { view, wide, little } = layout;
  const kinds = { 1: "relocatable", 2: "program", 3: "shared" } as const;
  const type = view.getUint16(16, little);
  const architecture = architectureOf(view.getUint16(18, little), layout);
  const segments = await readSegments(layout, read);
  if (segments === undefined) return undefined;
  const interpreter = segments.find((segment) => segment.type === segmentTypes.interpreter);
  const dynamic = segments.find((segment) => segment.type === segmentTypes.dynamic);
  const path = interpreter && textFrom(await bytesOf(read, interpreter.offset, Math.min(interpreter.size, 4096)), 0);
  const entries = dynamic === undefined ? [] : await readDynamic(dynamic, { wide, little }, read);
  const nameAt = await readStrings(entries, segments, read);
  const texts = async (tag: number) => {
    const found: string[] = [];
    for (const [own, value] of entries) if (own === tag) found.push(await nameAt(value));
    return found;
  };
  const [soname] = await texts(dynamicTags.soname);
  const runPath = await texts(dynamicTags.runpath);
  return {
    ...(architecture === undefined ? {} : { architecture }),
    ...(path === undefined || path === "" ? {} : { interpreter: path }),
    needed: (await texts(dynamicTags.needed)).filter((name) => name !== ""),
    runPath: (runPath.length > 0 ? runPath : await texts(dynamicTags.rpath))
      .flatMap((list) => list.split(":"))
      .filter(Boolean),
    ...(soname === undefined || soname === "" ? {} : { soname }),
    dynamic: dynamic !== undefined,
    kind: type === 1 || type === 2 || type === 3 ? kinds[type] : "other",
  };
}

function layoutOf(start: Uint8Array): Layout | undefined {
  if (start.length < 52 || start[0] !== 0x7f || start[1] !== 0x45 || start[2] !== 0x4c || start[3] !== 0x46)
    return undefined;
  const wide = start[4] === 2;
  if ((!wide && start[4] !== 1) || (wide && start.length < 64)) return undefined;
  if (start[5] !== 1 && start[5] !== 2) return undefined;
  return { view: viewOf(start), wide, little: start[5] === 1 };
}

function architectureOf(machine: number, { wide, little }: Layout): string | undefined {
  const name = machines[machine]?.[wide ? 1 : 0];
  return name !== undefined && little ? (littleEndian[name] ?? name) : name;
}

/** The program headers (e_phoff, e_phentsize, e_phnum). */
async function readSegments({ view, wide, little }: Layout, read: ReadBytes): Promise<Segment[] | undefined> {
  const offset = wide ? Number(view.getBigUint64(32, little)) : view.getUint32(28, little);
  const size = view.getUint16(wide ? 54 : 42, little);
  const count = view.getUint16(wide ? 56 : 44, little);
  if (count === 0) return [];
  if (size < (wide ? 56 : 32) || count > maxHeaders || !Number.isSafeInteger(offset)) return undefined;
  const bytes = await bytesOf(read, offset, size * count);
  const headers = viewOf(bytes);
  const segments: Segment[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) {
    const word = (place: number) =>
      wide ? Number(headers.getBigUint64(at + place * 2, little)) : headers.getUint32(at + place, little);
    segments.push({ type: headers.getUint32(at, little), offset: word(4), address: word(8), size: word(16) });
  }
  return segments;
}

/** Pairs of tag and value of the dynamic section. */
async function readDynamic(
  { offset, size }: Segment,
  { wide, little }: Pick<Layout, "wide" | "little">,
  read: ReadBytes,
): Promise<(readonly [tag: number, value: number])[]> {
  const width = wide ? 16 : 8;
  const bytes = await bytesOf(read, offset, Math.min(size, maxDynamicEntries * width));
  const view = viewOf(bytes);
  const entries: [number, number][] = [];
  for (let at = 0; at + width <= bytes.length; at += width) {
    const tag = wide ? Number(view.getBigInt64(at, little)) : view.getInt32(at, little);
    if (tag === dynamicTags.end) break;
    entries.push([tag, wide ? Number(view.getBigUint64(at + 8, little)) : view.getUint32(at + 4, little)]);
  }
  return entries;
}

/** Reads names out of the table that the dynamic section points into; the table's address is one of the loaded file. */
async function readStrings(
  entries: readonly (readonly [tag: number, value: number])[],
  segments: readonly Segment[],
  read: ReadBytes,
): Promise<(place: number) => Promise<string>> {
  const valueWith = (tag: number) => entries.find(([found]) => found === tag)?.[1];
  const address = valueWith(dynamicTags.strings) ?? -1;
  const size = valueWith(dynamicTags.stringsSize) ?? 0;
  const segment = segments.find(
    ({ type, address: first, size: length }) =>
      type === segmentTypes.load && address >= first && address < first + length,
  );
  if (segment === undefined) return async () => "";
  const start = segment.offset + address - segment.address;
  if (size <= maxTableSize) {
    const table = await bytesOf(read, start, size);
    return async (place) => textFrom(table, place);
  }
  return async (place) => {
    const left = size - place;
    const begin = await bytesOf(read, start + place, Math.min(left, usualName));
    if (begin.includes(0) || left <= usualName) return textFrom(begin, 0);
    return textFrom(await bytesOf(read, start + place, Math.min(left, maxNameLength)), 0);
  };
}

async function bytesOf(read: ReadBytes, offset: number, length: number): Promise<Uint8Array> {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length <= 0)
    return new Uint8Array();
  return await read(offset, length);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The text from a place to the next NUL. */
function textFrom(bytes: Uint8Array, start: number): string {
  let text = "";
  for (let at = start; at < bytes.length && bytes[at] !== 0; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
