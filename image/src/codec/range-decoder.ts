// The range coder of LZMA: reads bits, each by its own chance, which follows what comes.
import { damaged } from "../bytes/image-error.ts";

/** Half of a chance's 11 bits: both are as likely. */
export const evenChance = 1024;
/** How fast chances follow what comes. */
const moveBits = 5;
const chanceBits = 11;
const allChances = 1 << chanceBits;
/** A narrower range takes in another byte. */
const minRange = 2 ** 24;
/** Bytes in front of the coded ones: a zero and the first code. */
const headerSize = 5;

/**
 * Reads the bits of one piece; `chances` are those of all choices, and change. What is read often works on copies of
 * range and code, as these change with every bit.
 */
export class RangeDecoder {
  readonly #input: Uint8Array;
  readonly #chances: Uint16Array;
  #from = headerSize;
  #range = 0xffff_ffff;
  #code: number;

  /** Throws an ImageError of kind `corrupt` when `input` does not begin as a piece does. */
  constructor(input: Uint8Array, chances: Uint16Array) {
    if (input.length < headerSize || input[0] !== 0) throw damaged("an lzma stream has no valid header");
    this.#input = input;
    this.#chances = chances;
    this.#code = new DataView(input.buffer, input.byteOffset, input.length).getUint32(1);
  }

  #next(): number {
    const byte = this.#input[this.#from++];
    if (byte === undefined) throw damaged("an lzma stream is truncated");
    return byte;
  }

  /** One bit by the chance at `index`. */
  bit(index: number): 0 | 1 {
    const chances = this.#chances;
    const chance = chances[index] ?? 0;
    const bound = (this.#range >>> chanceBits) * chance;
    let result: 0 | 1 = 0;
    if (this.#code < bound) {
      this.#range = bound;
      chances[index] = chance + ((allChances - chance) >> moveBits);
    } else {
      this.#range -= bound;
      this.#code -= bound;
      chances[index] = chance - (chance >> moveBits);
      result = 1;
    }
    if (this.#range < minRange) {
      this.#range = (this.#range << 8) >>> 0;
      this.#code = ((this.#code << 8) | this.#next()) >>> 0;
    }
    return result;
  }

  /** A number below 2^`bits`, the highest bit first, each by a chance that depends on those before. */
  tree(base: number, bits: number): number {
    return this.#treeFrom(base, 1, 1 << bits);
  }

  /** A byte by the chances of a byte that likely comes, for as long as it does. */
  hinted(base: number, hint: number): number {
    let node = 1;
    for (let expected = hint; node < 0x100; expected <<= 1) {
      const expectedBit = (expected >> 7) & 1;
      const next = this.bit(base + ((1 + expectedBit) << 8) + node);
      node = (node << 1) | next;
      if (next !== expectedBit) return this.#treeFrom(base, node, 0x100);
    }
    return node - 0x100;
  }

  /** Goes on with a number whose highest bits are there, behind a one. */
  #treeFrom(base: number, first: number, end: number): number {
    const chances = this.#chances;
    let range = this.#range;
    let code = this.#code;
    let node = first;
    while (node < end) {
      const index = base + node;
      const chance = chances[index] ?? 0;
      const bound = (range >>> chanceBits) * chance;
      if (code < bound) {
        range = bound;
        chances[index] = chance + ((allChances - chance) >> moveBits);
        node <<= 1;
      } else {
        range -= bound;
        code -= bound;
        chances[index] = chance - (chance >> moveBits);
        node = (node << 1) | 1;
      }
      if (range < minRange) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | this.#next()) >>> 0;
      }
    }
    this.#range = range;
    this.#code = code;
    return node - end;
  }

  /** The same with the lowest bit first. */
  reverseTree(base: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const next = this.bit(base + node);
      node = (node << 1) | next;
      value |= next << i;
    }
    return value;
  }

  /** A number of bits that are as likely to be set as not. */
  direct(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      this.#range >>>= 1;
      const next = this.#code >= this.#range ? 1 : 0;
      if (next === 1) this.#code -= this.#range;
      value = value * 2 + next;
      if (this.#range < minRange) {
        this.#range = (this.#range << 8) >>> 0;
        this.#code = ((this.#code << 8) | this.#next()) >>> 0;
      }
    }
    return value;
  }
}
