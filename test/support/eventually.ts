// Waits for a state, the one way in which tests wait: it is asked for again and again, and a busy machine gets all the time it needs.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

/** Milliseconds after which what a test waits for never comes: minutes, so that this tells broken from busy. */
export const deadline = 3 * 60_000;

/** How often a state is asked for, in milliseconds. */
const interval = 20;

/** The first answer that is not undefined; fails with `what` when none comes until the deadline. */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  const ended = AbortSignal.timeout(deadline);
  while (!ended.aborted) {
    const value = await ask();
    if (value !== undefined) return value;
    await setTimeout(interval);
  }
  throw new assert.AssertionError({ message: `did not come within ${deadline / 60_000} minutes: ${what}` });
}

/** Waits until `ask` says true; fails with `what` when it does not until the deadline. */
export async function waitUntil(what: string, ask: () => Promise<boolean> | boolean): Promise<void> {
  await eventually(what, async () => ((await ask()) ? true : undefined));
}
