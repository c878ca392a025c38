import assert from "node:assert/strict";
import { test } from "node:test";
import { assignmentsOf, parseAssignments } from "./assignments.ts";

function valuesOf(text: string): Record<string, string> {
  return Object.fromEntries(assignmentsOf(parseAssignments(text)).map(({ name, text: value }) => [name, value]));
}

test("values are what systemd takes them to be", () => {
  assert.deepEqual(valuesOf("ID=fedora\nVERSION_ID = 40 \n"), { ID: "fedora", VERSION_ID: "40" });
  assert.deepEqual(valuesOf('A="x y"\nB=\'x \\y\'\nC="a\\$b\\n"\n'), { A: "x y", B: "x \\y", C: "a$b\\n" });
  assert.deepEqual(valuesOf('A=it\'s "so"\n'), { A: 'it\'s "so"' });
  assert.deepEqual(valuesOf("A='x' 'y'z\n"), { A: "xyz" });
  assert.deepEqual(valuesOf('A=one\\\ntwo\nB="one\\\ntwo\nthree"\n'), { A: "onetwo", B: "onetwo\nthree" });
  assert.deepEqual(valuesOf("A=x # no comment\n#B=1\n ;C=1\nnoise\n"), { A: "x # no comment" });
  assert.deepEqual(valuesOf("A=x\\ \nB=y\\"), { A: "x ", B: "y" });
  assert.deepEqual(valuesOf("A=x\r\nB=y\rC=z"), { A: "x", B: "y", C: "z" });
  assert.deepEqual(valuesOf("export A=1\n=2"), { "export A": "1", "": "2" });
});

test("an open quote is known by its place", () => {
  const [first] = assignmentsOf(parseAssignments('NAME= "x\nID=_any\n'));
  assert.equal(first?.openQuote, 6);
  assert.equal(first?.text, "x\nID=_any\n");
});

test("the nodes cover any text, one behind the other, and each unit of a value is where it is written", () => {
  const units = ["A", "=", '"', "'", "\\", "\n", "\r", " ", "\t", "#", ";", "\0", "\ufeff", "é", "\ud83d\ude00", "x"];
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  for (let round = 0; round < 3000; round++) {
    const text = Array.from(
      { length: Math.floor(random() * 40) },
      () => units[Math.floor(random() * units.length)],
    ).join("");
    const { nodes } = parseAssignments(text);
    assert.equal(nodes.map(({ span }) => text.slice(span.start, span.end)).join(""), text);
    let at = 0;
    for (const node of nodes) {
      assert.equal(node.span.start, at);
      assert.ok(node.span.end > at);
      at = node.span.end;
      if (node.kind !== "assignment") continue;
      for (let i = 0; i < node.text.length; i++) {
        const unit = node.spanOf(i, i + 1);
        assert.equal(text.slice(unit.start, unit.end), node.text.charAt(i));
        assert.ok(unit.start >= node.value.start && unit.end <= node.value.end);
      }
    }
  }
});

test("a long file of odd lines costs no more than its length", () => {
  // With any search that starts over at each line this would take hours.
  for (const unit of ["\n", "\\\n", "A=\\\n", "='\n", 'A="\n', " ", "A \t\n", "A= \t\n"]) {
    const text = unit.repeat(300_000);
    assert.equal(parseAssignments(text).nodes.at(-1)?.span.end, text.length);
  }
});

test("a stretch of a value is where it is written, quotes and backslashes within it included", () => {
  for (const [text, from, to, written] of [
    ['A="x\\"y" z\n', 0, 3, 'x\\"y'],
    ['A="x\\"y"\n', 1, 2, '"'],
    ['A="x\\"y"\n', 0, 1, "x"],
    ["A='x'  'y'\n", 0, 2, "x'  'y"],
    ["A=one\\\ntwo\n", 1, 5, "ne\\\ntw"],
    ["A=one\\\ntwo\n", 3, 6, "two"],
    ["A=one\n", 1, 1, ""],
    ["A=one\n", 3, 3, ""],
    ["A=\n", 0, 0, ""],
  ] as const) {
    const [found] = assignmentsOf(parseAssignments(text));
    const span = found?.spanOf(from, to);
    assert.equal(text.slice(span?.start, span?.end), written, text);
  }
});

test("an open quote of either kind goes on to the end of the file", () => {
  const openOf = (text: string) => assignmentsOf(parseAssignments(text))[0]?.openQuote;
  assert.deepEqual(
    [openOf("A='x\nB"), openOf('A="x\nB'), openOf("A='x'\nB"), openOf("A=x'\n")],
    [2, 2, undefined, undefined],
  );
});
