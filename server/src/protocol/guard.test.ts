import assert from "node:assert/strict";
import { test } from "node:test";
import { CancellationToken, CancellationTokenSource } from "vscode-languageserver";
import { guard } from "./guard.ts";

function collect() {
  const lines: string[] = [];
  return { lines, log: { error: (message: string) => void lines.push(message) } };
}

test("a handler that fails is logged, and answers with its fallback", async () => {
  const { lines, log } = collect();
  for (const broken of [
    () => {
      throw new Error("broken");
    },
    () => Promise.reject(new Error("broken")),
  ]) {
    assert.equal(await guard("hover", log, "nothing", broken)({}, CancellationToken.None), "nothing");
  }
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? "", /^hover failed: Error: broken/);
});

test("a cancelled request is answered as such, before and after its handler", async () => {
  const { lines, log } = collect();
  const source = new CancellationTokenSource();
  const guarded = guard("hover", log, "nothing", () => {
    source.cancel();
    return "something";
  });
  await assert.rejects(guarded({}, source.token), { code: -32800 });
  await assert.rejects(guarded({}, source.token), { code: -32800 });
  assert.deepEqual(lines, []);
});
