// Holds the order of versions to `systemd-analyze compare-versions`: thousands of pairs made to be close to each other.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { type TestContext, test } from "node:test";
import { compareVersions } from "../../server/src/core/index.ts";
import { campaign } from "../support/campaign.ts";
import { randomNumbers } from "../support/random-numbers.ts";
import { debian13, requireRoot, requireTool } from "../support/tools.ts";

type Pair = readonly [a: string, b: string];

const count = campaign(400, 2000);

/** What a version is made of; only the last line holds signs that no version may have, which just separate. */
const parts = [
  ...["0", "00", "1", "01", "001", "2", "9", "10", "12", "122", "123", "20260101", "18446744073709551616"],
  ...["a", "A", "b", "ab", "aB", "abc", "rc", "RC", "rc1", "beta", "fc39", "x86", "z", "Z"],
  ...["~", "~~", "-", "--", "^", "^^", ".", "..", "~-", "-~", "~^", "^.", ".-", ".~", "-^~."],
  ...["_", "+", "__", "+_", ",", "_~", "+.", "-_", ".+", "^_"],
  ...[" ", ":", "/", "@", "é", "٣", "a b", "=", "<"],
];

/** Different pairs of versions that are not the same text; most of them share their beginning, and differ in a part or two. */
function randomPairs(): Pair[] {
  const random = randomNumbers(11);
  const pick = <Choice>(choices: readonly Choice[]) => choices[random(choices.length)] as Choice;
  const some = (most: number) => Array.from({ length: random(most + 1) }, () => pick(parts));
  const changes: readonly ((version: readonly string[]) => readonly string[])[] = [
    (version) => [...version, ...some(2)],
    (version) => version.slice(0, random(version.length + 1)),
    (version) => version.map((part) => (random(4) === 0 ? pick(parts) : part)),
    (version) => version.filter(() => random(4) > 0),
    (version) => version.flatMap((part) => (random(3) === 0 ? [pick(parts), part] : [part])),
    (version) => version.map((part) => part.replace(/^(?=\d)/, "0".repeat(random(3)))),
    (version) => version.map((part) => (random(2) === 0 ? part.toUpperCase() : part.toLowerCase())),
    (version) => version.map((part) => part.replace(/[_+, ]/g, () => pick(["", "_", "+", "~", "."]))),
    () => some(6),
  ];
  const pairs = new Map<string, Pair>();
  while (pairs.size < count) {
    const version = some(6);
    const [a, b] = [version.join(""), pick(changes)(version).join("")];
    if (a !== b) pairs.set(`${a}\n${b}`, random(2) === 0 ? [a, b] : [b, a]);
  }
  return [...pairs.values()];
}

/** The signs of statuses of `systemd-analyze compare-versions`. */
const signs: Readonly<Record<string, string>> = { "0": "=", "11": ">", "12": "<" };

/** What systemd says of each pair; the words before `compare-versions` start its program. */
async function askSystemd(pairs: readonly Pair[], ...program: readonly string[]): Promise<(string | undefined)[]> {
  const size = Math.ceil(pairs.length / 4);
  const runs = [0, 1, 2, 3].map((run) => compareInShell(pairs.slice(run * size, (run + 1) * size), program));
  return (await Promise.all(runs)).flat().map((status) => signs[status]);
}

/** The statuses of a shell's runs of the program, one for each pair. */
function compareInShell(pairs: readonly Pair[], program: readonly string[]): Promise<string[]> {
  const loop = `while [ $# -gt 0 ]; do ${program.join(" ")} compare-versions -- "$1" "$2" >/dev/null; echo $?; shift 2; done`;
  return new Promise((resolve, reject) => {
    execFile("sh", ["-c", loop, "sh", ...pairs.flat()], { encoding: "utf8" }, (error, stdout) => {
      if (error !== null) reject(error);
      else resolve(stdout.trimEnd().split("\n"));
    });
  });
}

async function compareWith(t: TestContext, ...program: readonly string[]): Promise<void> {
  const pairs = randomPairs();
  const theirs = await askSystemd(pairs, ...program);
  const counts: Record<string, number> = {};
  const differing = pairs.flatMap(([a, b], index) => {
    const order = compareVersions(a, b);
    const ours = order < 0 ? "<" : order > 0 ? ">" : "=";
    counts[ours] = (counts[ours] ?? 0) + 1;
    return ours === theirs[index] ? [] : [`"${a}" ${ours} "${b}", systemd says ${theirs[index]}`];
  });
  assert.deepEqual(differing, []);
  assert.equal(theirs.length, count);
  t.diagnostic(JSON.stringify(counts));
  for (const sign of ["<", "=", ">"]) assert.ok((counts[sign] ?? 0) > count / 20, `too few pairs are ${sign}`);
}

// No character is left out. The order is the same in all versions from 252 on; what changed is which characters a
// version may have (`,` up to 261, `~` and `^` since), and that is the business of match patterns.
test("random pairs are in the order of this machine's systemd", async (t) => {
  if (!requireTool(t, "systemd-analyze")) return;
  await compareWith(t, "systemd-analyze");
});

test("random pairs are in the order of Debian 13's systemd", async (t) => {
  if (!requireTool(t, "systemd-sysupdate") || !requireRoot(t)) return;
  await compareWith(t, "chroot", debian13, "systemd-analyze");
});
