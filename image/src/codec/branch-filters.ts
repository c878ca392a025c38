// The filters of xz for programs: they turn the addresses of calls and jumps back, which were made absolute to repeat more often.

/**
 * Turns the addresses in `code` back in place; `start` is where its first byte lies in the whole. Gives how many bytes are
 * done: the rest may be the beginning of an instruction, and is to come again in front of what follows it.
 */
export type BranchFilter = (code: Uint8Array, start: number) => number;

/** For each filter, by its number in xz (The .xz File Format, 5.3.2), what begins one at the beginning of a file. */
export const branchFilters: ReadonlyMap<number, () => BranchFilter> = new Map<number, () => BranchFilter>([
  [0x04, x86],
  [0x05, () => powerpc],
  [0x06, () => ia64],
  [0x07, () => arm],
  [0x08, () => armThumb],
  [0x09, () => sparc],
  [0x0a, () => arm64],
]);

function viewOf(code: Uint8Array): DataView {
  return new DataView(code.buffer, code.byteOffset, code.length);
}

/** Whether a byte is the highest one of an address that a filter takes: all zeros or all ones. */
function isSign(byte: number | undefined): boolean {
  return byte === 0x00 || byte === 0xff;
}

/** CALL (e8) and JMP (e9) with four bytes of address. What looks like one among the bytes before changes what counts. */
function x86(): BranchFilter {
  /** Of the last bytes, the nearest one lowest, which looked like an instruction and were none: 3 bits. */
  let suspects = 0;
  /** The last one that looked so, from where the next code begins. */
  let last = -1;
  return (code, start) => {
    const view = viewOf(code);
    let i = 0;
    for (; i + 4 < code.length; i++) {
      if (((code[i] ?? 0) & 0xfe) !== 0xe8) continue;
      const gap = i - last;
      last = i;
      suspects = gap > 3 ? 0 : (suspects << (gap - 1)) & 7;
      const checked = suspects === 0 ? 0 : suspects === 1 ? 1 : suspects < 4 ? 2 : 3;
      const isBarred = suspects === 3 || suspects > 4;
      if ((suspects !== 0 && (isBarred || isSign(code[i + 4 - checked]))) || !isSign(code[i + 4])) {
        suspects = (suspects << 1) | 1;
        continue;
      }
      let source = view.getUint32(i + 1, true);
      let target = (source - (start + i + 5)) >>> 0;
      while (suspects !== 0 && isSign((target >>> (24 - checked * 8)) & 0xff)) {
        source = (target ^ (2 ** (32 - checked * 8) - 1)) >>> 0;
        target = (source - (start + i + 5)) >>> 0;
      }
      target &= 0x1ff_ffff;
      view.setUint32(i + 1, target & 0x100_0000 ? target | 0xfe00_0000 : target, true);
      i += 4;
    }
    last -= i;
    return i;
  };
}

/** BL with its 24 bits of address and both lowest bits as they have to be. */
function powerpc(code: Uint8Array, start: number): number {
  const view = viewOf(code);
  let i = 0;
  for (; i + 4 <= code.length; i += 4) {
    const word = view.getUint32(i, false);
    if ((word & 0xfc00_0003) >>> 0 !== 0x4800_0001) continue;
    view.setUint32(i, 0x4800_0001 | ((word - (start + i)) & 0x03ff_fffc), false);
  }
  return i;
}

/** BL (eb) with 24 bits that count words from two words ahead. */
function arm(code: Uint8Array, start: number): number {
  const view = viewOf(code);
  let i = 0;
  for (; i + 4 <= code.length; i += 4) {
    if (code[i + 3] !== 0xeb) continue;
    const target = (view.getUint32(i, true) & 0xff_ffff) - ((start + i + 8) >>> 2);
    view.setUint32(i, 0xeb00_0000 | (target & 0xff_ffff), true);
  }
  return i;
}

/** BL as a pair of half words with 11 bits each. */
function armThumb(code: Uint8Array, start: number): number {
  const view = viewOf(code);
  let i = 0;
  for (; i + 4 <= code.length; i += 2) {
    const high = view.getUint16(i, true);
    const low = view.getUint16(i + 2, true);
    if ((high & 0xf800) !== 0xf000 || (low & 0xf800) !== 0xf800) continue;
    const target = (((high & 0x7ff) << 11) | (low & 0x7ff)) - ((start + i + 4) >>> 1);
    view.setUint16(i, 0xf000 | ((target >>> 11) & 0x7ff), true);
    view.setUint16(i + 2, 0xf800 | (target & 0x7ff), true);
    i += 2;
  }
  return i;
}

/** CALL with 30 bits of address, of which the highest are all zeros or all ones. */
function sparc(code: Uint8Array, start: number): number {
  const view = viewOf(code);
  let i = 0;
  for (; i + 4 <= code.length; i += 4) {
    const word = view.getUint32(i, false);
    if (word >>> 22 !== 0x100 && word >>> 22 !== 0x1ff) continue;
    const target = ((word << 2) - (start + i)) >>> 2;
    view.setUint32(i, 0x4000_0000 | (target & 0x40_0000 ? 0x3fc0_0000 : 0) | (target & 0x3f_ffff), false);
  }
  return i;
}

/** BL with 26 bits that count words, and ADRP with 21 bits that count pages, as far as these are within 512 MiB. */
function arm64(code: Uint8Array, start: number): number {
  const view = viewOf(code);
  let i = 0;
  for (; i + 4 <= code.length; i += 4) {
    const word = view.getUint32(i, true);
    if (word >>> 26 === 0x25) {
      view.setUint32(i, 0x9400_0000 | ((word - ((start + i) >>> 2)) & 0x3ff_ffff), true);
    } else if ((word & 0x9f00_0000) >>> 0 === 0x9000_0000) {
      const page = ((word >>> 29) & 3) | ((word >>> 3) & 0x1f_fffc);
      if (((page + 0x2_0000) & 0x1c_0000) !== 0) continue;
      const target = page - ((start + i) >>> 12);
      const high = (target & 0x1f_fffc) << 3;
      const sign = target & 0x2_0000 ? 0xe0_0000 : 0;
      view.setUint32(i, ((word & 0x9000_001f) | ((target & 3) << 29) | (high & 0x1f_ffe0) | sign) >>> 0, true);
    }
  }
  return i;
}

/** Slots of an instruction bundle that hold a branch, by the bundle's template: one bit a slot. */
const branchSlots = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0,
] as const;

/** Branches with 21 bits that count bundles of 16 bytes, in slots of 41 bits. */
function ia64(code: Uint8Array, start: number): number {
  const view = viewOf(code);
  let i = 0;
  for (; i + 16 <= code.length; i += 16) {
    const slots = branchSlots[(code[i] ?? 0) & 0x1f] ?? 0;
    for (let slot = 0; slot < 3; slot++) {
      if (((slots >> slot) & 1) === 0) continue;
      const bit = 5 + slot * 41;
      const at = i + (bit >> 3);
      const shift = BigInt(bit & 7);
      const whole = BigInt(view.getUint32(at, true)) | (BigInt(view.getUint16(at + 4, true)) << 32n);
      const instruction = whole >> shift;
      if (((instruction >> 37n) & 0xfn) !== 5n || ((instruction >> 9n) & 7n) !== 0n) continue;
      const bundle = ((instruction >> 13n) & 0xf_ffffn) | (((instruction >> 36n) & 1n) << 20n);
      const target = ((bundle << 4n) - BigInt(start + i)) >> 4n;
      const cleared = instruction & ~(0x8f_ffffn << 13n);
      const turned = cleared | ((target & 0xf_ffffn) << 13n) | ((target & 0x10_0000n) << 16n);
      const result = (whole & ((1n << shift) - 1n)) | (turned << shift);
      view.setUint32(at, Number(result & 0xffff_ffffn), true);
      view.setUint16(at + 4, Number((result >> 32n) & 0xffffn), true);
    }
  }
  return i;
}
