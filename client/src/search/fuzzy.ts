// Finds the paths that somebody means by a few letters, the likeliest first.
//
// Libraries were tried: `fuzzysort` keeps 1 to 2 KB for each path, which is 400 MB for 200,000 of them and has no bound for a
// hostile image; `@leeoniya/ufuzzy`, `fzf` and `match-sorter` take 0.4 to 1 second for each letter.
import { setImmediate } from "node:timers/promises";
import type { CancelSignal } from "../../../image/src/index.ts";
import { type PathIndex, signMask } from "./path-index.ts";

export interface FuzzyOptions {
  /** How many paths are wanted at most. */
  readonly limit: number;
  readonly signal?: CancelSignal;
}

interface Hit {
  readonly at: number;
  readonly score: number;
}

/** Paths looked at between two looks at the clock; milliseconds until others have their turn. */
const stride = 4096;
const turn = 12;
/** More than what a few folders more cost: a file is meant rather than a folder that fits as well. */
const folderCost = 30;

/**
 * Positions in the index of the paths that hold all words of `query` as they are or letter by letter, the best first. Without
 * a word it is the first paths. A word with a slash is looked for in whole paths, others in names before paths.
 */
export async function findPaths(index: PathIndex, query: string, options: FuzzyOptions): Promise<readonly number[]> {
  const { limit, signal } = options;
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return index.paths.slice(0, limit).map((_, at) => at);
  const mask = signMask(words.join(""));
  let best: Hit[] = [];
  let worst = Number.NEGATIVE_INFINITY;
  let until = performance.now() + turn;
  for (let at = 0; at < index.folded.length; at++) {
    if ((at & (stride - 1)) === stride - 1 && performance.now() > until) {
      await setImmediate();
      signal?.throwIfAborted();
      until = performance.now() + turn;
    }
    if ((mask & ~(index.masks[at] ?? 0)) !== 0) continue;
    const score = scoreOf(index.folded[at] ?? "", words) - (index.types[at] === "directory" ? folderCost : 0);
    if (score <= worst) continue;
    best.push({ at, score });
    if (best.length >= 4 * limit) {
      best = bestFirst(best).slice(0, limit);
      worst = best.at(-1)?.score ?? worst;
    }
  }
  signal?.throwIfAborted();
  return bestFirst(best)
    .slice(0, limit)
    .map(({ at }) => at);
}

function bestFirst(hits: readonly Hit[]): Hit[] {
  return hits.toSorted((a, b) => b.score - a.score || a.at - b.at);
}

/** How well a path in small letters fits all words; -Infinity when it does not. */
function scoreOf(path: string, words: readonly string[]): number {
  const start = path.lastIndexOf("/") + 1;
  let sum = 0;
  for (const word of words) {
    const score = word.includes("/") ? wholeScore(path, word) : wordScore(path, start, word);
    if (score === Number.NEGATIVE_INFINITY) return score;
    sum += score;
  }
  // Of two that fit alike the shorter one is meant.
  return sum / words.length - Math.min(90, path.length / 8);
}

function wordScore(path: string, start: number, word: string): number {
  const at = path.indexOf(word, start);
  if (at >= 0) {
    const end = at + word.length;
    if (at === start) return end === path.length ? 4000 : isBoundary(path, end) ? 3500 : 3000;
    return isBoundary(path, at) ? 2500 : 2000;
  }
  const inName = nameScore(path, start, word);
  if (inName !== Number.NEGATIVE_INFINITY) return 1000 + inName;
  const inPath = path.lastIndexOf(word);
  if (inPath >= 0) return isBoundary(path, inPath) ? 800 : 600;
  return spreadScore(path, word);
}

function wholeScore(path: string, word: string): number {
  const wanted = word.replace(/^\/+/, "");
  const at = path.lastIndexOf(wanted);
  if (at < 0) return spreadScore(path, wanted);
  const isWhole = at === 0 || path[at - 1] === "/";
  if (word.startsWith("/") && at === 0) return path === wanted ? 5000 : 4500;
  return (at + wanted.length === path.length ? 3000 : 2500) + (isWhole ? 500 : 0);
}

/** Up to 200 for letters anywhere in a path that lie close together. */
function spreadScore(path: string, word: string): number {
  const end = endOfLetters(path, 0, word);
  if (end < 0) return Number.NEGATIVE_INFINITY;
  // Backwards from there, so that "ab" in "a-xab" is the one at the end.
  let start = end;
  for (let letter = word.length - 1; letter >= 0; letter--) start = path.lastIndexOf(word[letter] ?? "", start - 1);
  return 200 - Math.min(190, 4 * (end - start - word.length));
}

/** Where the letters of a word end that come one after the other behind a place, -1 when they do not. */
function endOfLetters(path: string, from: number, word: string): number {
  let end = from;
  for (let letter = 0; letter < word.length; letter++, end++) {
    end = path.indexOf(word[letter] ?? "", end);
    if (end < 0) return -1;
  }
  return end;
}

/** What a run of letters costs that begins with a word, one that begins in it, and each sign between two runs. */
const costs = { atWord: 20, inWord: 60, gap: 1 };
/** Longer names, which hardly any file system has, are not looked at so closely. */
const closest = 1024;
/** The least cost of the letters up to one that lies here, for the letter before and for this one. */
let before = new Uint16Array(closest);
let here = new Uint16Array(closest);
/** More than any cost, and with all gaps still a number of 16 bits. */
const nowhere = 0xf000;

/** Up to 300 for letters of a name, at its end of the path, that lie together and at the beginnings of words. */
function nameScore(path: string, from: number, word: string): number {
  if (endOfLetters(path, from, word) < 0) return Number.NEGATIVE_INFINITY;
  const start = path.indexOf(word[0] ?? "", from);
  const length = path.length - start;
  if (length > closest) return 0;
  let least = nowhere;
  for (let letter = 0; letter < word.length; letter++) {
    const code = word.charCodeAt(letter);
    // The least cost with which a new run begins here: the first letter's anywhere, others' behind the letters before them.
    let begin = letter === 0 ? 0 : nowhere;
    least = nowhere;
    for (let at = 0; at < length; at++) {
      const joined = letter === 0 || at === 0 ? nowhere : (before[at - 1] ?? nowhere);
      let cost = nowhere;
      if (path.charCodeAt(start + at) === code) {
        cost = Math.min(joined, begin + (isBoundary(path, start + at) ? costs.atWord : costs.inWord), nowhere);
        if (cost < least) least = cost;
      }
      here[at] = cost;
      if (letter > 0) begin = Math.min(begin, joined) + costs.gap;
    }
    [before, here] = [here, before];
  }
  return Math.max(0, 300 - least);
}

/** Whether a word of a path begins or ends at a place. */
function isBoundary(path: string, at: number): boolean {
  return at === 0 || at >= path.length || !isWordSign(path.charCodeAt(at)) || !isWordSign(path.charCodeAt(at - 1));
}

function isWordSign(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code > 0x7f;
}
