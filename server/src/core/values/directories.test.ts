import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  readSetting,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

test("says which folder is meant", () => {
  const meaningOf = (setting: string) => readSetting(setting, "demo").pieces[0]?.meaning;
  assert.equal(meaningOf("Service.RuntimeDirectory"), "`/run/demo`");
  assert.equal(meaningOf("Service.StateDirectory"), "`/var/lib/demo`");
  assert.equal(meaningOf("Service.ConfigurationDirectory"), "`/etc/demo`");
});

test("takes the setting's own folder off a path, and leaves other folders alone", () => {
  assert.equal(repair("Service.StateDirectory", "/var/lib/demo demo2"), "demo demo2");
  assert.equal(repair("Service.StateDirectory", "/srv/demo"), "/srv/demo");
});

test("judges a path with specifiers by what stands beside them", () => {
  assert.deepEqual(readSetting("Service.StateDirectory", "%p/%i").faults, []);
  assert.equal(readSetting("Service.StateDirectory", "/var/lib/%p").faults.length, 1);
});

test("knows since when there are flags", () => {
  assert.equal(readSetting("Service.RuntimeDirectory", "a:b:ro", 256).faults[0]?.check, "unit/too-new");
  assert.deepEqual(textsOf(offerAt("Service.RuntimeDirectory", "a:b:‸")), ["ro"]);
  assert.equal(offerAt("Service.RuntimeDirectory", "a:‸"), undefined);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.RuntimeDirectory", {
    a: ["path a = `/run/a`"],
    "a b": ["path a = `/run/a`", "path b = `/run/b`"],
    "a/b": ["path a/b = `/run/a/b`"],
    "a:b": ["path a = `/run/a`", "path b = `/run/b`"],
    "a:b:ro": ["path a = `/run/a`", "path b = `/run/b`", "keyword ro = …"],
    "a:": ["path a = `/run/a`"],
    "a::ro": ["path a = `/run/a`", "keyword ro = …"],
    "a:b:": ["path a = `/run/a`", "path b = `/run/b`"],
    "a:b:rw": [
      "path a = `/run/a`",
      "path b = `/run/b`",
      '4-6 unit/invalid-value: "rw" is not a valid value for "RuntimeDirectory="; did you mean "ro"? → ro',
    ],
    "a:b:x:y": [
      "path a = `/run/a`",
      "path b = `/run/b`",
      '4-5 unit/invalid-value: "x" is not a valid value for "RuntimeDirectory="; use "ro"',
    ],
    "/run/a": [
      '0-6 unit/invalid-value: "/run/a" is absolute, but paths in "RuntimeDirectory=" are relative to "/run"; use "a" → a',
    ],
    "/run/": [
      '0-5 unit/invalid-value: "/run/" is absolute, but paths in "RuntimeDirectory=" are relative to "/run"; use a relative path',
    ],
    "/var/a": [
      '0-6 unit/invalid-value: "/var/a" is absolute, but paths in "RuntimeDirectory=" are relative to "/run"; use a relative path',
    ],
    "..": [
      '0-2 unit/path-not-normalized: systemd does not accept "..", because it contains ".." or is the directory itself; use a path below "/run"',
    ],
    "a/../b": [
      '0-6 unit/path-not-normalized: systemd does not accept "a/../b", because it contains ".." or is the directory itself; use a path below "/run"',
    ],
    ".": [
      '0-1 unit/path-not-normalized: systemd does not accept ".", because it contains ".." or is the directory itself; use a path below "/run"',
    ],
    "./a": ["path ./a = `/run/./a`"],
    private: [
      '0-7 unit/invalid-value: "/run/private" is reserved for directories of dynamic users; use another name for "private"',
    ],
    "./private": [
      '0-9 unit/invalid-value: "/run/private" is reserved for directories of dynamic users; use another name for "./private"',
    ],
    "private/a": [
      '0-9 unit/invalid-value: "/run/private" is reserved for directories of dynamic users; use another name for "private/a"',
    ],
    "a/private": ["path a/private = `/run/a/private`"],
    privatex: ["path privatex = `/run/privatex`"],
    "a:private": ["path a = `/run/a`", "path private = `/run/private`"],
    ":": ['0-1 unit/invalid-value: ":" does not name a directory; add one for "RuntimeDirectory="'],
    "::": [],
    "'a'": ["path 'a' = `/run/a`"],
    '"a b"': ['path "a b" = `/run/a b`'],
    '.."': [
      '0-3 unit/unbalanced-quotes: the quote in ".." is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    "%i": ["specifier %i = `%i`: …", "path %i"],
    '"a': [
      '0-2 unit/unbalanced-quotes: the quote in "a" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    "a\\q:b": [
      '0-3 unit/exec-escape: unknown escape sequence "\\q", so systemd ignores the setting; use "\\\\q" for a backslash',
    ],
    "a\\": [
      "0-2 unit/exec-escape: systemd ignores the setting because of the trailing backslash; put a path with spaces in quotes",
    ],
    "'../x'": [
      '0-6 unit/path-not-normalized: systemd does not accept "../x", because it contains ".." or is the directory itself; use a path below "/run"',
    ],
    "a:../x": [
      "path a = `/run/a`",
      '2-6 unit/path-not-normalized: systemd does not accept "../x", because it contains ".." or is the directory itself; use a path below "/run"',
    ],
    "a:/x": [
      "path a = `/run/a`",
      '2-4 unit/invalid-value: "/x" is absolute, but paths in "RuntimeDirectory=" are relative to "/run"; use a relative path',
    ],
    ":b": ["path b = `/run/b`"],
  });
  assertReadings("Service.ConfigurationDirectory", {
    a: ["path a = `/etc/a`"],
    "a:b": [
      "path a = `/etc/a`",
      '2-3 unit/invalid-value: "ConfigurationDirectory=" does not support symlinks, so systemd ignores "a:b"; use the path alone',
    ],
    "a:": ["path a = `/etc/a`"],
    "a::ro": ["path a = `/etc/a`", "keyword ro = …"],
  });
  assertReadings("Service.StateDirectory", {
    "/var/lib/a": [
      '0-10 unit/invalid-value: "/var/lib/a" is absolute, but paths in "StateDirectory=" are relative to "/var/lib"; use "a" → a',
    ],
    "/var/lib": [
      '0-8 unit/invalid-value: "/var/lib" is absolute, but paths in "StateDirectory=" are relative to "/var/lib"; use a relative path',
    ],
  });
  assertReadings("Service.CacheDirectory", {
    a: ["path a = `/var/cache/a`"],
  });
  assertReadings("Service.LogsDirectory", {
    a: ["path a = `/var/log/a`"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.RuntimeDirectory", {
    "‸": "nothing",
    "a:b:‸": '""; ro',
    "a:b:r‸o": '"ro"; ro',
    "a:‸": "nothing",
  });
});
