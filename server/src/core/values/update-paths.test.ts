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

function checksIn(setting: string, text: string): string[] {
  return readSetting(setting, text).faults.map(({ check }) => check);
}

test("takes the addresses and folders that systemd-sysupdate takes", () => {
  for (const text of [
    ...["/srv", "/srv/", "/", "/srv/a b", "/srv/%", "/srv/%a", "%T/demo", "/srv/%a/x"],
    ...["http://a", "https://a b", "http://a/#x?y", "https://a/%a", "file:/a", "file://", "https:///x"],
  ]) {
    assert.deepEqual(checksIn("Source.Path", text), [], text);
  }
  for (const text of ["/srv/", "auto", "/dev/sda", "/"]) assert.deepEqual(checksIn("Target.Path", text), [], text);
  for (const text of ["demo.raw", "./demo", "a//b", "demo/", "/", "%M.raw"]) {
    assert.deepEqual(checksIn("Target.CurrentSymlink", text), [], text);
  }
  for (const text of ["https://a/@v", "https://a b", "http:///", "https://a/%a", "%T"]) {
    assert.deepEqual(checksIn("Transfer.ChangeLog", text), [], text);
  }
});

test("refuses the others", () => {
  for (const text of [
    ...["srv", "", "auto", "//srv", "/srv//a", "/srv/./a", "/srv/../a", "/srv/.", '"/srv"', "~/a", "srv/%a"],
    ...["http://", "ftp://a", "HTTPS://a", "a.com", "http://ä", "file:a", "https:/a", '"http://a"', "/srv/%a/../b"],
  ]) {
    assert.deepEqual(checksIn("Source.Path", text), ["transfer/path"], text);
  }
  for (const text of ["", "srv", "/srv/.", "https://a"]) {
    assert.deepEqual(checksIn("Target.Path", text), ["transfer/path"], text);
  }
  for (const text of ["../foo", "/foo/../x"])
    assert.deepEqual(checksIn("Target.CurrentSymlink", text), ["transfer/path"]);
  for (const text of ["ftp://a", "file:///a", "http://", "HTTP://a", "http://ä", "https:/x"]) {
    assert.deepEqual(checksIn("Transfer.ChangeLog", text), ["transfer/value"], text);
  }
});

test("repairs addresses and folders", () => {
  for (const [setting, wrong, right] of [
    ["Source.Path", "HTTPS://a", "https://a"],
    ["Source.Path", "www.example.com/demo", "https://www.example.com/demo"],
    ["Source.Path", '"/srv"', "/srv"],
    ["Source.Path", "srv/demo", "/srv/demo"],
    ["Target.Path", "/var//lib/./extensions.d/", "/var/lib/extensions.d"],
    ["Target.Path", "/srv/%a/../b", "/srv/%a/../b"],
    ["Target.CurrentSymlink", "/var/lib/../extensions/demo.raw", "/var/extensions/demo.raw"],
    ["Feature.Documentation", "<https://example.com>", "https://example.com"],
    ["Transfer.ChangeLog", "https:/example.com", "https://example.com"],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("tells the version in the address of a change log", () => {
  assert.deepEqual(piecesIn("Transfer.ChangeLog", "https://a/@v"), ["string https://a/@v", "variable @v"]);
  assert.deepEqual(piecesIn("Transfer.AppStream", "https://a/@v"), ["string https://a/@v"]);
});

test("offers beginnings", () => {
  assert.deepEqual(textsOf(offerAt("Source.Path", "h‸")), ["https://", "http://"]);
  assert.deepEqual(textsOf(offerAt("Target.Path", "‸")), ["auto", "/var/lib/extensions.d/", "/var/lib/confexts.d/"]);
  assert.deepEqual(textsOf(offerAt("Target.CurrentSymlink", "‸")), ["/var/lib/extensions/", "/var/lib/confexts/"]);
  assert.equal(offerAt("Target.Path", "/var/‸")?.around, "paths");
});

test("repairs nothing that has quotes, brackets or specifiers only in a part", () => {
  for (const text of ["http:<//a>", "<http://a>b", 'http:"//a"', '"http://a"b', '"/srv"b', 'a"/srv"']) {
    const [fault] = readSetting("Source.Path", text).faults;
    assert.equal(fault?.check, "transfer/path", text);
    assert.equal(fault?.replacements, undefined, text);
  }
  assert.deepEqual(checksIn("Source.Path", "a%T"), ["transfer/path"]);
  assert.deepEqual(checksIn("Transfer.ChangeLog", "a%T"), ["transfer/value"]);
});

test("repairs folders only where a known name stands at the beginning", () => {
  assert.equal(repair("Source.Path", "srv"), "/srv");
  for (const text of ["srvx/demo", "a/srv", "x srv/demo"]) {
    assert.equal(readSetting("Source.Path", text).faults[0]?.replacements, undefined, text);
  }
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Transfer.ChangeLog", {
    "https://a": ["string https://a"],
    "http://a/@v/@v": [
      "string http://a/@v/@v",
      "variable @v = `@v`: the version that the changelog is for",
      "variable @v = `@v`: the version that the changelog is for",
    ],
    "https://": ['0-8 transfer/value: "https://" is not a URL; it must begin with "https://" or "http://"'],
    x: ['0-1 transfer/value: "x" is not a URL; it must begin with "https://" or "http://"'],
    "": ['0-0 transfer/value: "ChangeLog=" requires a URL; add one'],
    "HTTPS://a": ['0-9 transfer/value: "HTTPS://a" is not a URL; did you mean "https://a"? → https://a'],
    "'https://a'": ['0-11 transfer/value: "\'https://a\'" is not a URL; did you mean "https://a"? → https://a'],
    '"https://a"': ['0-11 transfer/value: ""https://a"" is not a URL; did you mean "https://a"? → https://a'],
    "<https://a>": ['0-11 transfer/value: "<https://a>" is not a URL; did you mean "https://a"? → https://a'],
    "https:/a": ['0-8 transfer/value: "https:/a" is not a URL; did you mean "https://a"? → https://a'],
    "www.a": ['0-5 transfer/value: "www.a" is not a URL; did you mean "https://www.a"? → https://www.a'],
    "https://ä": [
      '0-9 transfer/value: "https://ä" has non-ASCII characters; percent-encode them, with doubled percent signs',
    ],
    "http://ä": [
      '0-8 transfer/value: "http://ä" has non-ASCII characters; percent-encode them, with doubled percent signs',
    ],
    "xhttps://ä": ['0-10 transfer/value: "xhttps://ä" is not a URL; it must begin with "https://" or "http://"'],
    "ftp://a": ['0-7 transfer/value: "ftp://a" is not a URL; it must begin with "https://" or "http://"'],
    "%i": ['0-2 unit/unknown-specifier: unknown specifier "%i"; use "%%i" for a percent sign → %%i'],
    "a@v": ['0-3 transfer/value: "a@v" is not a URL; it must begin with "https://" or "http://"'],
    "xwww.a": ['0-6 transfer/value: "xwww.a" is not a URL; it must begin with "https://" or "http://"'],
    "https:///a": ["string https:///a"],
    "'https://a\"": ['0-11 transfer/value: "\'https://a"" is not a URL; it must begin with "https://" or "http://"'],
  });
  assertReadings("Transfer.AppStream", {
    "https://a/@v": ["string https://a/@v"],
  });
  assertReadings("Source.Path", {
    "/a": ["path /a"],
    "https://a": ["string https://a"],
    "file:/a": ["string file:/a"],
    "file:/ä": ['0-7 transfer/path: "file:/ä" is not a URL; it must begin with "https://" or "http://"'],
    auto: [
      '0-4 transfer/path: "auto" selects a partition, which cannot be a source; use the directory or URL of the versions',
    ],
    a: ['0-1 transfer/path: "a" does not begin with a slash; use an absolute path, or a URL with "https://"'],
    "usr/a": [
      '0-5 transfer/path: "usr/a" does not begin with a slash; use an absolute path, or a URL with "https://" → /usr/a',
    ],
    "/a/../b": [
      '0-7 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/a/../b"; use the normalized path → /b',
    ],
    "/a//b": [
      '0-5 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/a//b"; use the normalized path → /a/b',
    ],
    "/a/./b": [
      '0-6 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/a/./b"; use the normalized path → /a/b',
    ],
    "/a/..": [
      '0-5 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/a/.."; use the normalized path → /',
    ],
    "/a/.": [
      '0-4 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/a/."; use the normalized path → /a',
    ],
    "/a/": ["path /a/"],
    "/": ["path /"],
    "/..": [
      '0-3 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/.."; use the normalized path → /',
    ],
    "https://ä": [
      '0-9 transfer/path: "https://ä" has non-ASCII characters; percent-encode them, with doubled percent signs',
    ],
    "ftp://a": ['0-7 transfer/path: "ftp://a" is not a URL; it must begin with "https://" or "http://"'],
    "ftp:a": ['0-5 transfer/path: "ftp:a" does not begin with a slash; use an absolute path, or a URL with "https://"'],
    "www.a": ['0-5 transfer/path: "www.a" is not a URL; did you mean "https://www.a"? → https://www.a'],
    "": ['0-0 transfer/path: "Path=" requires a path; add one'],
    '"/a"': [
      '0-4 transfer/path: the quotes around "/a" are part of the path; remove them, spaces do not need quotes → /a',
    ],
    "'/a\"": ['0-4 transfer/path: "\'/a"" does not begin with a slash; use an absolute path, or a URL with "https://"'],
    '"a"': ['0-3 transfer/path: ""a"" does not begin with a slash; use an absolute path, or a URL with "https://"'],
    "%A": ["specifier %A = `%A`: …"],
    "%A/../b": ["specifier %A = `%A`: …"],
    "/%A/../b": [
      "specifier %A = `%A`: …",
      '0-8 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/%A/../b"; use the normalized path',
    ],
    "/%A/x/../b": [
      "specifier %A = `%A`: …",
      '0-10 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/%A/x/../b"; use the normalized path → /%A/b',
    ],
    usrx: ['0-4 transfer/path: "usrx" does not begin with a slash; use an absolute path, or a URL with "https://"'],
    "ht_tp:/x": [
      '0-8 transfer/path: "ht_tp:/x" does not begin with a slash; use an absolute path, or a URL with "https://"',
    ],
    "/a...b": ["path /a...b"],
    "xfile:/a": ['0-8 transfer/path: "xfile:/a" is not a URL; it must begin with "https://" or "http://"'],
  });
  assertReadings("Target.Path", {
    "/a": ["path /a"],
    auto: ["keyword auto = the disk with the root file system"],
    Auto: [
      '0-4 transfer/path: "Auto" does not begin with a slash; use an absolute path, or "auto" for a partition of the root disk',
    ],
    "https://a": ['0-9 transfer/path: "https://a" is a URL, but versions are stored on the host; use an absolute path'],
    "ftp://a": ['0-7 transfer/path: "ftp://a" is a URL, but versions are stored on the host; use an absolute path'],
    "ftp:/a": [
      '0-6 transfer/path: "ftp:/a" does not begin with a slash; use an absolute path, or "auto" for a partition of the root disk',
    ],
    a: [
      '0-1 transfer/path: "a" does not begin with a slash; use an absolute path, or "auto" for a partition of the root disk',
    ],
    "%A": ["specifier %A = `%A`: …"],
    "/a/../b": [
      '0-7 transfer/path: systemd does not accept paths with ".", ".." or "//", such as "/a/../b"; use the normalized path → /b',
    ],
    "": ['0-0 transfer/path: "Path=" requires a path; add one'],
    "var/x": [
      '0-5 transfer/path: "var/x" does not begin with a slash; use an absolute path, or "auto" for a partition of the root disk → /var/x',
    ],
  });
  assertReadings("Target.CurrentSymlink", {
    "/a": ["path /a"],
    a: ["path a"],
    "../a": [
      '0-4 warning transfer/path: systemd ignores symlinks with ".." in the path, such as "../a"; use the resolved absolute path',
    ],
    "/a/../b": [
      '0-7 warning transfer/path: systemd ignores symlinks with ".." in the path, such as "/a/../b"; use the resolved absolute path → /b',
    ],
    "/a/..": [
      '0-5 warning transfer/path: systemd ignores symlinks with ".." in the path, such as "/a/.."; use the resolved absolute path → /',
    ],
    "a..b": ["path a..b"],
    "/%A/../x": [
      "specifier %A = `%A`: …",
      '0-8 warning transfer/path: systemd ignores symlinks with ".." in the path, such as "/%A/../x"; use the resolved absolute path',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Transfer.ChangeLog", {
    "‸": '""; https:// | http://',
    "ht‸": '"ht"; https:// | http://',
    "https://‸": "nothing",
  });
  assertOffers("Source.Path", {
    "‸": '""; https:// | http://; paths',
    "/‸": '"/"; paths',
    "ht‸": '"ht"; https:// | http://; paths',
  });
  assertOffers("Target.Path", {
    "‸": '""; auto = the disk with the root file system | /var/lib/extensions.d/ = versions of system extensions | /var/lib/confexts.d/ = versions of configuration extensions; paths',
    "/v‸": '"/v"; paths',
  });
  assertOffers("Target.CurrentSymlink", {
    "‸": '""; /var/lib/extensions/ = merged by systemd-sysext | /var/lib/confexts/ = merged by systemd-confext; paths',
    "/‸": '"/"; paths',
  });
});
