import assert from "node:assert/strict";
import { test } from "node:test";
import { findHeadings } from "./line-sources.ts";

const unit = (line: number) => ({ uri: "file:///a.service", line });
const dropIn = (line: number) => ({ uri: "file:///a.service.d/b.conf", line });

test("a generated comment leads to the first line below it", () => {
  const text = "# from a.service\n[Unit]\nA=1\n\n# from  b.conf \n\n[Unit]\n";
  const lines = [null, unit(3), unit(4), unit(5), null, null, dropIn(0)];
  assert.deepEqual(findHeadings(text, lines), [
    { line: 0, start: 2, end: 16, source: unit(3) },
    { line: 4, start: 2, end: 14, source: dropIn(0) },
  ]);
});

test("comments of the files lead nowhere by themselves, nor do those with nothing below", () => {
  assert.deepEqual(findHeadings("# mine\nA=1\n# end\n", [unit(0), unit(1), null]), []);
  assert.deepEqual(findHeadings("#\nA=1\n", [null, unit(1)]), []);
  assert.deepEqual(findHeadings("", []), []);
});
