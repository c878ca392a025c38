// Unpacks LZMA: a range coder whose probabilities say what comes next, literals or copies (LZMA Specification, 2015).
import { damaged } from "../bytes/image-error.ts";
import type { Wanted } from "./codec.ts";
import { copyMatch } from "./copy-match.ts";
import { evenChance, RangeDecoder } from "./range-decoder.ts";

/** How the decoder is set up: bits of the byte before, and of the position, that choose probabilities. */
export interface LzmaProperties {
  /** High bits of the byte before, 0 to 8. */
  readonly literalContext: number;
  /** Low bits of the position that choose probabilities of literals, 0 to 4. */
  readonly literalPosition: number;
  /** Low bits of the position that choose other probabilities, 0 to 4. */
  readonly position: number;
}

/** Takes the byte apart that stands for all three. Throws `corrupt` for one that stands for none. */
export function readProperties(byte: number): LzmaProperties {
  if (byte >= 9 * 5 * 5) throw damaged("an lzma stream has properties that are not valid");
  return {
    literalContext: byte % 9,
    literalPosition: Math.floor(byte / 9) % 5,
    position: Math.floor(byte / 45),
  };
}

const maxPositionStates = 16;
/** A state below this one comes after a literal. */
const firstStateAfterCopy = 7;

/** Where the probabilities of each choice begin in their one array. */
const at = {
  isMatch: 0,
  isRepeat: 192,
  isRepeatOther: 204,
  isRepeatSecond: 216,
  isRepeatThird: 228,
  isLongRepeat: 240,
  slot: 432,
  distance: 688,
  align: 803,
  length: 819,
  repeatLength: 1333,
  literal: 1847,
} as const;
/** Of lengths: the two choices, and three trees of 8, 8 and 256 lengths, the first two for each position. */
const lengthAt = { second: 1, low: 2, middle: 130, high: 258 } as const;

const literalSize = 0x300;
/** Room behind what has to be kept, so that it is moved seldom. */
const slack = 4 * 1024 * 1024;
/** Copies are at least this long. */
const minMatch = 2;
/** Slots of distances from here on have bits of their own, and from `firstDirect` on such without probabilities. */
const firstWithBits = 4;
const firstDirect = 14;
const alignBits = 4;
/** The distance that ends a stream, one less than it is counted. */
const endDistance = 0xffff_ffff;

/** Unpacks into one buffer, piece by piece; what a piece leaves behind the next one goes on with. */
export class LzmaDecoder {
  out: Uint8Array;
  /** Bytes of `out` that are unpacked. */
  length = 0;
  /** Where the dictionary begins: no copy comes from before. */
  #dictionary = 0;
  /** What positions are counted from, as far as their low bits tell. */
  #firstPosition = 0;
  #properties: LzmaProperties = { literalContext: 0, literalPosition: 0, position: 0 };
  #chances = new Uint16Array(0);
  #state = 0;
  #distances: [number, number, number, number] = [0, 0, 0, 0];

  /** `maxLength` is the most that all pieces together may unpack to. */
  constructor(maxLength: number) {
    this.out = new Uint8Array(maxLength);
  }

  /** Forgets what was unpacked: copies come from what follows only. */
  resetDictionary(): void {
    this.#dictionary = this.length;
    this.#firstPosition = this.length % maxPositionStates;
  }

  /**
   * Makes room for `count` more bytes. Of those that are unpacked `kept` and some more stay, at other places; the buffer grows
   * with them only as far as that takes.
   */
  makeRoom(count: number, kept: number): void {
    if (this.length + count <= this.out.length) return;
    const most = kept + slack + count;
    if (this.out.length < most) {
      const larger = new Uint8Array(Math.min(most, Math.max(this.out.length * 2, this.length + count)));
      larger.set(this.out.subarray(0, Math.min(this.length, larger.length)));
      this.out = larger;
      if (this.length + count <= larger.length) return;
    }
    const dropped = Math.floor((this.length - kept) / maxPositionStates) * maxPositionStates;
    this.out.copyWithin(0, dropped, this.length);
    this.length -= dropped;
    this.#dictionary = Math.max(0, this.#dictionary - dropped);
  }

  /** Begins with even chances, with other properties if given. */
  resetState(properties: LzmaProperties = this.#properties): void {
    this.#properties = properties;
    this.#chances = new Uint16Array(
      at.literal + literalSize * 2 ** (properties.literalContext + properties.literalPosition),
    ).fill(evenChance);
    this.#state = 0;
    this.#distances = [0, 0, 0, 0];
  }

  /** Takes bytes over as they are. */
  store(bytes: Uint8Array): void {
    if (bytes.length > this.out.length - this.length)
      throw damaged("a compressed block unpacks to more bytes than allowed");
    this.out.set(bytes, this.length);
    this.length += bytes.length;
  }

  /**
   * Unpacks `input`, a piece that begins with the range coder's own five bytes, until `end` bytes of the output are there
   * or, where that is allowed, the stream's mark of its end comes. A copy that goes on behind `end` is cut where the first
   * part of a longer stream is wanted. Throws `corrupt` for anything else.
   */
  unpack(input: Uint8Array, end: number, mayHaveMark = false, wanted: Wanted = "whole"): void {
    if (end > this.out.length) throw damaged("a compressed block unpacks to more bytes than allowed");
    const { out } = this;
    const first = this.#firstPosition;
    const dictionary = this.#dictionary;
    const { literalContext, literalPosition, position } = this.#properties;
    const decoder = new RangeDecoder(input, this.#chances);
    const positionMask = (1 << position) - 1;
    const literalMask = (1 << literalPosition) - 1;
    let state = this.#state;
    let [distance0, distance1, distance2, distance3] = this.#distances;
    let to = this.length;
    while (to < end) {
      const place = (to - first) & positionMask;
      if (decoder.bit(at.isMatch + state * maxPositionStates + place) === 0) {
        const before = to > dictionary ? (out[to - 1] ?? 0) : 0;
        const context = (((to - first) & literalMask) << literalContext) + (before >> (8 - literalContext));
        const base = at.literal + literalSize * context;
        // Behind a copy the byte that would have continued it is a hint.
        out[to] =
          state < firstStateAfterCopy ? decoder.tree(base, 8) : decoder.hinted(base, out[to - distance0 - 1] ?? 0);
        to += 1;
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        continue;
      }
      let length = 0;
      if (decoder.bit(at.isRepeat + state) === 0) {
        distance3 = distance2;
        distance2 = distance1;
        distance1 = distance0;
        length = readLength(decoder, at.length, place);
        state = state < firstStateAfterCopy ? 7 : 10;
        distance0 = readDistance(decoder, length);
        if (distance0 === endDistance) {
          if (!mayHaveMark) throw damaged("an lzma stream ends before its content is complete");
          break;
        }
      } else {
        if (decoder.bit(at.isRepeatOther + state) === 0) {
          if (decoder.bit(at.isLongRepeat + state * maxPositionStates + place) === 0) {
            state = state < firstStateAfterCopy ? 9 : 11;
            checkDistance(distance0, to - dictionary);
            out[to] = out[to - distance0 - 1] ?? 0;
            to += 1;
            continue;
          }
        } else {
          let distance = distance1;
          if (decoder.bit(at.isRepeatSecond + state) === 1) {
            distance = distance2;
            if (decoder.bit(at.isRepeatThird + state) === 1) {
              distance = distance3;
              distance3 = distance2;
            }
            distance2 = distance1;
          }
          distance1 = distance0;
          distance0 = distance;
        }
        length = readLength(decoder, at.repeatLength, place);
        state = state < firstStateAfterCopy ? 8 : 11;
      }
      checkDistance(distance0, to - dictionary);
      const copied = wanted === "first" ? Math.min(length + minMatch, end - to) : length + minMatch;
      if (copied > end - to) throw damaged("a compressed block unpacks to more bytes than allowed");
      copyMatch(out, to, distance0 + 1, copied);
      to += copied;
    }
    this.length = to;
    this.#state = state;
    this.#distances = [distance0, distance1, distance2, distance3];
  }
}

function readLength(decoder: RangeDecoder, base: number, place: number): number {
  if (decoder.bit(base) === 0) return decoder.tree(base + lengthAt.low + place * 8, 3);
  if (decoder.bit(base + lengthAt.second) === 0) return 8 + decoder.tree(base + lengthAt.middle + place * 8, 3);
  return 16 + decoder.tree(base + lengthAt.high, 8);
}

function readDistance(decoder: RangeDecoder, length: number): number {
  const slot = decoder.tree(at.slot + Math.min(length, 3) * 64, 6);
  if (slot < firstWithBits) return slot;
  const bits = (slot >> 1) - 1;
  const base = (2 | (slot & 1)) * 2 ** bits;
  if (slot < firstDirect) return base + decoder.reverseTree(at.distance + base - slot, bits);
  return base + decoder.direct(bits - alignBits) * 2 ** alignBits + decoder.reverseTree(at.align, alignBits);
}

function checkDistance(distance: number, known: number): void {
  if (distance >= known) throw damaged("a compressed block refers to data before its beginning");
}

/** Bytes of the header of an `.lzma` file: properties, size of the dictionary, length of the content. */
const headerSize = 13;
const unknownLength = 2n ** 64n - 1n;

/**
 * Unpacks a whole `.lzma` stream ("LZMA alone") to at most `maxLength` bytes. Throws an ImageError of kind `corrupt` when it
 * is none, ends too early, or unpacks to more.
 */
export function unpackLzma(block: Uint8Array, maxLength: number): Uint8Array {
  if (block.length < headerSize) throw damaged("an lzma stream is truncated inside its header");
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const length = view.getBigUint64(5, true);
  const isKnown = length !== unknownLength;
  if (isKnown && length > BigInt(maxLength)) throw damaged("a compressed block unpacks to more bytes than allowed");
  const decoder = new LzmaDecoder(isKnown ? Number(length) : maxLength);
  decoder.resetState(readProperties(block[0] ?? 0));
  decoder.unpack(block.subarray(headerSize), decoder.out.length, !isKnown);
  return decoder.out.subarray(0, decoder.length);
}

/**
 * Unpacks the first `length` bytes of a stream as erofs stores it ("MicroLZMA"): the first byte is that of the properties
 * with all bits turned around, in place of the zero that the range coder begins with. Throws `corrupt` when it is none or
 * ends too early.
 */
export function unpackMicroLzma(block: Uint8Array, length: number): Uint8Array {
  const input = Uint8Array.from(block);
  const properties = readProperties(~(block[0] ?? 0) & 0xff);
  input[0] = 0;
  const decoder = new LzmaDecoder(length);
  decoder.resetState(properties);
  decoder.unpack(input, length, false, "first");
  return decoder.out;
}
