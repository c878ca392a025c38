import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  readSetting,
  repair,
} from "../../../../test/support/value-reading.ts";

test("repairs what is clearly meant", () => {
  for (const [setting, wrong, right] of [
    ["Service.RootDirectory", "usr/lib/demo", "/usr/lib/demo"],
    ["Service.RootDirectory", "/a/../b/./c", "/b/c"],
    ["Service.RootDirectory", "/../..", "/"],
    ["Service.RootDirectory", "%t/a/../b", "%t/b"],
    ["Service.WorkingDirectory", '-"/a b"', "-/a b"],
    ["Service.EnvironmentFile", "-'/etc/a'", "-/etc/a"],
    ["Service.PIDFile", "/var/run/a.pid", "/run/a.pid"],
    ["Socket.ListenFIFO", "//var//run/a", "/run/a"],
    ["Service.ReadWritePaths", "/a -var/b", "/a -/var/b"],
    ["Service.ExecSearchPath", "/a:usr/b", "/a:/usr/b"],
    ["Unit.ConditionPathExists", "!|/a", "|!/a"],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("repairs nothing where it is not clear what is meant", () => {
  for (const text of ["demo/conf", "~/a", "$HOME/a", "%i/../a", "/%i/../a", '"/a']) {
    assert.equal(repair("Service.RootDirectory", text), text);
  }
});

test("takes /var/run for nothing special where systemd does not rewrite it", () => {
  assert.deepEqual(readSetting("Path.PathExists", "/var/run/a").faults, []);
  assert.deepEqual(readSetting("Service.PIDFile", "/var/run").faults, []);
});

test("colours prefixes apart from paths", () => {
  assert.deepEqual(piecesIn("Service.ReadWritePaths", '-+/a "/b c"'), [
    "operator -",
    "operator +",
    "path /a",
    'path "/b c"',
  ]);
  assert.deepEqual(piecesIn("Unit.ConditionPathExists", "| ! /a"), ["operator |", "operator !", "path /a"]);
  assert.deepEqual(piecesIn("Service.WorkingDirectory", "-~"), ["operator -", "keyword ~"]);
});

test("says where a relative PID file is", () => {
  const [piece] = readSetting("Service.PIDFile", "demo.pid").pieces;
  assert.equal(piece?.meaning, "`/run/demo.pid`");
});

test("offers paths for the part around the caret", () => {
  for (const [setting, marked, replaced] of [
    ["Service.RootDirectory", "/us‸", "/us"],
    ["Service.WorkingDirectory", "-/v‸", "/v"],
    ["Service.ReadWritePaths", "/a -/b‸ /c", "/b"],
    ["Service.ReadWritePaths", "/a ‸ /c", ""],
    ["Service.ExecSearchPath", "/a:/b‸:/c", "/b"],
    ["Unit.ConditionPathExists", "|! /a‸", "/a"],
  ] as const) {
    const offer = offerAt(setting, marked);
    assert.deepEqual([offer?.replaced, offer?.around], [replaced, "paths"], marked);
  }
});

test("a condition's path has one fault at most, and none where a specifier decides", () => {
  const checks = (text: string) => readSetting("Unit.ConditionNeedsUpdate", text).faults.map(({ check }) => check);
  assert.deepEqual(checks("etc"), ["unit/relative-path"]);
  assert.deepEqual(checks("/%i"), []);
  assert.deepEqual(checks("/etc/"), []);
  assert.deepEqual(checks("/usr"), ["unit/invalid-value"]);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.ReadWritePaths", {
    "/a /b": ["path /a", "path /b"],
    "-/a": ["operator - = `-`: the path may be missing", "path /a"],
    "+/a": ["operator + = `+`: below the unit's own root directory", "path /a"],
    "-+/a": [
      "operator - = `-`: the path may be missing",
      "operator + = `+`: below the unit's own root directory",
      "path /a",
    ],
    "+-/a": [
      "operator + = `+`: below the unit's own root directory",
      '1-4 unit/relative-path: "-/a" does not begin with a slash; "ReadWritePaths=" requires an absolute path',
    ],
    "--/a": [
      "operator - = `-`: the path may be missing",
      '1-4 unit/relative-path: "-/a" does not begin with a slash; "ReadWritePaths=" requires an absolute path',
    ],
    a: ['0-1 unit/relative-path: "a" does not begin with a slash; "ReadWritePaths=" requires an absolute path'],
    "usr/bin": [
      '0-7 unit/relative-path: "usr/bin" does not begin with a slash; "ReadWritePaths=" requires an absolute path → /usr/bin',
    ],
    "/a/../b": [
      '0-7 unit/path-not-normalized: systemd does not accept paths with "..", such as "/a/../b"; use the resolved path → /b',
    ],
    "/a/..": [
      '0-5 unit/path-not-normalized: systemd does not accept paths with "..", such as "/a/.."; use the resolved path → /',
    ],
    "/..": [
      '0-3 unit/path-not-normalized: systemd does not accept paths with "..", such as "/.."; use the resolved path → /',
    ],
    "/a/%i/../b": [
      "specifier %i = `%i`: …",
      '0-10 unit/path-not-normalized: systemd does not accept paths with "..", such as "/a/%i/../b"; use the resolved path',
    ],
    "/%i/../../b": [
      "specifier %i = `%i`: …",
      '0-11 unit/path-not-normalized: systemd does not accept paths with "..", such as "/%i/../../b"; use the resolved path',
    ],
    "/%i/x/../b": [
      "specifier %i = `%i`: …",
      '0-10 unit/path-not-normalized: systemd does not accept paths with "..", such as "/%i/x/../b"; use the resolved path → /%i/b',
    ],
    "%i/../b": [
      "specifier %i = `%i`: …",
      '0-7 unit/path-not-normalized: systemd does not accept paths with "..", such as "%i/../b"; use the resolved path',
    ],
    "%%/a": [
      "specifier %% = `%%`: …",
      '0-4 unit/relative-path: "%%/a" does not begin with a slash; "ReadWritePaths=" requires an absolute path',
    ],
    "%i": ["specifier %i = `%i`: …", "path %i"],
    "~/x": [
      '0-3 unit/relative-path: "~/x" does not begin with a slash, and "~" is not expanded here; use an absolute path',
    ],
    "$HOME/x": [
      '0-7 unit/relative-path: "$HOME/x" does not begin with a slash, and variables are not expanded in paths; use an absolute path',
    ],
    "users/x": [
      '0-7 unit/relative-path: "users/x" does not begin with a slash; "ReadWritePaths=" requires an absolute path',
    ],
    usr: [
      '0-3 unit/relative-path: "usr" does not begin with a slash; "ReadWritePaths=" requires an absolute path → /usr',
    ],
    '"/a b"': ['path "/a b"'],
    "'/a'": ["path '/a'"],
    "-": [
      "operator - = `-`: the path may be missing",
      '1-1 unit/relative-path: "ReadWritePaths=" requires a path; add one',
    ],
  });
  assertReadings("Unit.SourcePath", {
    "": ['0-0 unit/relative-path: "SourcePath=" requires a path; add one'],
    '"/a"': [
      '0-4 unit/quotes-literal: the quotes around "/a" are part of the value here; remove them, spaces do not need quotes → /a',
    ],
    '"/a': [
      '0-3 unit/quotes-literal: the quote before "/a" is part of the value here; remove it, spaces do not need quotes',
    ],
    "'": [
      '0-1 unit/quotes-literal: the quote before "" is part of the value here; remove it, spaces do not need quotes',
    ],
    "'/a\"": [
      '0-4 unit/quotes-literal: the quote before "/a"" is part of the value here; remove it, spaces do not need quotes',
    ],
    "/var/run/x": ["path /var/run/x"],
    "/./a": ["path /./a"],
  });
  assertReadings("Socket.ListenFIFO", {
    "/var/run/x": [
      "path /var/run/x",
      '0-10 unit/var-run: "/var/run" is a legacy path of "/run", and systemd reads "/run/x"; use that → /run/x',
    ],
    "//var//run//x/y": [
      "path //var//run//x/y",
      '0-15 unit/var-run: "/var/run" is a legacy path of "/run", and systemd reads "/run/x/y"; use that → /run/x/y',
    ],
    "/var/run": ["path /var/run"],
    "/var/run/": ["path /var/run/"],
    "/x/var/run/y": ["path /x/var/run/y"],
  });
  assertReadings("Service.ExecSearchPath", {
    "/a:/b": ["path /a", "path /b"],
    "/a:b": [
      "path /a",
      '3-4 unit/relative-path: "b" does not begin with a slash; "ExecSearchPath=" requires an absolute path',
    ],
    "/a::/b": ["path /a", "path /b", '3-3 unit/relative-path: "ExecSearchPath=" requires a path; add one'],
    "/a": ["path /a"],
  });
  assertReadings("Service.EnvironmentFile", {
    "-/a": ["operator - = `-`: the file may be missing", "path /a"],
    "/a": ["path /a"],
    a: ['0-1 unit/relative-path: "a" does not begin with a slash; "EnvironmentFile=" requires an absolute path'],
    "--/a": [
      "operator - = `-`: the file may be missing",
      '1-4 unit/relative-path: "-/a" does not begin with a slash; "EnvironmentFile=" requires an absolute path',
    ],
  });
  assertReadings("Service.WorkingDirectory", {
    "~": ["keyword ~ = the home directory of the unit's user"],
    "-~": ["operator - = `-`: the directory may be missing", "keyword ~ = the home directory of the unit's user"],
    "/a": ["path /a"],
    "-/a": ["operator - = `-`: the directory may be missing", "path /a"],
    "-a": [
      "operator - = `-`: the directory may be missing",
      '1-2 unit/relative-path: "a" does not begin with a slash; "WorkingDirectory=" requires an absolute path',
    ],
    "~x": [
      '0-2 unit/relative-path: "~x" does not begin with a slash, and "~" is not expanded here; use an absolute path',
    ],
    "--/a": [
      "operator - = `-`: the directory may be missing",
      '1-4 unit/relative-path: "-/a" does not begin with a slash; "WorkingDirectory=" requires an absolute path',
    ],
  });
  assertReadings("Service.PIDFile", {
    "x.pid": ["path x.pid = `/run/x.pid`"],
    "/run/x.pid": ["path /run/x.pid"],
    "/var/run/x.pid": [
      "path /var/run/x.pid",
      '0-14 unit/var-run: "/var/run" is a legacy path of "/run", and systemd reads "/run/x.pid"; use that → /run/x.pid',
    ],
    "../x": [
      '0-4 unit/path-not-normalized: systemd does not accept paths with "..", such as "/run/../x"; use the resolved path → /x',
    ],
    '"x"': [
      '0-3 unit/quotes-literal: the quotes around "x" are part of the value here; remove them, spaces do not need quotes → x',
    ],
    "/a/../b": [
      '0-7 unit/path-not-normalized: systemd does not accept paths with "..", such as "/a/../b"; use the resolved path → /b',
    ],
    "%i.pid": ["specifier %i = `%i`: …", "path %i.pid"],
    "a/../../var/run/x": [
      '0-17 unit/path-not-normalized: systemd does not accept paths with "..", such as "/run/a/../../var/run/x"; use the resolved path → /var/run/x',
    ],
  });
  assertReadings("Unit.ConditionPathExists", {
    "/a": ["path /a"],
    "!/a": ["operator ! = `!`: negates the condition", "path /a"],
    "|/a": ["operator | = `|`: at least one of the conditions with this prefix must be true", "path /a"],
    "|!/a": [
      "operator | = `|`: at least one of the conditions with this prefix must be true",
      "operator ! = `!`: negates the condition",
      "path /a",
    ],
    "!|/a": [
      "operator ! = `!`: negates the condition",
      '0-4 unit/relative-path: "|" must come before "!", so systemd reads "|/a" as the path; use "|!/a" → |!/a',
    ],
    "! /a": ["operator ! = `!`: negates the condition", "path /a"],
    "|! /a": [
      "operator | = `|`: at least one of the conditions with this prefix must be true",
      "operator ! = `!`: negates the condition",
      "path /a",
    ],
    a: ['0-1 unit/relative-path: "a" does not begin with a slash; "ConditionPathExists=" requires an absolute path'],
    "/a/../b": [
      '0-7 unit/path-not-normalized: systemd does not accept paths with "..", such as "/a/../b"; use the resolved path → /b',
    ],
    "!|a": [
      "operator ! = `!`: negates the condition",
      '1-3 unit/relative-path: "|a" does not begin with a slash; "ConditionPathExists=" requires an absolute path',
    ],
    "%i": ["specifier %i = `%i`: …", "path %i"],
  });
  assertReadings("Unit.ConditionNeedsUpdate", {
    "/etc": ["path /etc"],
    "/var": ["path /var"],
    "/etc/": ["path /etc/"],
    "/var//": ["path /var//"],
    "/usr": [
      "path /usr",
      '0-4 info unit/invalid-value: "/usr" is not valid here; systemd tracks updates for "/etc" and "/var" only',
    ],
    "!/etc": ["operator ! = `!`: negates the condition", "path /etc"],
    "/": [
      "path /",
      '0-1 info unit/invalid-value: "/" is not valid here; systemd tracks updates for "/etc" and "/var" only',
    ],
    "//": [
      "path //",
      '0-2 info unit/invalid-value: "//" is not valid here; systemd tracks updates for "/etc" and "/var" only',
    ],
    "/%i": ["path /%i", "specifier %i = `%i`: …"],
  });
  assertReadings("Service.RootHash", {
    "/a": ["path /a"],
    "00112233445566778899aabbccddeeff": ["number 00112233445566778899aabbccddeeff"],
    "00112233445566778899aabbccddee": [
      '0-30 unit/invalid-value: "00112233445566778899aabbccddee" is too short for a root hash; use at least 32 hexadecimal digits',
    ],
    "001122334455667788990011223344556": [
      '0-33 unit/invalid-value: "001122334455667788990011223344556" is neither a hexadecimal hash nor an absolute path',
    ],
    '"00"': [
      '0-4 unit/quotes-literal: the quotes around "00" are part of the value here; remove them, spaces do not need quotes → 00',
    ],
    xyz: ['0-3 unit/invalid-value: "xyz" is neither a hexadecimal hash nor an absolute path'],
    "0": ['0-1 unit/invalid-value: "0" is neither a hexadecimal hash nor an absolute path'],
    AF112233445566778899aabbccddeeff: ["number AF112233445566778899aabbccddeeff"],
  });
  assertReadings("Service.RootHashSignature", {
    "/a": ["path /a"],
    "base64:AA==": ["keyword base64:"],
    "base64:A A= ": ["keyword base64:"],
    "base64:": ["keyword base64:"],
    "base64:!": [
      '0-8 unit/invalid-value: "base64:!" is neither an absolute path nor a signature; add "base64:" before the signature',
    ],
    "base64:A===": [
      '0-11 unit/invalid-value: "base64:A===" is neither an absolute path nor a signature; add "base64:" before the signature',
    ],
    "xbase64:AA": [
      '0-10 unit/invalid-value: "xbase64:AA" is neither an absolute path nor a signature; add "base64:" before the signature',
    ],
    "AA==": [
      '0-4 unit/invalid-value: "AA==" is neither an absolute path nor a signature; add "base64:" before the signature',
    ],
    '"x"': [
      '0-3 unit/quotes-literal: the quotes around "x" are part of the value here; remove them, spaces do not need quotes → x',
    ],
  });
  assertReadings("Mount.What", {
    "/dev/sda": ["path /dev/sda"],
    "UUID=x": [],
    '"/dev/sda"': [
      '0-10 unit/quotes-literal: the quotes around "/dev/sda" are part of the value here; remove them, spaces do not need quotes → /dev/sda',
    ],
    x: [],
  });
  assertReadings("Swap.What", {
    "/dev/sda": ["path /dev/sda"],
    "UUID=x": ['0-6 unit/relative-path: "UUID=x" does not begin with a slash; "What=" requires an absolute path'],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.ReadWritePaths", {
    "‸": '""; paths',
    "-‸": '""; paths',
    "-+/‸": '"/"; paths',
    "‸-/a": "nothing",
  });
  assertOffers("Service.ExecSearchPath", {
    "/a‸:/b": '"/a"; paths',
    "/a:‸/b": '"/b"; paths',
    "‸/a:/b": '"/a"; paths',
  });
  assertOffers("Service.EnvironmentFile", {
    "-‸": '""; paths',
  });
  assertOffers("Service.WorkingDirectory", {
    "‸": '""; ~ = the home directory of the unit\'s user; paths',
    "-‸/a": '"/a"; ~ = the home directory of the unit\'s user; paths',
    "/‸": '"/"; ~ = the home directory of the unit\'s user; paths',
  });
  assertOffers("Service.PIDFile", {
    "‸": '""; paths',
  });
  assertOffers("Unit.ConditionPathExists", {
    "‸": '""; paths',
    "!‸": '""; paths',
    "|!/‸": '"/"; paths',
    "‸!/a": "nothing",
  });
  assertOffers("Service.RootHash", {
    "‸": '""; paths',
  });
  assertOffers("Service.RootHashSignature", {
    "‸": '""; base64:; paths',
  });
  assertOffers("Mount.What", {
    "‸": '""; UUID= | LABEL= | PARTUUID=; paths',
  });
  assertOffers("Swap.What", {
    "‸": '""; paths',
  });
});
