// A source that reads whole pages and keeps the last of them: for structures that are read in many small steps.
import type { ByteSource } from "./byte-source.ts";
import { loadCache } from "./load-cache.ts";

const pageSize = 64 * 1024;
const keptBytes = 4 * 1024 * 1024;

/** Reads of `source` through a cache of pages. Not for file contents, which would only push the structures out. */
export function pageSource(source: ByteSource): ByteSource {
  const pages = loadCache<number, Uint8Array>(keptBytes, (page) => page.length);

  function page(number: number): Promise<Uint8Array> {
    const start = number * pageSize;
    // Without a signal, as others may be waiting for the same page.
    return pages.get(number, () => source.read(start, Math.min(pageSize, source.size - start)));
  }

  return {
    size: source.size,
    async read(offset, length) {
      const first = Math.floor(offset / pageSize);
      const start = offset - first * pageSize;
      if (start + length <= pageSize) {
        return (pages.peek(first) ?? (await page(first))).subarray(start, start + length);
      }
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; ) {
        const number = Math.floor((offset + at) / pageSize);
        const from = offset + at - number * pageSize;
        const part = (await page(number)).subarray(from, from + length - at);
        bytes.set(part, at);
        at += part.length;
      }
      return bytes;
    },
  };
}
