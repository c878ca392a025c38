// The order of versions that systemd uses wherever it compares them (UAPI.10 Version Format Specification).

/** Less than 0 when `a` is the older version, 0 when they count as the same, more than 0 when `a` is the newer one. */
export function compareVersions(a: string, b: string): number {
  let left = skipIgnored(a, 0);
  let right = skipIgnored(b, 0);
  for (;;) {
    // What a tilde begins is older than what ends there: 1.0~rc1 comes before 1.0.
    const tilde = bothBegin(a, left, b, right, "~");
    if (tilde !== undefined) {
      if (tilde !== 0) return -tilde;
      left += 1;
      right += 1;
    }
    if (left >= a.length || right >= b.length) return Number(left < a.length) - Number(right < b.length);
    for (const separator of "-^.") {
      const order = bothBegin(a, left, b, right, separator);
      if (order === undefined) continue;
      if (order !== 0) return -order;
      left += 1;
      right += 1;
    }
    const digits = isDigit(a.charCodeAt(left)) || isDigit(b.charCodeAt(right));
    const inPart = digits ? isDigit : isLetter;
    const leftEnd = endOfPart(a, left, inPart);
    const rightEnd = endOfPart(b, right, inPart);
    const order = digits
      ? compareNumbers(a.slice(left, leftEnd), b.slice(right, rightEnd))
      : compareWords(a.slice(left, leftEnd), b.slice(right, rightEnd));
    if (order !== 0) return order;
    left = skipIgnored(a, leftEnd);
    right = skipIgnored(b, rightEnd);
  }
}

/** 0 when a sign stands at both places, 1 when at the left one only, -1 when at the right one; undefined at neither. */
function bothBegin(a: string, left: number, b: string, right: number, sign: string): number | undefined {
  const hasLeft = a.charAt(left) === sign;
  const hasRight = b.charAt(right) === sign;
  return hasLeft || hasRight ? Number(hasLeft) - Number(hasRight) : undefined;
}

/** A number counts by its value, and no number at all is less than any. */
function compareNumbers(a: string, b: string): number {
  if (a === "" || b === "") return Number(a !== "") - Number(b !== "");
  const left = a.replace(/^0+/, "");
  const right = b.replace(/^0+/, "");
  return left.length - right.length || compareWords(left, right);
}

function compareWords(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function endOfPart(text: string, start: number, inPart: (unit: number) => boolean): number {
  let at = start;
  while (at < text.length && inPart(text.charCodeAt(at))) at += 1;
  return at;
}

/** Signs other than letters, digits and `~-^.` only separate. */
function skipIgnored(text: string, start: number): number {
  let at = start;
  while (at < text.length && !/[0-9A-Za-z~^.-]/.test(text.charAt(at))) at += 1;
  return at;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isLetter(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}
