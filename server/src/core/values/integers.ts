// Reads integers as systemd does, in all the bases it knows.

/** Decimal, or with 0x, 0o, 0b or a leading 0 for other bases. Undefined for others; exact up to 2^53. */
export function readInteger(text: string): number | undefined {
  const match = /^([+-]?)(?:(0[xX][0-9a-fA-F]+)|(0[oO][0-7]+)|(0[bB][01]+)|(0[0-7]*)|([1-9]\d*))$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, octal, binary, leading, decimal] = match;
  const digits = hex ?? octal ?? binary ?? decimal;
  const size = digits === undefined ? Number.parseInt(leading ?? "0", 8) : Number(digits);
  return sign === "-" ? -size : size;
}
