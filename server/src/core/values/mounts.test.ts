import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  readSetting,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

test("colours paths, options and the dash before a path", () => {
  assert.deepEqual(piecesIn("Service.BindPaths", "-/a:/b:rbind /c"), [
    "operator -",
    "path /a",
    "path /b",
    "keyword rbind",
    "path /c",
  ]);
  assert.deepEqual(piecesIn("Service.ExtensionImages", "/a.raw:root:ro"), ["path /a.raw", "property root"]);
});

test("marks the part of a word in the middle of a list that is wrong", () => {
  const [fault] = readSetting("Service.BindPaths", "/a:/b /c:d:rbind").faults;
  assert.deepEqual([fault?.start, fault?.end, fault?.check], [9, 10, "unit/relative-path"]);
});

test("takes a colon behind a backslash for a part of the path", () => {
  assert.deepEqual(readSetting("Service.MountImages", "/a\\:b:/c").faults, []);
  assert.equal(readSetting("Service.MountImages", "/a\\:b").faults.length, 1);
});

test("sends those who ask for read-only mounts to the setting that makes them", () => {
  assert.match(readSetting("Service.BindPaths", "/a:/b:ro").faults[0]?.message ?? "", /"BindReadOnlyPaths="/);
  assert.match(readSetting("Service.BindReadOnlyPaths", "/a:/b:ro").faults[0]?.message ?? "", /remove it/);
});

test("repairs names of partitions", () => {
  assert.equal(repair("Service.RootImageOptions", "rot:ro usr_verity:ro"), "root:ro usr-verity:ro");
});

test("takes a size in percent for what it is", () => {
  assert.deepEqual(readSetting("Service.TemporaryFileSystem", "/var:size=10%x").faults, []);
  assert.equal(readSetting("Service.TemporaryFileSystem", "/%Z:ro").faults[0]?.check, "unit/unknown-specifier");
});

test("offers paths, options and partitions at their places", () => {
  assert.equal(offerAt("Service.BindPaths", "/a:/b‸")?.around, "paths");
  assert.equal(offerAt("Service.BindPaths", "-/a‸")?.replaced, "/a");
  assert.deepEqual(textsOf(offerAt("Service.BindPaths", "/a:/b:‸")), ["rbind", "norbind"]);
  assert.ok(textsOf(offerAt("Service.MountImages", "/a:/b:r‸")).includes("root"));
  assert.deepEqual(textsOf(offerAt("Service.MountImages", "/a:/b:root:‸")), []);
  assert.ok(textsOf(offerAt("Service.RootImageOptions", "u‸")).includes("usr"));
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.BindPaths", {
    "/a": ["path /a"],
    "-/a": ["operator - = `-`: the source may be missing", "path /a"],
    "/a:/b": ["path /a", "path /b"],
    "/a:/b:rbind": ["path /a", "path /b", "keyword rbind = …"],
    "-/a:/b:norbind": ["operator - = `-`: the source may be missing", "path /a", "path /b", "keyword norbind = …"],
    "/a:/b:": ["path /a", "path /b"],
    "/a:/b:ro": [
      "path /a",
      "path /b",
      '6-8 unit/invalid-value: "ro" is not an option of "BindPaths="; use "BindReadOnlyPaths=" for these paths',
    ],
    "/a:/b:rbnd": [
      "path /a",
      "path /b",
      '6-10 unit/invalid-value: "rbnd" is not a valid value for "BindPaths="; did you mean "rbind"? → rbind',
    ],
    "/a:/b:rbind:x": [
      "path /a",
      "path /b",
      '6-13 unit/invalid-value: "rbind" is not a valid value for "BindPaths="; did you mean "rbind"? → rbind',
    ],
    "/a:/b:ro:x": [
      "path /a",
      "path /b",
      '6-10 unit/invalid-value: "ro" is not a valid value for "BindPaths="; use "rbind", "norbind"',
    ],
    ":/b": ["path /b", '0-3 unit/invalid-value: ":/b" has no source; add an absolute path before the colon'],
    "-:/b": [
      "operator - = `-`: the source may be missing",
      "path /b",
      '0-4 unit/invalid-value: "-:/b" has no source; add an absolute path before the colon',
    ],
    "/a:": ["path /a", '0-3 unit/invalid-value: "/a:" has no target; use SOURCE:TARGET'],
    "a:/b": [
      "path /b",
      '0-1 unit/relative-path: "a" does not begin with a slash; "BindPaths=" requires an absolute path',
    ],
    "/a:b": [
      "path /a",
      '3-4 unit/relative-path: "b" does not begin with a slash; "BindPaths=" requires an absolute path',
    ],
    "/a:/b:%i": ["path /a", "path /b", "specifier %i = `%i`: …"],
    "/a\\:b": ["path /a\\:b"],
    "/a\\q": [
      '0-4 unit/exec-escape: unknown escape sequence "\\q", so systemd ignores the setting; use "\\\\q" for a backslash',
    ],
    "/a\\": [
      "0-3 unit/exec-escape: systemd ignores the setting because of the trailing backslash; put a path with spaces in quotes",
    ],
    '"/a b:/c"': ['path "/a b:/c"', 'path "/a b:/c"'],
    "/a:/b:bogus": [
      "path /a",
      "path /b",
      '6-11 unit/invalid-value: "bogus" is not a valid value for "BindPaths="; use "rbind", "norbind"',
    ],
  });
  assertReadings("Service.BindReadOnlyPaths", {
    "/a:/b:ro": [
      "path /a",
      "path /b",
      '6-8 unit/invalid-value: "ro" is not an option of "BindReadOnlyPaths="; remove it, because the paths are read-only already',
    ],
  });
  assertReadings("Service.MountImages", {
    "/i:/t": ["path /i", "path /t"],
    "-/i:/t": ["operator - = `-`: the source may be missing", "path /i", "path /t"],
    "/i": ["path /i", '0-2 unit/invalid-value: "/i" has no mount point; use IMAGE:TARGET'],
    "/i:": ["path /i", '0-3 unit/invalid-value: "/i:" has no mount point; use IMAGE:TARGET'],
    "/i:/t:ro": ["path /i", "path /t"],
    "/i:/t:root:ro": ["path /i", "path /t", "property root = …"],
    "/i:/t:rot:ro": [
      "path /i",
      "path /t",
      '6-9 unit/invalid-value: "rot" is not a partition type; did you mean "root"? → root',
    ],
    "/i:/t::ro": ["path /i", "path /t"],
    ":/t": ["path /t", '0-3 unit/invalid-value: ":/t" has no source; add an absolute path before the colon'],
    "/i:t": [
      "path /i",
      '3-4 unit/relative-path: "t" does not begin with a slash; "MountImages=" requires an absolute path',
    ],
    "/i:/t:usr:ro:hme:x": [
      "path /i",
      "path /t",
      "property usr = …",
      '13-16 unit/invalid-value: "hme" is not a partition type; did you mean "home"? → home',
    ],
    "/i:/t:bogus:ro:usr": [
      "path /i",
      "path /t",
      '6-11 unit/invalid-value: "bogus" is not a partition type; use for example "root", "usr", "home"',
    ],
    "/i\\q:/t": [
      '0-4 unit/exec-escape: unknown escape sequence "\\q", so systemd ignores the setting; use "\\\\q" for a backslash',
    ],
  });
  assertReadings("Service.ExtensionImages", {
    "/i": ["path /i"],
    "-/i": ["operator - = `-`: the source may be missing", "path /i"],
    "/i:ro": ["path /i"],
    "/i:root:ro": ["path /i", "property root = …"],
    "/i:rot:ro": ["path /i", '3-6 unit/invalid-value: "rot" is not a partition type; did you mean "root"? → root'],
    i: ['0-1 unit/relative-path: "i" does not begin with a slash; "ExtensionImages=" requires an absolute path'],
    "/i\\q": [
      '0-4 unit/exec-escape: unknown escape sequence "\\q", so systemd ignores the setting; use "\\\\q" for a backslash',
    ],
    "-": [
      "operator - = `-`: the source may be missing",
      '0-1 unit/invalid-value: "-" has no source; add an absolute path before the colon',
    ],
  });
  assertReadings("Service.RootImageOptions", {
    ro: [],
    "root:ro": ["property root = …"],
    "rot:ro": ['0-3 unit/invalid-value: "rot" is not a partition type; did you mean "root"? → root'],
    "root:ro usr:nodev": ["property root = …", "property usr = …"],
    "a:b:c": [
      '0-5 unit/invalid-value: "a:b:c" has more than one colon; use PARTITION:OPTIONS, with a space before the next partition',
    ],
    ":ro": [],
    "root\\q:ro": [
      '0-6 unit/exec-escape: unknown escape sequence "\\q", so systemd ignores the setting; use "\\\\q" for a backslash',
    ],
  });
  assertReadings("Service.TemporaryFileSystem", {
    "/var": ["path /var"],
    "/var:ro": ["path /var", "operator :", "string ro = tmpfs options"],
    "/var:size=10%i,ro": ["path /var", "operator :", "string size=10%i,ro = tmpfs options"],
    ":ro": ['0-3 unit/invalid-value: ":ro" has no mount point; add an absolute path before the colon'],
    var: [
      '0-3 unit/relative-path: "var" does not begin with a slash; "TemporaryFileSystem=" requires an absolute path → /var',
    ],
    "/var: /run": ["path /var", "operator :", "path /run"],
    "/%i:ro": ["path /%i", "specifier %i = `%i`: …", "operator :", "string ro = tmpfs options"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.BindPaths", {
    "‸": '""; paths',
    "-‸/a": '"/a"; paths',
    "‸-/a": "nothing",
    "/a:‸": '""; paths',
    "/a:/b:‸": '""; rbind = … | norbind = …',
    "/a:/b:r‸x": '"rx"; rbind = … | norbind = …',
  });
  assertOffers("Service.MountImages", {
    "‸": '""; paths',
    "/i:‸": '""; paths',
    "/i:/t:‸": '""; root = … | usr = … | home = … | …',
    "/i:/t:root:‸": '""',
    "/i:/t:root:ro:‸": '""; root = … | usr = … | home = … | …',
  });
  assertOffers("Service.ExtensionImages", {
    "‸": '""; paths',
    "/i:‸": '""; root = … | usr = … | home = … | …',
    "/i:root:‸": '""',
  });
  assertOffers("Service.RootImageOptions", {
    "‸": '""; root = … | usr = … | home = … | …',
    "root:‸": '""',
  });
  assertOffers("Service.TemporaryFileSystem", {
    "‸": '""; paths',
    "/v‸ar:ro": '"/var"; paths',
    "/var:‸": "nothing",
  });
});
