// Holds our reading of release files against systemd's: an extension matches only a host whose ID is what we read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAssignments } from "../../server/src/core/syntax/assignments.ts";
import { canMerge, mergeOn, type TreeFiles } from "./real-merge.ts";

function extension(name: string, release: string): TreeFiles {
  return { [`usr/lib/extension-release.d/extension-release.${name}`]: release };
}

/** The ID that we read; the last one counts. */
function idOf(release: string): string | undefined {
  const ids = parseAssignments(release).nodes.flatMap((node) =>
    node.kind === "assignment" && node.name === "ID" ? [node.text] : [],
  );
  return ids.at(-1);
}

/** Texts behind `ID=` that put every rule of quoting, joining and comments to the test. */
const written = [
  ...["plain", '"double"', "'single'", '"a"b', '"a"  b', "\"a\"x'b'", 'a"b"', "a\\ ", "a\\b", "a  \\\nb", "a\\\n  b"],
  ...["\\\nb", '"a\\\nb"', '"a\nb"', '"\\"\\\\\\$\\`\\n"', "'a\\b'", "a # b", '"a" # b', "a=b", "$HOME", "a\\", "é"],
  ...["a\\\r\nNAME=b", "a\r\nNAME=b", '"a\\\r\nb"', "a ; b", " a", "\ta\t", '"a\n', "'a", "a\n#ID=b", "a\n ;ID=b \\"],
  ...["a\nID", "a\n=ID=b", "a\nID =b", "a\nexport ID=b", "a\n\ufeffID=b", '"a""b"', "\"a\" 'b' c 'd'", '"a\\'],
];

test("systemd reads what we read from every form of value", (t) => {
  if (!canMerge(t)) return;
  const byId = Map.groupBy(written, (value) => idOf(`ID=${value}\n`));
  for (const [id = "", values] of byId) {
    const extensions = Object.fromEntries(
      values.map((value, index) => [`e${index}`, extension(`e${index}`, `ID=${value}\n`)]),
    );
    const { merged, log } = mergeOn(t, `ID="${id.replaceAll(/["\\$`]/g, "\\$&")}"\n`, extensions);
    assert.deepEqual(
      merged,
      Object.keys(extensions).sort(),
      `${JSON.stringify(values)} as ${JSON.stringify(id)}\n${log}`,
    );
  }
});

test("systemd merges none of them on a host with another ID", (t) => {
  if (!canMerge(t)) return;
  const extensions = Object.fromEntries(
    written.map((value, index) => [`e${index}`, extension(`e${index}`, `ID=${value}\n`)]),
  );
  assert.deepEqual(mergeOn(t, "ID=another\n", extensions).merged, []);
});

for (const [what, release] of Object.entries({
  "a NUL character": "ID=_any\nNAME=a\0b\n",
  "a byte order mark before the ID": "\ufeffID=_any\n",
  "no assignment": "# nothing\n",
  "an ID that is set again to nothing": "ID=_any\nID=\n",
})) {
  test(`systemd ignores an extension whose release file has ${what}`, (t) => {
    if (!canMerge(t)) return;
    const { merged, log } = mergeOn(t, "ID=host\n", {
      odd: extension("odd", release),
      good: extension("good", "ID=_any\n"),
    });
    assert.deepEqual(merged, ["good"], log);
  });
}

/** Values of the characters that mean something, the same on every run. */
function* randomValues(count: number): Generator<string> {
  const alphabet = ["a", "b", '"', '"', "'", "\\", "\\", " ", "\t", "\n", "\r", "#", ";", "$", "`", "=", "ID="];
  let seed = 7;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let i = 0; i < count; i++) {
    yield Array.from({ length: 1 + next(14) }, () => alphabet[next(alphabet.length)] ?? "").join("");
  }
}

test("systemd reads what we read from random values at the file's end", (t) => {
  if (!canMerge(t)) return;
  for (const value of ["a\\", '"a\\', "'a\\", ...randomValues(150)]) {
    const id = idOf(`ID=${value}`) ?? "";
    if (id === "") continue; // an extension without an ID matches nowhere
    const { merged, log } = mergeOn(t, `ID="${id.replaceAll(/["\\$`]/g, "\\$&")}"\n`, {
      random: extension("random", `ID=${value}`),
    });
    assert.deepEqual(merged, ["random"], `${JSON.stringify(value)} as ${JSON.stringify(id)}\n${log}`);
  }
});
