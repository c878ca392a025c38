// From offsets to lines and columns and back; both count from 0, columns in UTF-16 units.

export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface LineIndex {
  readonly lines: number;
  /** The position of an offset; one outside of the text counts as its nearest end. */
  position(offset: number): Position;
  /** The offset of a position; a column behind the line's end counts as that end. */
  offset(position: Position): number;
}

/** Lines end at LF, CR LF or CR, as editors count them. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }

  function lineAt(offset: number): number {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  return {
    lines: starts.length,
    position(offset) {
      const within = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(within);
      return { line, column: within - (starts[line] ?? 0) };
    },
    offset({ line, column }) {
      if (line < 0) return 0;
      const start = starts[line];
      if (start === undefined) return text.length;
      let end = starts[line + 1] ?? text.length;
      while (end > start && /[\r\n]/.test(text.charAt(end - 1))) end -= 1;
      return Math.min(start + Math.max(0, column), end);
    },
  };
}
