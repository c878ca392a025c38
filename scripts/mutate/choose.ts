// Which of all possible mutations are tried: some of each room and of each kind, the same for the same seed.
import { type Mutation, mutators } from "./mutations.ts";

export interface Candidate extends Mutation {
  /** Path of the module in the project. */
  readonly file: string;
}

/** Whether a module lies in one of these folders, or is one of these files; without any, each does. */
export function isWithin(file: string, folders: readonly string[]): boolean {
  const paths = folders.map((folder) => folder.replace(/\/+$/, ""));
  return paths.length === 0 || paths.some((path) => file === path || file.startsWith(`${path}/`));
}

/**
 * How many mutations each room gets of `count`: as many for each candidate that it has, but at least `minimum`, and never
 * more than there are. The sum is `count` where there are enough.
 */
export function shareOut(
  rooms: ReadonlyMap<string, readonly Candidate[]>,
  count: number,
  minimum: number,
): Map<string, number> {
  const sizes = new Map([...rooms].map(([room, { length }]) => [room, length]));
  const wanted = Math.min(count, sum(sizes.values()));
  const shares = new Map([...sizes].map(([room, size]) => [room, Math.min(size, minimum)]));
  // One after the other to the room whose share is the smallest part of what it has.
  while (sum(shares.values()) < wanted) {
    const part = (room: string): number => (shares.get(room) ?? 0) / (sizes.get(room) ?? 1);
    const open = [...sizes.keys()].filter((room) => part(room) < 1);
    const [next] = open.sort((a, b) => part(a) - part(b));
    if (next === undefined) break;
    shares.set(next, (shares.get(next) ?? 0) + 1);
  }
  return shares;
}

/** Chooses `count` of the candidates, in turn one of each mutator, so that no mutator has more than others can balance. */
export function choose(
  candidates: readonly Candidate[],
  count: number,
  random: (below: number) => number,
): Candidate[] {
  const byMutator = mutators.map((mutator) =>
    shuffle(
      candidates.filter((candidate) => candidate.mutator === mutator),
      random,
    ),
  );
  const chosen: Candidate[] = [];
  for (let round = 0; chosen.length < count && byMutator.some((some) => round < some.length); round++) {
    chosen.push(...byMutator.flatMap((some) => some.slice(round, round + 1)).slice(0, count - chosen.length));
  }
  return chosen;
}

function shuffle<Item>(items: readonly Item[], random: (below: number) => number): Item[] {
  const keyed = items.map((item) => ({ item, key: random(2 ** 31) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
