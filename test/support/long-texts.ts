// Texts for tests of cost: work that grows with the square of their length does not end while the runner waits for a file.

/** Characters of a long text: at a thousand million steps a second, half of its square takes more than nine minutes. */
export const longLength = 2 ** 20;

/** A text of `length` characters, or a few less, that repeats `unit`. */
export function repeated(unit: string, length = longLength): string {
  return unit.repeat(Math.floor(length / unit.length));
}
