// Holds match patterns to a real systemd-sysupdate 257: which names it takes for versions, pair by pair and text by text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePattern } from "../../server/src/core/values/parse-pattern.ts";
import { wildcards } from "../../server/src/core/values/wildcards.ts";
import { type PatternPair, patternPairs, specifierText, wildcardTexts } from "../support/pattern-pairs.ts";
import { canUpdate, type MachineFiles, updateMachine } from "../support/sysupdate.ts";

const osRelease = `ID=debian\nIMAGE_ID=${specifierText}\n`;
/** Nothing is installed, so that only what the source has is listed. */
const target = "[Target]\nType=regular-file\nPath=/var/lib/store\nMatchPattern=unmatched_@v\n";

/** A machine with a source that has these files, and a transfer with these patterns. */
function machineFiles(patterns: readonly string[], names: readonly string[]): MachineFiles {
  return {
    "etc/os-release": osRelease,
    "etc/sysupdate.d/a.transfer": `[Source]\nType=regular-file\nPath=/srv/names\nMatchPattern=${patterns.join(" ")}\n${target}`,
    "var/lib/store": { folder: true },
    "srv/names": { folder: true },
    ...Object.fromEntries(names.map((name) => [`srv/names/${name}`, "x"])),
  };
}

const versionsOf = (pairs: readonly PatternPair[]) => pairs.map(({ fields: { v = "" } }) => v).sort();
const usable = patternPairs.filter(({ crashes }) => !crashes);
const beside = usable.filter(({ left }) => left !== "begin");

test("names that patterns with every pair of parts match are versions", async (t) => {
  if (!canUpdate(t)) return;
  assert.ok(beside.length > 80);
  const files = machineFiles(
    beside.map(({ pattern }) => pattern),
    beside.map(({ name }) => name),
  );
  const { all } = await updateMachine(t, files).list();
  assert.deepEqual([...all].sort(), versionsOf(beside));
});

test("names in which one of the parts is another are none", async (t) => {
  if (!canUpdate(t)) return;
  const patterns = beside.map(({ pattern }) => pattern);
  const misses = beside.flatMap((pair) => pair.misses).filter((name) => !name.includes("//"));
  assert.deepEqual([...(await updateMachine(t, machineFiles(patterns, misses)).list()).all], []);
});

test("up to systemd 260 a name may go on where the pattern ends", async (t) => {
  if (!canUpdate(t)) return;
  const open = beside.filter(({ tails }) => tails.length > 0);
  const files = machineFiles(
    open.map(({ pattern }) => pattern),
    open.flatMap(({ tails }) => tails),
  );
  assert.deepEqual([...(await updateMachine(t, files).list()).all].sort(), versionsOf(open));
});

test("a pattern may begin with anything but a slash", async (t) => {
  if (!canUpdate(t)) return;
  for (const pair of usable.filter(({ left }) => left === "begin")) {
    const names = [pair.name, ...pair.misses.filter((name) => !/^\.?$/.test(name))];
    const { all } = await updateMachine(t, machineFiles([pair.pattern], names)).list();
    assert.deepEqual([...all], versionsOf([pair]), pair.pattern);
  }
});

for (const { letter } of wildcards) {
  test(`@${letter} takes the texts of the table`, async (t) => {
    if (!canUpdate(t)) return;
    const { takes, refuses } = wildcardTexts[letter];
    const texts = [...takes, ...refuses];
    // Of the version the text itself is seen; of others the version beside it, by which the texts are told apart.
    const isVersion = letter === "v";
    const names = texts.map((text, at) => (isVersion ? `a=${text}=b` : `a=${at + 1}=${text}=b`));
    const pattern = isVersion ? "a=@v=b" : `a=@v=@${letter}=b`;
    const { all } = await updateMachine(t, machineFiles([pattern], names)).list();
    const taken = takes.map((text, at) => (isVersion ? text : `${at + 1}`));
    // Versions that systemd takes for the same are listed once.
    if (isVersion)
      assert.deepEqual(
        all.filter((version) => !taken.includes(version)),
        [],
      );
    else assert.deepEqual([...all].sort(), taken.sort());
  });
}

test("systemd 257 crashes where a slash follows a wildcard", async (t) => {
  if (!canUpdate(t)) return;
  const pair = patternPairs.find(({ left, right }) => left === "@v" && right === "slash");
  assert.ok(pair?.crashes);
  const { status, log } = await updateMachine(t, machineFiles([pair.pattern], [pair.name])).run("list");
  assert.notEqual(status, 0);
  assert.match(log, /Assertion|core dumped|Aborting/);
});

/** Patterns that we call faulty, and whether 257 runs with them all the same. */
const faulty: readonly (readonly [string, boolean])[] = [
  ["demo.raw", false],
  ["a@v@v", false],
  ["a@v-@v", false],
  ["a@x@v", false],
  ["@v@", false],
  ["@v@u", false],
  ["@@v", false],
  ["@v$", false],
  ["@v*", false],
  ["@v?", false],
  ["@v[", false],
  ["@v]", false],
  ["@v!", false],
  ["@v|", false],
  ["@v\\\\", false],
  ["**/a@v", false],
  ["/a@v", true],
  ["a@v/", false],
  ["a//@v", true],
  ["./@v", true],
  ["a/../@v", true],
  ["ä@v", true],
];
const fine = ["a@@@v", "a%%@v", '@v"x"', "@v'x'", "@v#", "@v;x", "@v=x:y,z{}()<>~^&`", "a\\x20b@v", "@v.raw", "@v%"];

test("faulty patterns keep systemd from running, but for those that only match nothing", async (t) => {
  if (!canUpdate(t)) return;
  for (const [pattern, runs] of faulty) {
    const text = pattern === "@v\\\\" ? "@v\\" : pattern;
    const { faults } = parsePattern(text, { specifiers: true });
    if (!text.startsWith("**/")) assert.notDeepEqual(faults, [], pattern);
    const names = ["1", "sub/1", "a1"];
    const { status } = await updateMachine(t, machineFiles([pattern], names)).run("list");
    assert.equal(status === 0, runs, pattern);
  }
});

test("patterns with odd characters are fine", async (t) => {
  if (!canUpdate(t)) return;
  for (const pattern of fine) {
    const text = pattern.replace("\\x20", " ");
    assert.deepEqual(parsePattern(text, { specifiers: true }).faults, [], pattern);
    const name = text.replace("@@", "\0").replace("@v", "7").replace("\0", "@").replace("%%", "%");
    const { all } = await updateMachine(t, machineFiles([pattern], [name])).list();
    assert.deepEqual([...all], ["7"], pattern);
  }
});
