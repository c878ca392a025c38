// File names between bytes and strings: UTF-8, with odd bytes kept as lone surrogates so that no name is lost.

const LONE = 0xdc00; // byte 0x80…0xFF ↔ U+DC80…U+DCFF, as Python's "surrogateescape" does

/** Bytes of a file name or symlink target as a string; total and reversible. */
export function decodeName(bytes: Uint8Array): string {
  return nameReader(bytes)(0, bytes.length);
}

/** Decodes names that lie among other bytes, from an offset up to another; faster than one by one. */
export function nameReader(bytes: Uint8Array): (from: number, to: number) => string {
  const isShort = bytes.length <= maxArguments;
  const text = isShort ? String.fromCharCode.apply(undefined, bytes as unknown as number[]) : "";
  return (from, to) =>
    isShort && isAscii(bytes, from, to) ? text.slice(from, to) : decodeUtf8(bytes.subarray(from, to));
}

/** Each byte becomes an argument of a call, and a call takes no more for certain. */
const maxArguments = 32 * 1024;

function decodeUtf8(bytes: Uint8Array): string {
  let text = "";
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      text += String.fromCharCode(LONE + first);
      at += 1;
      continue;
    }
    let point = length === 1 ? first : first & (0xff >> (length + 1));
    for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f);
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((bytes[i] ?? 0) >= 0x80) return false;
  return true;
}

/** The bytes of a name that `decodeName` made, or of any string (other lone surrogates become U+FFFD). */
export function encodeName(name: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of name) {
    let point = character.codePointAt(0) ?? 0;
    if (point >= LONE + 0x80 && point <= LONE + 0xff) {
      bytes.push(point - LONE);
      continue;
    }
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
    else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }
  return Uint8Array.from(bytes);
}

/** Whether a name holds a byte that is not UTF-8. */
export function isOddName(name: string): boolean {
  return !name.isWellFormed();
}

/** Order of two names by their bytes, as image formats and systemd sort. */
export function compareNames(a: string, b: string): number {
  if (isPlain(a) && isPlain(b)) return a < b ? -1 : a > b ? 1 : 0;
  return compareBytes(encodeName(a), encodeName(b));
}

/** Sorts entries by the bytes of their names, in place. */
export function sortNames<Entry extends { readonly name: string }>(entries: Entry[]): Entry[] {
  if (entries.every((entry) => isPlain(entry.name))) {
    return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
  return entries.sort((a, b) => compareNames(a.name, b.name));
}

/** Order of two byte strings, the shorter first where one begins the other. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Below the surrogates, UTF-16 and UTF-8 sort alike. */
function isPlain(name: string): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) >= 0xd800) return false;
  return true;
}

function tail(point: number): number {
  return 0x80 | (point & 0x3f);
}

/** Length of the well-formed UTF-8 sequence at `at`; 0 when there is none. Overlong forms and surrogates are not well-formed. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second >= 0xa0) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second >= 0x90) return 0;
  return length;
}
