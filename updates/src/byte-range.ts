// The byte range that an HTTP request asks for (RFC 9110, section 14).

/** A half-open range of bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The range that `Range:` asks for; undefined for the whole file, as also for several ranges at once and for what cannot be
 * understood; `"outside"` when no byte of it is there. `If-Range:` makes it count only for the file that the asker knows.
 */
export function chooseRange(
  asked: string | undefined,
  size: number,
  ifRange: string | undefined,
  tag: string,
  modified: string,
): ByteRange | "outside" | undefined {
  if (ifRange !== undefined && ifRange !== tag && ifRange !== modified) return undefined;
  const [, first, last] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/.exec(asked ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "outside" : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return undefined; // no range at all
  return start >= size ? "outside" : { start, end };
}
