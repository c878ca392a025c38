// Bytes as text: offset, hexadecimal and ASCII, sixteen a line.

/** Bytes that one page shows; an editor holds its text as a whole. */
export const hexPageSize = 64 * 1024;
const perLine = 16;

/** The lines of bytes that begin at `offset` of a file. */
export function hexLines(bytes: Uint8Array, offset: number): string[] {
  const width = Math.max(8, (offset + bytes.length).toString(16).length);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = bytes.subarray(at, at + perLine);
    const halves = [line.subarray(0, 8), line.subarray(8)].map((half) =>
      Array.from(half, (byte) => byte.toString(16).padStart(2, "0"))
        .join(" ")
        .padEnd(23),
    );
    const text = String.fromCharCode(...line.map((byte) => (byte >= 0x20 && byte < 0x7f ? byte : 0x2e)));
    lines.push(`${(offset + at).toString(16).padStart(width, "0")}  ${halves.join("  ")}  |${text}|`);
  }
  return lines;
}

/** How many pages a file of `size` bytes has; an empty one has a page too. */
export function hexPages(size: number): number {
  return Math.max(1, Math.ceil(size / hexPageSize));
}

/** Page and line (from 0 on, without what is above the bytes) at which the byte at `offset` is shown. */
export function hexPlace(offset: number): { readonly page: number; readonly line: number } {
  return { page: Math.floor(offset / hexPageSize), line: Math.floor((offset % hexPageSize) / perLine) };
}

/** An offset as people write it, `4096` or `0x1000`; undefined for anything else, and for what is behind the end. */
export function parseOffset(text: string, size: number): number | undefined {
  if (!/^\s*(0x[0-9a-f]+|\d+)\s*$/i.test(text)) return undefined;
  const offset = Number(text);
  return offset < Math.max(1, size) ? offset : undefined;
}
