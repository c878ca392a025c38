// Finds what somebody probably meant to write.

/** The candidate nearest to `word` within two typing errors, one for short words; letter case does not count. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = word.length <= 4 ? 1 : 2;
  const letters = lettersOf(word);
  let best: string | undefined;
  let min = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    if (bitCount(lettersOf(candidate) ^ letters) > 2 * limit) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance < min) {
      min = distance;
      best = candidate;
    }
  }
  return best;
}

/** Whether one typing error makes one word the other; letter case does not count. */
export function isOneEdit(word: string, other: string): boolean {
  return Math.abs(word.length - other.length) <= 1 && editDistance(word.toLowerCase(), other.toLowerCase(), 1) === 1;
}

/** A bit for each letter that occurs, whatever its case, so that most words are told apart without comparing them. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Insertions, deletions, changes and swaps of neighbours from `a` to `b`; more than `limit` is not counted further. */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? limit) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}
