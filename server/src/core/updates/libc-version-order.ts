// The order of versions of the C library, strverscmp(3), by which systemd-sysupdate compares the transfers of a set up to 261.

/** What the digits that two versions share before they part begin with. */
type Digits = "none" | "number" | "fraction" | "zeros";

/** Less than 0, 0 or more than 0, as strverscmp(3). Digits count as a number, those behind a zero as a fraction. */
export function compareLibcVersions(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  const [left, right] = [unitAt(a, at), unitAt(b, at)];
  if (left === right) return 0;
  const order = left - right;
  const [isLeft, isRight] = [isDigit(left), isDigit(right)];
  switch (sharedDigits(a, at)) {
    case "none":
      return isLeft && isRight && left !== zero && right !== zero ? byLength(a, b, at) || order : order;
    case "number":
      if (isLeft && isRight) return byLength(a, b, at) || order;
      return isLeft === isRight ? order : isLeft ? 1 : -1;
    case "fraction":
      return order;
    case "zeros":
      // More zeros make a smaller fraction, and none at all is the greatest.
      return isLeft === isRight ? order : isLeft ? -1 : 1;
  }
}

const zero = 0x30;

function unitAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

function isDigit(unit: number): boolean {
  return unit >= zero && unit <= 0x39;
}

function sharedDigits(text: string, end: number): Digits {
  const digits = /[0-9]*$/.exec(text.slice(0, end))?.[0] ?? "";
  if (digits === "") return "none";
  if (!digits.startsWith("0")) return "number";
  return /^0+$/.test(digits) ? "zeros" : "fraction";
}

/** Of two numbers that go on with digits the one with more of them is greater. */
function byLength(a: string, b: string, from: number): number {
  let at = from;
  while (isDigit(unitAt(a, at)) && isDigit(unitAt(b, at))) at += 1;
  return Number(isDigit(unitAt(a, at))) - Number(isDigit(unitAt(b, at)));
}
