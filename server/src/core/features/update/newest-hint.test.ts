// The hint with the newest version: behind what the source is looked through for, and nowhere else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUnitFile } from "../../model/unit-file.ts";
import { newestHint } from "./newest-hint.ts";

function hinted(text: string): string | undefined {
  const hint = newestHint(parseUnitFile(text, { type: "transfer" }), "1.2");
  return hint && `${text.slice(0, hint.offset)}|${hint.label}|${text.slice(hint.offset)}`;
}

test("it stands behind the last pattern of the source", () => {
  assert.equal(
    hinted("[Source]\nMatchPattern=a_@v\nMatchPattern=b_@v \\\n c_@v\n[Target]\nMatchPattern=a_@v\n"),
    "[Source]\nMatchPattern=a_@v\nMatchPattern=b_@v \\\n c_@v|→ newest 1.2|\n[Target]\nMatchPattern=a_@v\n",
  );
});

test("without a pattern there is nowhere to stand", () => {
  assert.equal(hinted("[Source]\nPath=/x\nMatchPattern=\n[Target]\nMatchPattern=a_@v\n"), undefined);
});
