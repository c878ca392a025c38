// Samples of folders that systemd makes.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.RuntimeDirectory",
    valid: [
      "foo",
      "foo bar",
      "foo/bar",
      "./foo",
      "foo/",
      "foo//bar",
      "a..b",
      "private-x",
      "foo:bar",
      "foo:bar baz",
      "foo:private",
      "foo:",
      '"foo bar"',
      "a\\x20b",
      "a\\:b",
      "%p",
      "%p:%N",
    ],
    invalid: [
      ["«:»", wrong],
      ["«/foo»", wrong],
      ["«/run/foo»", wrong],
      ["%i «/foo» bar", wrong],
      ["«../foo»", "unit/path-not-normalized"],
      ["«foo/../bar»", "unit/path-not-normalized"],
      ["«.»", "unit/path-not-normalized"],
      ["«private»", wrong],
      ["«private/foo»", wrong],
      ["foo:«/bar»", wrong],
      ["foo:«../bar»", "unit/path-not-normalized"],
      ['«"foo»', "unit/unbalanced-quotes"],
      ["«a\\qb»", "unit/exec-escape"],
      ["«a\\» b", "unit/exec-escape"],
      ["foo:bar:«ro»", "unit/too-new"],
      ["foo:bar:«baz»", wrong],
    ],
    differs: {
      "foo:bar:ro": "systemd passes over flags silently before it knows them",
      "foo:bar:baz": "systemd passes over flags silently before it knows them",
    },
  },
  {
    setting: "Service.RuntimeDirectory",
    systemd: 257,
    valid: ["foo:bar:ro", "foo::ro"],
    invalid: [["foo:bar:«rw»", wrong]],
  },
  {
    setting: "Service.StateDirectory",
    valid: ["foo:bar"],
    invalid: [
      ["«/var/lib/foo»", wrong],
      ["«private»", wrong],
    ],
  },
  {
    setting: "Service.CacheDirectory",
    valid: ["foo:bar"],
    invalid: [["«/var/cache/foo»", wrong]],
  },
  {
    setting: "Service.LogsDirectory",
    valid: ["foo:bar"],
    invalid: [["«/srv/foo»", wrong]],
  },
  {
    setting: "Service.ConfigurationDirectory",
    valid: ["foo", "foo/bar"],
    invalid: [
      ["foo:«bar»", wrong],
      ["«/etc/foo»", wrong],
      ["«private»", wrong],
    ],
  },
];
