// Holds the cost of checking transfers to their length and number, whatever stands in them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { repeated } from "../../../../../test/support/long-texts.ts";
import { setOfFiles, type TreeUpdateFile } from "../../model/read-update-set.ts";
import { parseUnitFile } from "../../model/unit-file.ts";
import { updateContext } from "../../model/update-context.ts";
import { locateUpdate } from "../../model/update-location.ts";
import { checkTreeUpdates, checkUpdate } from "./check-updates.ts";
import { feature, source, target, transfer } from "./example-texts.ts";

const texts: Readonly<Record<string, string>> = {
  "blanks in a pattern": transfer({ MatchPattern: `a${repeated(" ")}b` }),
  "blanks in a path": transfer({ Path: `/a${repeated(" ")}b` }),
  "signs of comments": transfer({ Path: `/a${repeated(" #")}b` }),
  "wildcards in a pattern": transfer({}, { MatchPattern: repeated("@v-@s-") }),
  "patterns of a target": transfer({}, { MatchPattern: repeated("d_@v e_@s") }),
  "patterns of both sides": transfer(
    { MatchPattern: repeated("d_@v e_@v ") },
    { MatchPattern: repeated("f_@v g_@v ") },
  ),
  "lines that go on with nothing": `${source()}${repeated("  x\n")}${target()}`,
  "backslashes before blanks": transfer({ Path: repeated("\\ ") }),
  "settings that nobody knows": `${source()}${repeated("InstancesMaxx=2\n")}${target()}`,
  "sections that nobody knows": `${transfer()}${repeated("[Sourcee]\n")}`,
  "names of features": `[Transfer]\nFeatures=${repeated("aa bb cc ")}\n${transfer()}`,
  "assignments of one setting": transfer(
    {},
    { InstancesMax: repeated("2\nInstancesMax=").replace(/\nInstancesMax=$/, "") },
  ),
  "slashes in an address": transfer({ Type: "url-file", Path: `https://github.com/a/b/releases${repeated("/")}x` }),
  "slashes in a symlink": transfer({}, { Path: "/var/lib/extensions.d", CurrentSymlink: `/var${repeated("/")}x` }),
};

for (const [what, text] of Object.entries(texts)) {
  test(`a mebibyte of ${what} is checked in linear time`, () => {
    const path = "usr/lib/sysupdate.demo.d/a.transfer";
    const location = locateUpdate(path);
    const findings = checkUpdate(parseUnitFile(text, { type: "transfer" }), path, updateContext(location));
    for (const { span } of findings) assert.ok(span.end <= text.length);
  });
}

function fileOf(path: string, text: string): TreeUpdateFile {
  const location = locateUpdate(path);
  assert.ok(location);
  return { path, location, file: parseUnitFile(text, { type: location.kind }) };
}

test("a set of two thousand definitions is checked in linear time", () => {
  const files = Array.from({ length: 1000 }, (_, at) => [
    fileOf(
      `usr/lib/sysupdate.demo.d/${at}.transfer`,
      `[Transfer]\nFeatures=f${at}\n\n${transfer({ MatchPattern: `d${at}_@v` }, { MatchPattern: "" })}`,
    ),
    fileOf(`usr/lib/sysupdate.demo.d/f${at}.feature`, feature({ Description: "x" })),
  ]).flat();
  assert.deepEqual(checkTreeUpdates({ files, sets: [setOfFiles(files, "demo")] }), []);
});
