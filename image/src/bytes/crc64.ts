// The checksum CRC-64 as xz uses it, of the polynomial of ECMA-182; numbers of 64 bits are two of 32.

/**
 * For each of the four bytes that are taken at a time, what each of its values adds: 256 a byte, the last byte first; the
 * low and the high half of it.
 */
const lows = new Uint32Array(4 * 256);
const highs = new Uint32Array(4 * 256);
for (let byte = 0; byte < 256; byte++) {
  let low = byte;
  let high = 0;
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = (low & 1) === 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (isOdd) {
      low ^= 0xd787_0f42;
      high ^= 0xc96c_5795;
    }
  }
  lows[byte] = low;
  highs[byte] = high;
}
for (let i = 256; i < lows.length; i++) {
  const low = lows[i - 256] ?? 0;
  const high = highs[i - 256] ?? 0;
  lows[i] = ((low >>> 8) | (high << 24)) ^ (lows[low & 0xff] ?? 0);
  highs[i] = (high >>> 8) ^ (highs[low & 0xff] ?? 0);
}

/** A checksum of bytes that come in pieces. */
export interface Checksum {
  update(bytes: Uint8Array): void;
  /** The checksum of all bytes as it is written down; the last thing to ask for. */
  digest(): Uint8Array;
}

/** Begins a checksum, which is written with its lowest byte first. */
export function createCrc64(): Checksum {
  let low = 0xffff_ffff;
  let high = 0xffff_ffff;
  return {
    update(bytes) {
      let a = low;
      let b = high;
      let at = 0;
      for (; at + 4 <= bytes.length; at += 4) {
        const mixed =
          a ^
          ((bytes[at] ?? 0) |
            ((bytes[at + 1] ?? 0) << 8) |
            ((bytes[at + 2] ?? 0) << 16) |
            ((bytes[at + 3] ?? 0) << 24));
        const first = 768 + (mixed & 0xff);
        const second = 512 + ((mixed >>> 8) & 0xff);
        const third = 256 + ((mixed >>> 16) & 0xff);
        const fourth = mixed >>> 24;
        a = b ^ (lows[first] ?? 0) ^ (lows[second] ?? 0) ^ (lows[third] ?? 0) ^ (lows[fourth] ?? 0);
        b = (highs[first] ?? 0) ^ (highs[second] ?? 0) ^ (highs[third] ?? 0) ^ (highs[fourth] ?? 0);
      }
      for (; at < bytes.length; at++) {
        const index = (a ^ (bytes[at] ?? 0)) & 0xff;
        a = ((a >>> 8) | (b << 24)) ^ (lows[index] ?? 0);
        b = (b >>> 8) ^ (highs[index] ?? 0);
      }
      low = a;
      high = b;
    },
    digest() {
      const view = new DataView(new ArrayBuffer(8));
      view.setUint32(0, ~low >>> 0, true);
      view.setUint32(4, ~high >>> 0, true);
      return new Uint8Array(view.buffer);
    },
  };
}
