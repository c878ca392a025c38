// Formatting changes how a unit file looks, and never what systemd reads of it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseUnitFile } from "../../model/unit-file.ts";
import { parseUnitSyntax } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { type Edit, formatUnit, formatUnitRange } from "./format.ts";
import { linesIn } from "./lines.ts";

function apply(text: string, edits: readonly Edit[]): string {
  let last = text.length;
  return edits.toReversed().reduce((shown, { span, text: wanted }) => {
    assert.ok(span.start <= span.end && span.end <= last, `edits overlap in ${JSON.stringify(text)}`);
    last = span.start;
    return shown.slice(0, span.start) + wanted + shown.slice(span.end);
  }, text);
}

function format(text: string): string {
  return apply(text, formatUnit(parseUnitFile(text)));
}

/** What systemd reads of a text, and its comments. */
function meaning(text: string): unknown[] {
  return parseUnitSyntax(text).nodes.flatMap((node): unknown[] => {
    if (node.kind === "blank") return [];
    if (node.kind === "header") return [["header", node.name, node.valid]];
    if (node.kind === "assignment") {
      return [["assignment", node.name, node.value.text], ...commentsBetween(text, node.span)];
    }
    return [[node.kind, text.slice(node.span.start, node.span.end).replace(/(?:\r\n|\n)$/, "")]];
  });
}

function commentsBetween(text: string, span: Span): unknown[] {
  return [...linesIn(text, span)]
    .filter(({ comment }) => comment)
    .map(({ start, contentEnd }) => ["comment", text.slice(start, contentEnd)]);
}

for (const [what, before, after] of [
  ["blanks around the equals sign go", "[Unit]\nA = b\nC\t=  d  e\n", "[Unit]\nA=b\nC=d  e\n"],
  ["blanks at the ends of lines go", "[Unit] \n A=b\t \n  \nC=\t\n", "[Unit]\nA=b\n\nC=\n"],
  ["sections have one blank line between", "[A]\nB=c\n[D]\nE=f\n\n\n\n[G]\n", "[A]\nB=c\n\n[D]\nE=f\n\n[G]\n"],
  ["comments stay with their header", "[A]\nB=c\n# d\n# e\n[F]\n", "[A]\nB=c\n\n# d\n# e\n[F]\n"],
  ["a comment of its own stays by itself", "# a\n\n\n[B]\nC=d\n# e\n\n[F]\n", "# a\n\n[B]\nC=d\n# e\n\n[F]\n"],
  ["nothing is put before the first header", "# a\n[B]\n", "# a\n[B]\n"],
  ["the file ends in one newline", "[A]\nB=c", "[A]\nB=c\n"],
  ["blank lines at the end go", "[A]\nB=c\n \n\n\t", "[A]\nB=c\n"],
  ["blank lines within a section stay", "[A]\nB=c\n\n\nD=e\n", "[A]\nB=c\n\n\nD=e\n"],
  ["line ends stay as they are in the file", "[A]\r\nB = c\r\n[D]\r\nE=f", "[A]\r\nB=c\r\n\r\n[D]\r\nE=f\r\n"],
] as const) {
  test(what, () => assert.equal(format(before), after));
}

for (const [what, text] of [
  ["continued lines", "[A]\n  B = c \\\n   --opt = d  \\\n\t e\n"],
  ["comments between the parts of a value", "[A]\nB=c \\\n# d \n  ; e\n  f\n"],
  ["a blank line that ends a continued value", "[A]\nB=c \\\n  \n\nD=e\n"],
  ["a blank line that ends a continued value before a header", "[A]\nB=c \\\n\n[D]\n"],
  ["a backslash at the end of the file", "[A]\nB=c \\"],
  ["the last part of a continued value", "[A]\nB=c \\\n   "],
  ["blanks behind a backslash", "[A]\nB=c \\ \nD=e\\\t\n"],
  ["comments", "  # a \n;b\t\n"],
  ["quotes in values", '[A]\nB="c  =  d"  e\n'],
  ["lines that say nothing", "[A]\n  what is this \n"],
  ["what other tools write", "[A]\n{% if b == c %}\nD={{ e }}\n{% endif %}\n"],
  ["the line with a byte order mark", "\ufeff [A] \n"],
  ["an empty file", ""],
] as const) {
  test(`left alone: ${what}`, () => assert.equal(format(text), /[\n\\]$|^$/.test(text) ? text : `${text}\n`));
}

test("the line of a NUL or of a CR by itself is left alone", () => {
  assert.equal(format("[A]\nB = c\0 D = e \nF = g\n"), "[A]\nB = c\0 D = e \nF=g\n");
  assert.equal(format("[A]\nB = c\r D = e \nF = g\n"), "[A]\nB = c\r D = e \nF=g\n");
});

function assertSameMeaning(text: string, name = JSON.stringify(text)): void {
  const formatted = format(text);
  assert.deepEqual(meaning(formatted), meaning(text), name);
  assert.equal(format(formatted), formatted, `${name} is not done at once`);
}

test("systemd reads the same of every formatted text, and formatting again changes nothing", () => {
  const alphabet = ["[A]", "[Unit]", "[", "]", "a", "B", "=", " ", "  ", "\t", "\n", "\n", "\r\n", "\r", "\0", "\\"];
  alphabet.push("\\\n", "\\ \n", "#", ";", "# c", '"', "'", "\ufeff", "ä", "𝄞", "\u00a0", "\n\n", "{{", "@A@", "\x7f");
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let round = 0; round < 5000; round++) {
    const text = Array.from({ length: random(25) }, () => alphabet[random(alphabet.length)]).join("");
    assertSameMeaning(text);
    assertRangeOnly(text, { start: random(text.length + 1), end: text.length });
    assertRangeOnly(text, { start: 0, end: random(text.length + 1) });
  }
});

/** Checks that formatting a stretch leaves what is around it, and what it means. */
function assertRangeOnly(text: string, range: Span): void {
  const formatted = apply(text, formatUnitRange(parseUnitFile(text), range));
  const name = `${JSON.stringify(text)} in ${range.start}–${range.end}`;
  assert.ok(formatted.startsWith(text.slice(0, range.start)), name);
  assert.ok(formatted.endsWith(text.slice(range.end)), name);
  assert.deepEqual(meaning(formatted), meaning(text), name);
}

test("formatting a stretch changes nothing outside of it", () => {
  const text = "[A]\nB = c\nD = e\nF = g\n";
  const edits = formatUnitRange(parseUnitFile(text), { start: 10, end: 16 });
  assert.equal(apply(text, edits), "[A]\nB = c\nD=e\nF = g\n");
});

test("a stretch ends where it says: a change that goes one unit further stays out", () => {
  const file = parseUnitFile("[A]\nB = c\nD = e\n");
  const within = (start: number, end: number) => formatUnitRange(file, { start, end }).map(({ span }) => span.start);
  assert.deepEqual(within(5, 8), [5, 7]);
  assert.deepEqual(within(5, 7), [5]);
  assert.deepEqual(within(6, 8), [7]);
  assert.deepEqual(within(0, 17), [5, 7, 11, 13]);
});

test("systemd reads the same of every formatted unit of this machine", (t) => {
  const folders = ["/usr/lib/systemd/system", "/usr/lib/systemd/user", "/lib/systemd/system"];
  let count = 0;
  for (const folder of folders) {
    for (const path of filesBelow(folder)) {
      assertSameMeaning(readFileSync(path, "utf8"), path);
      count += 1;
    }
  }
  if (count === 0) t.skip("no units are installed here");
});

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  } catch {
    return []; // not every machine has the folder
  }
}
