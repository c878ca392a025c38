// Reads DER, the form of certificates and signatures (ITU-T X.690): values with a tag, a length and a content.
import { damaged } from "../bytes/image-error.ts";

export interface DerValue {
  /** Class, whether it is made of others, and number in one byte; tags of more bytes are not read. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** All of it, with tag and length. */
  readonly bytes: Uint8Array;
}

export const derTag = {
  integer: 0x02,
  octetString: 0x04,
  objectId: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** `[0]`, `[1]`: what they mean is said by the value they are in. */
  context0: 0xa0,
  context1: 0xa1,
  /** `[0]` that is not made of others. */
  plainContext0: 0x80,
} as const;

/** More parts than any signature or certificate has, and few enough for any memory. */
const maxParts = 1000;

/** The one value that `bytes` are; throws `corrupt` for anything else, such as more bytes behind it. */
export function readDer(bytes: Uint8Array): DerValue {
  const value = readValue(bytes, 0);
  if (value.bytes.length !== bytes.length) throw malformed(value.bytes.length);
  return value;
}

/** The values one after the other in the content of another; throws `corrupt`. */
export function derParts({ content }: DerValue): DerValue[] {
  const parts: DerValue[] = [];
  for (let at = 0; at < content.length; ) {
    const part = readValue(content, at);
    parts.push(part);
    if (parts.length > maxParts) throw malformed(at);
    at += part.bytes.length;
  }
  return parts;
}

/** The value if it has that tag; throws `corrupt` when it has not or there is none. */
export function derOf(value: DerValue | undefined, tag: number): DerValue {
  if (value?.tag !== tag) throw malformed(0);
  return value;
}

/** `1.2.840.113549.1.7.2`; throws `corrupt`. */
export function derObjectId(value: DerValue | undefined): string {
  const { content } = derOf(value, derTag.objectId);
  const numbers: number[] = [];
  let number = 0;
  for (const [i, byte] of content.entries()) {
    number = number * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(number)) throw malformed(i);
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  const [first, ...others] = numbers;
  if (first === undefined || (content.at(-1) ?? 0) >= 0x80) throw malformed(0);
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - 40 * top, ...others].join(".");
}

function readValue(bytes: Uint8Array, at: number): DerValue {
  const tag = bytes[at];
  const short = bytes[at + 1];
  if (tag === undefined || short === undefined || (tag & 0x1f) === 0x1f) throw malformed(at);
  let start = at + 2;
  let length = short;
  if (short >= 0x80) {
    const count = short - 0x80;
    // 0x80 alone is a length that shows only at the end, which DER has not.
    if (count === 0 || count > 4) throw malformed(at);
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0);
    start += count;
  }
  if (start + length > bytes.length) throw malformed(at);
  return { tag, content: bytes.subarray(start, start + length), bytes: bytes.subarray(at, start + length) };
}

function malformed(at: number): Error {
  return damaged("a signature or certificate in it is not DER-encoded", at);
}
