import assert from "node:assert/strict";
import { test } from "node:test";
import { movedSpan } from "./tree-findings.ts";

const span = { start: 4, end: 6 };

test("a stretch stays where it is before a change, and moves behind one by what the text grew", () => {
  assert.deepEqual(movedSpan(span, "0123XX6789", "0123XX6789"), span);
  assert.deepEqual(movedSpan(span, "0123XX6789", "0123XX67890"), span);
  assert.deepEqual(movedSpan(span, "0123XX6789", "0123XX"), span, "all behind it is gone");
  assert.deepEqual(movedSpan(span, "0123XX6789", "ab0123XX6789"), { start: 6, end: 8 });
  assert.deepEqual(movedSpan(span, "0123XX6789", "23XX6789"), { start: 2, end: 4 });
  assert.deepEqual(movedSpan(span, "0123XX6789", "012-XX6789"), span, "a change right before it");
  assert.deepEqual(movedSpan(span, "0123XX6789", "0123XX-789"), span, "a change right behind it");
});

test("a stretch that the change touched is gone", () => {
  for (const after of ["0123X-6789", "0123-X6789", "0123X6789", "", "9999999999"]) {
    assert.equal(movedSpan(span, "0123XX6789", after), undefined, after);
  }
});
