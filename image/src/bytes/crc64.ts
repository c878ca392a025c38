// The checksum CRC-64 as xz uses it, of the polynomial of ECMA-182; numbers of 64 bits are two of 32.

/** For each value of a byte what it adds, the low and the high half. */
const lows = new Uint32Array(256);
const highs = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let low = byte;
  let high = 0;
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = (low & 1) === 1;
    low = ((low >>> 1) | (high << 31)) >>> 0;
    high >>>= 1;
    if (isOdd) {
      low = (low ^ 0xd787_0f42) >>> 0;
      high = (high ^ 0xc96c_5795) >>> 0;
    }
  }
  lows[byte] = low;
  highs[byte] = high;
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
      for (const byte of bytes) {
        const index = (a ^ byte) & 0xff;
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
