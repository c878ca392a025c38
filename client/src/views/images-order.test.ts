// The order of the Images view is remembered, and told once for each change.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Memento } from "vscode";
import { createImagesOrder } from "./images-order.ts";

function memory(kept: Map<string, unknown>): Memento {
  return {
    keys: () => [...kept.keys()],
    get: (key: string, fallback?: unknown) => kept.get(key) ?? fallback,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as unknown as Memento;
}

test("an order is shown at once, and again in the next window", async () => {
  const kept = new Map<string, unknown>();
  const shown: string[] = [];
  const order = createImagesOrder(memory(kept), (one) => shown.push(one));
  const done = order.set("stored");
  assert.equal(order.current, "stored");
  assert.deepEqual(shown, ["name", "stored"]);
  await done;
  await order.set("stored");
  assert.deepEqual(shown, ["name", "stored"], "what does not change is not told");
  assert.equal(createImagesOrder(memory(kept), (one) => shown.push(one)).current, "stored");
  assert.deepEqual(shown, ["name", "stored", "stored"]);
});

test("what is remembered may be anything", () => {
  for (const odd of ["colour", "", 7, null, ["size"]]) {
    assert.equal(createImagesOrder(memory(new Map([["sysext.imagesOrder", odd]])), () => undefined).current, "name");
  }
});
