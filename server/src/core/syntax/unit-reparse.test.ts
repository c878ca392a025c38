// Taking over what a change left alone gives the same as parsing anew, whatever is changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkParsedUnit } from "../checks/unit/check-units.ts";
import { parseUnitFile } from "../model/unit-file.ts";
import { locateUnit } from "../model/unit-location.ts";
import { reparseUnitSyntax } from "./unit-reparse.ts";
import { parseUnitSyntax } from "./unit-syntax.ts";

/** Pieces of which texts and changes are made; what joins with its neighbors to something else comes often. */
const pieces = [
  "[Unit]\n",
  "[Service]\n",
  "[Service",
  "]",
  "After=a.service\n",
  "After=",
  "Environment=A=1 \\\n  B=2\n",
  "Environment=A=1 \\\n# between\n;too\n  B=2\n",
  "ExecStart=/usr/bin/demo --flag\n",
  "Restart=onfailure\n",
  "# comment\n",
  ";",
  "\n",
  "\r\n",
  "\r",
  "\0",
  "\\",
  "\\\n",
  " ",
  "=",
  "noise\n",
  "\ufeff",
  "ä€😀",
  "x",
];

/** Numbers from 0 up to `below`, the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function textOf(next: (below: number) => number, most: number): string {
  return Array.from({ length: next(most) }, () => pieces[next(pieces.length)]).join("");
}

test("after any change a text has the nodes that it has by itself", () => {
  const next = seeded(7);
  for (let round = 0; round < 3000; round++) {
    let syntax = parseUnitSyntax(textOf(next, 40));
    for (let change = 0; change < 4; change++) {
      const { text: before } = syntax;
      const start = next(before.length + 1);
      const end = start + next(Math.min(30, before.length - start) + 1);
      const text = before.slice(0, start) + textOf(next, 3) + before.slice(end);
      ({ syntax } = reparseUnitSyntax(syntax, text));
      assert.deepEqual(syntax, parseUnitSyntax(text), JSON.stringify({ before, text }));
    }
  }
});

test("after any change a file has the entries and findings that it has by itself", () => {
  const next = seeded(11);
  const path = "usr/lib/systemd/system/demo.service";
  const location = locateUnit(path);
  assert.ok(location !== undefined);
  for (let round = 0; round < 500; round++) {
    let file = parseUnitFile(textOf(next, 30), location);
    for (let change = 0; change < 4; change++) {
      checkParsedUnit(file, path, location, {});
      const start = next(file.text.length + 1);
      const end = start + next(Math.min(20, file.text.length - start) + 1);
      const text = file.text.slice(0, start) + textOf(next, 3) + file.text.slice(end);
      file = parseUnitFile(text, location, file);
      const anew = parseUnitFile(text, location);
      assert.deepEqual(
        file.entries.map(({ node, section, setting, open }) => [node, section.name, section.known, setting, open]),
        anew.entries.map(({ node, section, setting, open }) => [node, section.name, section.known, setting, open]),
      );
      assert.deepEqual(checkParsedUnit(file, path, location, {}), checkParsedUnit(anew, path, location, {}));
    }
  }
});

test("what a change left alone is taken over", () => {
  const lines = Array.from({ length: 1000 }, (_, i) => `Environment=NAME_${i}=value\n`);
  const before = parseUnitSyntax(`[Service]\n${lines.join("")}`);
  const at = before.text.indexOf("value\n", before.text.length / 2);
  const { first, last } = reparseUnitSyntax(before, `${before.text.slice(0, at)}x${before.text.slice(at)}`);
  assert.equal(first + last, before.nodes.length - 1);
});
