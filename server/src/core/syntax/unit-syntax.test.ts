import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUnitSyntax, positionInValue, spanInValue, type UnitNode } from "./unit-syntax.ts";

/** A line for each node: headers as [name], assignments as key=value, others by their kind. */
function shapeOf(text: string): string[] {
  return parseUnitSyntax(text).nodes.map((node) => {
    if (node.kind === "header") return `[${node.name}]${node.valid ? "" : " invalid"}`;
    return node.kind === "assignment" ? `${node.name}=${node.value.text}` : node.kind;
  });
}

for (const [what, text, shape] of [
  ["blanks around key and value do not count", "\t Key  =  a b \t\n", ["Key=a b"]],
  ["a value may have equals signs and quotes", 'K=a="b=c" \n', ['K=a="b=c"']],
  [
    "# and ; begin a comment as the first sign of a line only",
    "# a\n ; b=c\nK=v # x\n",
    ["comment", "comment", "K=v # x"],
  ],
  ["a comment is not continued", "# a \\\nK=v\n", ["comment", "K=v"]],
  ["lines are joined by one blank, and the next keeps its own", "K=a\\\n  b\n", ["K=a   b"]],
  ["comments between joined lines are left out", "K=a \\\n# x\n ; y\n  b\nL=c\n", ["K=a    b", "L=c"]],
  ["a backslash before a blank joins nothing", "K=a \\ \nL=b\n", ["K=a \\", "L=b"]],
  ["an even number of backslashes joins nothing", "K=a\\\\\nL=b\n", ["K=a\\\\", "L=b"]],
  ["three of them join", "K=a\\\\\\\nL=b\n", ["K=a\\\\ L=b"]],
  ["an empty line ends a joined one", "K=a\\\n\nL=b\n", ["K=a", "L=b"]],
  ["what looks like a section within a value is value", "K=a \\\n[Service]\nL=b\n", ["K=a  [Service]", "L=b"]],
  ["the file's end ends a joined line", "K=a \\", ["K=a"]],
  ["a joined line may begin with a comment's sign", "\\\n# x\n#=y\nK=v\n", ["K=v"]],
  ["CR, CR LF and NUL end lines", "A=1\rB=2\r\nC=3\0D=4", ["A=1", "B=2", "C=3", "D=4"]],
  ["CR LF is left out of joined lines", "A=1 \\\r\n2\r\nB=3\r\n", ["A=1  2", "B=3"]],
  ["a byte order mark at the beginning does not count", "\ufeff[Unit]\nA=1\n", ["[Unit]", "A=1"]],
  ["a byte order mark before a # makes it no comment", "\ufeff# a=1\n", ["# a=1"]],
  ["headers keep blanks within the brackets", " [Unit] \n[ Unit ]\n[]\n", ["[Unit]", "[ Unit ]", "[]"]],
  [
    "headers that are not closed, or have control signs, are invalid",
    "[Unit\n[a\tb]\n",
    ["[Unit] invalid", "[a\tb] invalid"],
  ],
  ["a header may be joined of lines", "[Un\\\nit]\n", ["[Un it]"]],
  ["lines without = are noise", "abc\n\n=v\nK=\n", ["noise", "blank", "=v", "K="]],
] as const) {
  test(what, () => assert.deepEqual(shapeOf(text), shape));
}

test("units of a joined value are where they are written", () => {
  const text = "A=é😀 \\\n# comment\n  b\\\n c\n";
  const [node] = parseUnitSyntax(text).nodes;
  assert.ok(node?.kind === "assignment");
  const { value } = node;
  assert.equal(value.text, "é😀    b  c");
  const at = value.text.indexOf("b");
  const span = spanInValue(value, at, at + 1);
  assert.equal(text.slice(span.start, span.end), "b");
  assert.equal(positionInValue(value, span.start), at);
  assert.equal(positionInValue(value, text.indexOf("comment")), undefined);
  assert.equal(text.slice(value.span.start, value.span.end), "é😀 \\\n# comment\n  b\\\n c");
});

/** A generator of numbers below `below`, the same in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

test("the nodes cover any text, one behind the other, and each unit of a value is where it is written", () => {
  const units = [
    "K",
    "=",
    "[",
    "]",
    "\\",
    "\\\n",
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "#",
    ";",
    "\0",
    "\ufeff",
    "é",
    "\ud83d",
    "x",
  ];
  const random = randomNumbers(11);
  for (let round = 0; round < 5000; round++) {
    const text = Array.from({ length: random(40) }, () => units[random(units.length)]).join("");
    const { nodes } = parseUnitSyntax(text);
    assert.equal(nodes.map(({ span }) => text.slice(span.start, span.end)).join(""), text);
    for (const node of nodes) holdNode(text, node);
  }
});

function holdNode(text: string, node: UnitNode): void {
  assert.ok(node.span.end > node.span.start);
  if (node.kind !== "assignment") return;
  const { key, value, equals } = node;
  assert.equal(text.charAt(equals), "=");
  assert.ok(key.start >= node.span.start && key.end <= equals + 1 && value.span.end <= node.span.end);
  for (let at = 0; at < value.text.length; at++) {
    const { start, end } = spanInValue(value, at, at + 1);
    assert.equal(end, start + 1);
    assert.ok(start >= value.span.start && end <= value.span.end);
    // A backslash at the end of a line is a blank of the value.
    const written = text.charAt(start);
    assert.ok(written === value.text.charAt(at) || (written === "\\" && value.text.charAt(at) === " "));
    assert.equal(positionInValue(value, start), at);
  }
}

for (const [what, text] of [
  ["a line of a million signs", `K=${"x".repeat(1 << 20)}\n`],
  ["a million NULs", "\0".repeat(1 << 20)],
  ["a hundred thousand sections", "[Unit]\nA=b\n".repeat(100_000)],
  ["a value of a hundred thousand joined lines", `K=${"a \\\n".repeat(100_000)}`],
  ["backslashes without end", "\\".repeat(1 << 20)],
  ["comments within a joined line without end", `K=a\\\n${"#\n".repeat(300_000)}`],
] as const) {
  test(`${what}: parsed in linear time, with nothing lost`, () => {
    const { nodes } = parseUnitSyntax(text);
    assert.equal(nodes.at(-1)?.span.end, text.length);
  });
}
