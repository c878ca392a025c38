// Makes the headers of small ELF files, which examples of checks have in place of programs.

export interface ElfExample {
  /** e_machine, such as 62 for x86-64. */
  readonly machine: number;
  readonly bits?: 32 | 64;
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly runPath?: string;
}

/** A program, little-endian, with as much of it as tells what it needs. */
export function elfBytes({ machine, bits = 64, interpreter, needed = [], runPath }: ElfExample): Uint8Array {
  const wide = bits === 64;
  const [headerSize, segmentSize, entrySize, word] = wide ? [64, 56, 16, 8] : [52, 32, 8, 4];
  const texts = [...needed, ...(runPath === undefined ? [] : [runPath])];
  const strings = `\0${texts.map((text) => `${text}\0`).join("")}`;
  const offsetOf = (text: string) => strings.indexOf(`\0${text}\0`) + 1;
  const path = interpreter === undefined ? "" : `${interpreter}\0`;
  const dynamic: (readonly [number, number])[] = [
    ...needed.map((name) => [1, offsetOf(name)] as const),
    ...(runPath === undefined ? [] : [[29, offsetOf(runPath)] as const]),
  ];
  const count = 1 + Number(path !== "") + Number(texts.length > 0);
  const stringsAt = headerSize + count * segmentSize;
  const pathAt = stringsAt + strings.length;
  const dynamicAt = pathAt + path.length;
  const entries =
    texts.length === 0 ? [] : [...dynamic, [5, stringsAt] as const, [10, strings.length] as const, [0, 0] as const];
  const size = dynamicAt + entries.length * entrySize;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const put = (at: number, value: number): void => {
    if (wide) view.setBigUint64(at, BigInt(value), true);
    else view.setUint32(at, value, true);
  };
  bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, 1, 1]);
  view.setUint16(16, 2, true);
  view.setUint16(18, machine, true);
  put(wide ? 32 : 28, headerSize);
  view.setUint16(wide ? 54 : 42, segmentSize, true);
  view.setUint16(wide ? 56 : 44, count, true);
  let at = headerSize;
  const segment = (type: number, offset: number, length: number): void => {
    view.setUint32(at, type, true);
    put(at + word, offset);
    put(at + 2 * word, offset);
    put(at + 4 * word, length);
    at += segmentSize;
  };
  segment(1, 0, size);
  if (path !== "") segment(3, pathAt, path.length);
  if (texts.length > 0) segment(2, dynamicAt, entries.length * entrySize);
  bytes.set(asciiBytes(strings), stringsAt);
  bytes.set(asciiBytes(path), pathAt);
  entries.forEach(([tag, value], index) => {
    put(dynamicAt + index * entrySize, tag);
    put(dynamicAt + index * entrySize + word, value);
  });
  return bytes;
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}
