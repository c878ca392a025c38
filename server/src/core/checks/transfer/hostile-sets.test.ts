// Holds the cost of checking transfers to their length and number, whatever stands in them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setOfFiles, type TreeUpdateFile } from "../../model/read-update-set.ts";
import { parseUnitFile } from "../../model/unit-file.ts";
import { updateContext } from "../../model/update-context.ts";
import { locateUpdate } from "../../model/update-location.ts";
import { checkTreeUpdates, checkUpdate } from "./check-updates.ts";
import { feature, source, target, transfer } from "./example-texts.ts";

const length = 2 ** 18;
const many = (unit: string): string => unit.repeat(length / unit.length);

const texts: Readonly<Record<string, string>> = {
  "blanks in a pattern": transfer({ MatchPattern: `a${many(" ")}b` }),
  "blanks in a path": transfer({ Path: `/a${many(" ")}b` }),
  "signs of comments": transfer({ Path: `/a${many(" #")}b` }),
  "wildcards in a pattern": transfer({}, { MatchPattern: many("@v-@s-") }),
  "patterns of a target": transfer({}, { MatchPattern: many("d_@v e_@s") }),
  "patterns of both sides": transfer({ MatchPattern: many("d_@v e_@v ") }, { MatchPattern: many("f_@v g_@v ") }),
  "lines that go on with nothing": `${source()}${many("  x\n")}${target()}`,
  "backslashes before blanks": transfer({ Path: many("\\ ") }),
  "settings that nobody knows": `${source()}${many("InstancesMaxx=2\n")}${target()}`,
  "sections that nobody knows": `${transfer()}${many("[Sourcee]\n")}`,
  "names of features": `[Transfer]\nFeatures=${many("aa bb cc ")}\n${transfer()}`,
  "assignments of one setting": transfer(
    {},
    { InstancesMax: many("2\nInstancesMax=").replace(/\nInstancesMax=$/, "") },
  ),
  "slashes in an address": transfer({ Type: "url-file", Path: `https://github.com/a/b/releases${many("/")}x` }),
  "slashes in a symlink": transfer({}, { Path: "/var/lib/extensions.d", CurrentSymlink: `/var${many("/")}x` }),
};

/** Quadratic work on this much text takes minutes. */
const maxMilliseconds = 20_000;

function assertQuick(work: () => void): void {
  const start = performance.now();
  work();
  const milliseconds = performance.now() - start;
  assert.ok(milliseconds < maxMilliseconds, `${milliseconds} ms`);
}

for (const [what, text] of Object.entries(texts)) {
  test(`a quarter of a mebibyte of ${what} is checked at once`, () => {
    const path = "usr/lib/sysupdate.demo.d/a.transfer";
    const location = locateUpdate(path);
    assertQuick(() => checkUpdate(parseUnitFile(text, { type: "transfer" }), path, updateContext(location)));
  });
}

function fileOf(path: string, text: string): TreeUpdateFile {
  const location = locateUpdate(path);
  assert.ok(location);
  return { path, location, file: parseUnitFile(text, { type: location.kind }) };
}

test("a set of two thousand definitions is checked at once", () => {
  const files = Array.from({ length: 1000 }, (_, at) => [
    fileOf(
      `usr/lib/sysupdate.demo.d/${at}.transfer`,
      `[Transfer]\nFeatures=f${at}\n\n${transfer({ MatchPattern: `d${at}_@v` }, { MatchPattern: "" })}`,
    ),
    fileOf(`usr/lib/sysupdate.demo.d/f${at}.feature`, feature({ Description: "x" })),
  ]).flat();
  assertQuick(() => {
    const found = checkTreeUpdates({ files, sets: [setOfFiles(files, "demo")] });
    assert.deepEqual(found, []);
  });
});
