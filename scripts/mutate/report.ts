// What a run of mutations came to, as text: the survivors with their places, and how many were caught in each room.
import type { Candidate } from "./choose.ts";
import type { Verdict } from "./try-mutations.ts";

/** The place of a mutation and what it changes, in one line; `source` is the text of its module. */
export function describeMutation({ file, mutator, start, end, text }: Candidate, source: string): string {
  const before = source.slice(0, start).split("\n");
  const place = `${file}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
  return `${place} ${mutator}: ${shorten(source.slice(start, end))} → ${text === "" ? "nothing" : shorten(text)}`;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 100 ? `${line.slice(0, 60)} … ${line.slice(-30)}` : line;
}

/** How many mutations were caught, of all and of each room. */
export function summarize(verdicts: readonly Verdict[], roomOf: (file: string) => string | undefined): string {
  const rooms = [...new Set(verdicts.map(({ candidate }) => roomOf(candidate.file) ?? ""))].sort();
  const lines = rooms.map((room) => {
    const some = verdicts.filter(({ candidate }) => roomOf(candidate.file) === room);
    return `  ${room}: ${countOf(some)}`;
  });
  return [`Caught ${countOf(verdicts)}`, ...lines].join("\n");
}

function countOf(verdicts: readonly Verdict[]): string {
  const caught = verdicts.filter(({ isCaught }) => isCaught).length;
  return `${caught} of ${verdicts.length} (${percentageCaught(verdicts).toFixed(1)} %)`;
}

/** From 0 to 100. */
export function percentageCaught(verdicts: readonly Verdict[]): number {
  const caught = verdicts.filter(({ isCaught }) => isCaught).length;
  return verdicts.length === 0 ? 100 : (100 * caught) / verdicts.length;
}
