// The order of versions that systemd uses wherever it compares them (UAPI.10 Version Format Specification).

/** The units of `-`, `^` and `.`, each of which makes what it begins older than what the next one does. */
const separators = [0x2d, 0x5e, 0x2e];

/** Less than 0 when `a` is the older version, 0 when they count as the same, more than 0 when `a` is the newer one. */
export function compareVersions(a: string, b: string): number {
  let left = skipIgnored(a, 0);
  let right = skipIgnored(b, 0);
  for (;;) {
    // What a tilde begins is older than what ends there: 1.0~rc1 comes before 1.0.
    const tilde = bothBegin(a, left, b, right, 0x7e);
    if (tilde !== undefined) {
      if (tilde !== 0) return -tilde;
      left += 1;
      right += 1;
    }
    if (left >= a.length || right >= b.length) return Number(left < a.length) - Number(right < b.length);
    for (const separator of separators) {
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
      ? compareNumbers(a, left, leftEnd, b, right, rightEnd)
      : compareWords(a, left, leftEnd, b, right, rightEnd);
    if (order !== 0) return order;
    left = skipIgnored(a, leftEnd);
    right = skipIgnored(b, rightEnd);
  }
}

/** What comes at a place of a version, the older first: a tilde makes what it begins older than nothing. */
const rank = { endOfWord: "\x01", end: "\x03", word: "\x07", number: "\x08" } as const;
const rankOfSeparator: ReadonlyMap<number, string> = new Map([
  [0x7e, "\x02"],
  [0x2d, "\x04"],
  [0x5e, "\x05"],
  [0x2e, "\x06"],
]);
/** No file name has a longer version. */
const maxKeyedLength = 255;

/**
 * A text for a version, such that of two texts the one that `<` calls less is that of the older version: for sorting many.
 * Undefined for versions of odd forms, which only `compareVersions` can order: with other signs than `~-^.`, with two of
 * them in a row, or with one at either end.
 */
export function versionKey(version: string): string | undefined {
  if (version.length > maxKeyedLength) return undefined;
  let key = "";
  let at = 0;
  for (;;) {
    const first = version.charCodeAt(at);
    const inPart = isDigit(first) ? isDigit : isLetter;
    const end = endOfPart(version, at, inPart);
    if (end === at) return undefined;
    if (inPart === isDigit) {
      const start = skipZeros(version, at, end);
      key += rank.number + String.fromCharCode(end - start) + version.slice(start, end);
    } else {
      key += rank.word + version.slice(at, end) + rank.endOfWord;
    }
    if (end === version.length) return key + rank.end;
    const separator = rankOfSeparator.get(version.charCodeAt(end));
    key += separator ?? "";
    at = separator === undefined ? end : end + 1;
  }
}

/** Sorts by versions, the newest first; of those that count as the same `tieOrder` decides, and else the place before. */
export function newestFirst<Element>(
  elements: readonly Element[],
  versionOf: (element: Element) => string,
  tieOrder: (a: Element, b: Element) => number = () => 0,
): Element[] {
  const keyed = elements.map((element) => ({ element, key: versionKey(versionOf(element)) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) {
      return compareVersions(versionOf(b.element), versionOf(a.element)) || tieOrder(a.element, b.element);
    }
    return a.key < b.key ? 1 : a.key > b.key ? -1 : tieOrder(a.element, b.element);
  });
  return keyed.map(({ element }) => element);
}

/** 0 when a sign stands at both places, 1 when at the left one only, -1 when at the right one; undefined at neither. */
function bothBegin(a: string, left: number, b: string, right: number, sign: number): number | undefined {
  const hasLeft = a.charCodeAt(left) === sign;
  const hasRight = b.charCodeAt(right) === sign;
  return hasLeft || hasRight ? Number(hasLeft) - Number(hasRight) : undefined;
}

/** A number counts by its value, and no number at all is less than any. */
function compareNumbers(a: string, left: number, leftEnd: number, b: string, right: number, rightEnd: number): number {
  if (left === leftEnd || right === rightEnd) return Number(left < leftEnd) - Number(right < rightEnd);
  const leftStart = skipZeros(a, left, leftEnd);
  const rightStart = skipZeros(b, right, rightEnd);
  return leftEnd - leftStart - (rightEnd - rightStart) || compareWords(a, leftStart, leftEnd, b, rightStart, rightEnd);
}

/** Letter by letter; what goes on where the other ends is greater. */
function compareWords(a: string, left: number, leftEnd: number, b: string, right: number, rightEnd: number): number {
  const shared = Math.min(leftEnd - left, rightEnd - right);
  for (let at = 0; at < shared; at++) {
    const order = a.charCodeAt(left + at) - b.charCodeAt(right + at);
    if (order !== 0) return order;
  }
  return leftEnd - left - (rightEnd - right);
}

function skipZeros(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === 0x30) at += 1;
  return at;
}

function endOfPart(text: string, start: number, inPart: (unit: number) => boolean): number {
  let at = start;
  while (at < text.length && inPart(text.charCodeAt(at))) at += 1;
  return at;
}

/** Signs other than letters, digits and `~-^.` only separate. */
function skipIgnored(text: string, start: number): number {
  let at = start;
  while (at < text.length && !counts(text.charCodeAt(at))) at += 1;
  return at;
}

function counts(unit: number): boolean {
  return isDigit(unit) || isLetter(unit) || unit === 0x7e || unit === 0x5e || unit === 0x2d || unit === 0x2e;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isLetter(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}
