// Colours, hints and signature help of unit files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unitCaret, unitText } from "../../../../../test/support/unit-caret.ts";
import { hintsInUnit } from "./inlay-hints.ts";
import { tokensOfUnit } from "./semantic-tokens.ts";
import { signatureInUnit } from "./signature.ts";

function coloured(text: string): string[] {
  return tokensOfUnit(unitText(text).file).map(
    ({ start, end, type, deprecated }) => `${type}${deprecated ? " (old)" : ""} ${text.slice(start, end)}`,
  );
}

test("names and the parts of values have colours", () => {
  assert.deepEqual(coloured("[Service]\nType=exec\nExecStart=-/bin/a%i $HOME\nUnknown=1\n"), [
    "class Service",
    "property Type",
    "keyword exec",
    "property ExecStart",
    "operator -",
    "string /bin/a",
    "macro %i",
    "variable $HOME",
  ]);
  assert.deepEqual(coloured("[Service]\nReadOnlyDirectories=/usr\n").slice(1, 2), [
    "property (old) ReadOnlyDirectories",
  ]);
});

test("a continued value has its colours line by line, with the comments between", () => {
  assert.deepEqual(coloured("[Unit]\nAfter=a.service \\\n  # why\n\tb.service\\\n\n"), [
    "class Unit",
    "property After",
    "type a.service",
    "comment   # why",
    "type b.service",
  ]);
  assert.deepEqual(coloured("[Service]\nEnvironment=\\\n A\\\n"), ["class Service", "property Environment"]);
});

test("only the lines that are asked for have colours", () => {
  const text = "[Unit]\nAfter=a.service\nBefore=b.service\n";
  const tokens = tokensOfUnit(unitText(text).file, { start: 8, end: 10 });
  assert.deepEqual(
    tokens.map(({ start, end }) => text.slice(start, end)),
    ["After", "a.service"],
  );
});

test("tokens are in order, on one line, and none overlaps another, whatever the text is", () => {
  const parts = ["[Unit]", "[Service]", "After=", "ExecStart=", "Environment=", "a.service", " ", "\\\n", "\n", "# c"];
  parts.push("%i", "$A", '"', "'", "-", "/bin/x", "\r", "\0", "\t", "ä", "\ufeff", "RestartSec=", "5min", "\\x20");
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: random(30) }, () => parts[random(parts.length)]).join("");
    let last = 0;
    for (const { start, end } of tokensOfUnit(unitText(text).file)) {
      assert.ok(start >= last && end > start && end <= text.length, JSON.stringify(text));
      assert.doesNotMatch(text.slice(start, end), /[\r\n\0]/, JSON.stringify(text));
      last = end;
    }
  }
});

/** The text with its hints where an editor shows them. */
function hinted(text: string, name?: string): string {
  const { file, context } = unitText(text, name);
  const hints = hintsInUnit(file, { start: 0, end: text.length }, context);
  return hints.reduceRight(
    (shown, { offset, label }) => `${shown.slice(0, offset)}‹${label}›${shown.slice(offset)}`,
    text,
  );
}

for (const [value, shown] of [
  ["RestartSec=90", "RestartSec=90‹1min 30s›"],
  ["RestartSec=30", "RestartSec=30"],
  ["RestartSec=5 minutes", "RestartSec=5 minutes"],
  ["RestartSec=1h 30min", "RestartSec=1h 30min"],
  ["RestartSec=36h", "RestartSec=36h‹1d 12h›"],
  ["RestartSec=infinity", "RestartSec=infinity"],
  ["RestartSec=x", "RestartSec=x"],
  ["TimeoutStopSec=0", "TimeoutStopSec=0‹no limit›"],
  ["MemoryMax=1G", "MemoryMax=1G"],
  ["MemoryMax=1073741824", "MemoryMax=1073741824‹1 GiB›"],
  ["MemoryMax=50%", "MemoryMax=50%"],
  ["MemoryMax=infinity", "MemoryMax=infinity"],
  ["ExecStart=/bin/a %i %% %H %t/x", "ExecStart=/bin/a %i‹b-c› %% %H %t‹/run›/x"],
  ["ExecStart=/bin/a \\\n  %I \\\n  x", "ExecStart=/bin/a \\\n  %I‹b/c› \\\n  x"],
] as const) {
  test(`hints of ${JSON.stringify(value)}`, () => {
    assert.equal(hinted(`[Service]\n${value}\n`, "a@b-c.service"), `[Service]\n${shown}\n`);
  });
}

function part(marked: string): string | undefined {
  const { file, offset } = unitCaret(marked);
  const signature = signatureInUnit(file, offset);
  const active = signature?.parameters[signature.active];
  return active && signature.label.slice(active.span.start, active.span.end);
}

test("signature help tells which part of a command the caret is in", () => {
  assert.equal(part("[Service]\nExecStart=$0"), "[@-:+!|]");
  assert.equal(part("[Service]\nExecStart=-$0/bin/a x\n"), "PATH");
  assert.equal(part("[Service]\nExecStart=/bin/a $0\n"), "[ARGUMENT…]");
  assert.equal(part('[Service]\nExecStart=/bin/a \\\n  "b $0c"\n'), "[ARGUMENT…]");
  assert.equal(part("[Service]\nExecStart=@/bin/a $0\n"), "CALLED-AS");
  assert.equal(part("[Service]\nExecStart=@/bin/a b c$0\n"), "[ARGUMENT…]");
  assert.equal(part("[Service]\nExecStart=/bin/a ; $0\n"), "[@-:+!|]");
  assert.equal(part("[Service]\nExecStart=/bin/a ; /bi$0n/b\n"), "PATH");
});

test("signature help explains the signs before a command, and is there for commands only", () => {
  const { file, offset } = unitCaret("[Service]\nExecStart=$0");
  const signature = signatureInUnit(file, offset);
  assert.equal(signature?.label, "ExecStart=[@-:+!|]PATH [ARGUMENT…] [; COMMAND…]");
  assert.match(signature?.parameters[0]?.documentation ?? "", /`-`: .*failure[\s\S]*`\|`: .*since systemd 258/);
  assert.equal(part("[Service]\nType=$0"), undefined);
  assert.equal(part("[Service]\n# ExecStart=$0"), undefined);
  assert.equal(part("[Service]\nExec$0Start=/bin/a"), undefined);
});
