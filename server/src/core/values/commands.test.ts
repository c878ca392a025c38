import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

const setting = "Service.ExecStart";

function severityOf(text: string, systemd?: number): string | undefined {
  return readSetting(setting, text, systemd).faults[0]?.severity;
}

test("calls what makes systemd refuse the unit an error", () => {
  for (const text of ["bin/a", "/bin/a/", "@/bin/a", "++/bin/a", '/bin/a "b'])
    assert.equal(severityOf(text), "error", text);
});

test("calls what only makes systemd pass over the command a warning", () => {
  for (const text of ["-bin/a", "-/bin/a/", "-@/bin/a", "-++/bin/a", '-/bin/a "b', '"/bin/a', "/bin/a \\d"]) {
    assert.equal(severityOf(text), "warning", text);
  }
});

test("repairs what is clearly meant", () => {
  for (const [wrong, right] of [
    ["usr/bin/a b", "/usr/bin/a b"],
    ["- /bin/a b", "-/bin/a b"],
    ["--/bin/a", "-/bin/a"],
    ["+!/bin/a", "+/bin/a"],
    ["!!/bin/a", "/bin/a"],
    ["@/bin/a", "/bin/a"],
    ["/bin/a \\d \\$B", "/bin/a \\\\d $$B"],
    ["/bin/a b; /bin/c", "/bin/a b ; /bin/c"],
    ["/bin/a --b=$C", `/bin/a --b=\${C}`],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("keeps the two exclamation marks where older versions count on them", () => {
  assert.deepEqual(readSetting(setting, "!!/bin/a", 257).faults, []);
});

test("colours the parts of a command", () => {
  assert.deepEqual(piecesIn(setting, `-/bin/a $B "\\n\${C}" %i ; +/bin/d`), [
    "operator -",
    "path /bin/a",
    "variable $B",
    "escape \\n",
    `variable \${C}`,
    "specifier %i",
    "operator ;",
    "operator +",
    "path /bin/d",
  ]);
});

test("says what a variable is", () => {
  const meanings = readSetting("Service.ExecReload", "/bin/kill $MAINPID").pieces.map(({ meaning }) =>
    typeof meaning === "function" ? meaning() : meaning,
  );
  assert.match(meanings.join(), /main process/);
});

test("offers programs, and the signs that may still come before them", () => {
  const first = offerAt(setting, "‸");
  assert.equal(first?.around, "executables");
  assert.deepEqual(textsOf(first), ["@", "-", ":", "+", "!", "|"]);
  assert.deepEqual(textsOf(offerAt(setting, "-+‸")), ["@", ":", "|"]);
  assert.ok(textsOf(offerAt(setting, "‸", 252)).includes("!!"));
  const path = offerAt(setting, "-/usr/bi‸ x");
  assert.deepEqual([path?.replaced, path?.around, path?.choices.length], ["/usr/bi", "executables", 0]);
  assert.equal(offerAt(setting, "/bin/a ; ‸")?.around, "executables");
  assert.equal(offerAt(setting, "/bin/a x ; /usr/bi‸")?.replaced, "/usr/bi");
  assert.equal(offerAt(setting, "/bin/a x ; /usr/bi‸")?.around, "executables");
});

test("offers paths and variables in arguments", () => {
  assert.deepEqual(offerAt(setting, "/bin/a --file=/et‸")?.replaced, "/et");
  assert.equal(offerAt(setting, "/bin/a --file=/et‸")?.around, "paths");
  assert.ok(textsOf(offerAt(setting, "/bin/a $MA‸")).includes("$MAINPID"));
  const braced = offerAt(setting, `/bin/a x\${MA‸}`);
  assert.equal(braced?.replaced, `\${MA}`);
  assert.ok(textsOf(braced).includes(`\${MAINPID}`));
  assert.equal(offerAt(setting, "/bin/a -v‸"), undefined);
});

test("all prefixes before a space are joined to the path", () => {
  assert.equal(repair(setting, "-@ /bin/a x"), "-@/bin/a x");
  assert.equal(repair(setting, "-: /bin/a"), "-:/bin/a");
});
