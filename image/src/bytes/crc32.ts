// The checksums CRC-32, as xz and GPT use it, and CRC-32C, as erofs, ext4 and btrfs do.

/** For each of the four bytes that are taken at a time, what each of its values adds: 256 a byte, the last byte first. */
function tableOf(polynomial: number): Uint32Array {
  const table = new Uint32Array(4 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    table[byte] = value;
  }
  for (let i = 256; i < table.length; i++) {
    const before = table[i - 256] ?? 0;
    table[i] = (before >>> 8) ^ (table[before & 0xff] ?? 0);
  }
  return table;
}

const table32 = tableOf(0xedb88320);
const table32c = tableOf(0x82f63b78);

/** The checksum of `bytes`, from 0 to 2^32 - 1; behind others of which `before` is the checksum. */
export function crc32(bytes: Uint8Array, before = 0): number {
  return (update(table32, ~before, bytes) ^ -1) >>> 0;
}

/** The Castagnoli checksum of `bytes` without the usual inversion at its end, from 0 to 2^32 - 1. */
export function crc32c(bytes: Uint8Array, seed = -1): number {
  return update(table32c, seed, bytes) >>> 0;
}

function update(table: Uint32Array, seed: number, bytes: Uint8Array): number {
  let value = seed;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    const mixed =
      value ^
      ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24));
    value =
      (table[768 + (mixed & 0xff)] ?? 0) ^
      (table[512 + ((mixed >>> 8) & 0xff)] ?? 0) ^
      (table[256 + ((mixed >>> 16) & 0xff)] ?? 0) ^
      (table[mixed >>> 24] ?? 0);
  }
  for (; at < bytes.length; at++) value = (value >>> 8) ^ (table[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return value;
}
