// Records of extended headers, `LENGTH KEY=VALUE` and a line's end each, which say what does not fit into a header of tar (pax).
import { damaged } from "../bytes/image-error.ts";
import { decodeName } from "../tree/names.ts";
import type { SparseMap } from "./member-content.ts";

/** What the records say of a file; what they say nothing of is not there. */
export interface PaxFacts {
  path?: string;
  linkPath?: string;
  size?: number;
  uid?: number;
  gid?: number;
  mtime?: number;
  xattrs?: Map<string, Uint8Array>;
  /** Of a file with holes. */
  sparse?: PaxSparse;
}

export interface PaxSparse {
  /** From 1 on the map stands in front of the content. */
  major: number;
  name?: string;
  realSize?: number;
  map: (readonly [start: number, length: number])[];
  /** Of a pair whose length comes with the next record. */
  start?: number;
}

const space = 0x20;
const equals = 0x3d;
const lineEnd = 0x0a;
const firstDigit = 0x30;
/** More digits than any record is long. */
const maxLengthDigits = 10;
const attributePrefix = "SCHILY.xattr.";
const encodedAttributePrefix = "LIBARCHIVE.xattr.";

/** Adds what the records in `bytes` say to `facts`; later ones count. Throws `corrupt` for what are no records. */
export function readPaxRecords(bytes: Uint8Array, facts: PaxFacts, position: number): void {
  for (let at = 0; at < bytes.length; ) {
    let gap = at;
    let length = 0;
    for (; isDigit(bytes[gap]) && gap - at < maxLengthDigits; gap++)
      length = length * 10 + (bytes[gap] ?? 0) - firstDigit;
    const end = at + length;
    const middle = bytes.indexOf(equals, gap);
    if (
      length === 0 ||
      bytes[gap] !== space ||
      end > bytes.length ||
      bytes[end - 1] !== lineEnd ||
      middle < 0 ||
      middle >= end
    ) {
      if (bytes.subarray(at).every((byte) => byte === 0)) return; // padding
      throw damaged("an extended header has a record that is not valid", position + at);
    }
    const key = decodeName(bytes.subarray(gap + 1, middle));
    readRecord(key, bytes.subarray(middle + 1, end - 1), facts, position + at);
    at = end;
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= firstDigit && byte < firstDigit + 10;
}

function readRecord(key: string, value: Uint8Array, facts: PaxFacts, position: number): void {
  if (key === "atime" || key === "ctime") return; // in every header, and shown nowhere
  const text = () => decodeName(value);
  const number = (): number => {
    const parsed = /^-?[0-9]+(\.[0-9]*)?$/.test(text()) ? Math.floor(Number(text())) : Number.NaN;
    if (!Number.isSafeInteger(parsed)) throw damaged(`an extended header has a "${key}" that is not valid`, position);
    return parsed;
  };
  // A record without a value takes back what the archive's own header said.
  switch (key) {
    case "path":
      if (value.length > 0) facts.path = text();
      return;
    case "linkpath":
      if (value.length > 0) facts.linkPath = text();
      return;
    case "size":
    case "uid":
    case "gid":
    case "mtime":
      if (value.length > 0) facts[key] = number();
      else delete facts[key];
      return;
  }
  if (key.startsWith("GNU.sparse.")) readSparseRecord(key.slice("GNU.sparse.".length), text, number, facts, position);
  if (key.startsWith(attributePrefix)) {
    facts.xattrs ??= new Map();
    facts.xattrs.set(key.slice(attributePrefix.length), Uint8Array.from(value));
  } else if (key.startsWith(encodedAttributePrefix)) {
    const name = decodePercents(key.slice(encodedAttributePrefix.length));
    facts.xattrs ??= new Map();
    // What libarchive writes beside it in the other form is the same.
    if (!facts.xattrs.has(name)) facts.xattrs.set(name, decodeBase64(value));
  }
}

function readSparseRecord(
  key: string,
  text: () => string,
  number: () => number,
  facts: PaxFacts,
  position: number,
): void {
  facts.sparse ??= { major: 0, map: [] };
  const { sparse } = facts;
  switch (key) {
    case "major":
      sparse.major = number();
      break;
    case "name":
      sparse.name = text();
      break;
    case "size":
    case "realsize":
      sparse.realSize = number();
      break;
    case "offset":
      sparse.start = number();
      break;
    case "numbytes":
      if (sparse.start === undefined) throw damaged("the sparse map of a file is not valid", position);
      sparse.map.push([sparse.start, number()]);
      delete sparse.start;
      break;
    case "map":
      sparse.map = [...readPairs(text(), position)];
      break;
  }
}

function readPairs(text: string, position: number): SparseMap {
  const numbers = text === "" ? [] : text.split(",").map(Number);
  if (numbers.length % 2 !== 0) throw damaged("the sparse map of a file is not valid", position);
  const pairs: [number, number][] = [];
  for (let i = 0; i < numbers.length; i += 2) pairs.push([numbers[i] ?? 0, numbers[i + 1] ?? 0]);
  return pairs;
}

/** Text in which some characters are written as `%` and two digits. */
function decodePercents(text: string): string {
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decodeBase64(text: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const character of text) {
    const digit = base64Digits.indexOf(String.fromCharCode(character));
    if (digit < 0) continue;
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}
