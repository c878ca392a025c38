// Searches lists that are sorted by a position.

/** Index of the last of `count` elements whose position is at or before `wanted`; -1 for none. */
export function lastAtOrBefore(count: number, positionOf: (index: number) => number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positionOf(middle) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
