// Samples of inputs, outputs and texts that are handed in.
import type { ValueSample } from "../../support/value-sample.ts";

const unknown = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.StandardInput",
    valid: [
      "null",
      "tty",
      "tty-force",
      "tty-fail",
      "socket",
      "data",
      "fd",
      "fd:",
      "fd:foo",
      "fd:%i",
      "file:/x",
      "file:%t/x",
    ],
    invalid: [
      ["«inherit»", unknown],
      ["«journal»", unknown],
      ["«Null»", unknown],
      ["«file»", unknown],
      ["«append:/x»", unknown],
      ["«null:x»", unknown],
      ["«»", unknown],
      ["fd:«a:b»", unknown],
      ["file:«x»", "unit/relative-path"],
      ["file:«»", "unit/relative-path"],
      ["file:«/a/../b»", "unit/path-not-normalized"],
      ['file:«"/x"»', "unit/quotes-literal"],
      ["file:«%Z»", "unit/unknown-specifier"],
    ],
    differs: { file: "systemd misses the path only when the unit starts" },
  },
  {
    setting: "Service.StandardOutput",
    valid: [
      "inherit",
      "null",
      "tty",
      "journal",
      "journal+console",
      "kmsg+console",
      "socket",
      "fd",
      "fd:foo",
      "file:/x",
      "append:/x",
      "truncate:%t/x",
    ],
    invalid: [
      ["«tty-force»", unknown],
      ["«data»", unknown],
      ["«journal console»", unknown],
      ["«/var/log/x»", unknown],
      ["«%t/x»", unknown],
      ["«truncate»", unknown],
      ["append:«x»", "unit/relative-path"],
      ["append:«/x/..»", "unit/path-not-normalized"],
      ['append:«"/x"»', "unit/quotes-literal"],
      ['«"journal"»', "unit/quotes-literal"],
      ["fd:«ä»", unknown],
    ],
    noticed: [
      ["«syslog»", "unit/deprecated-value"],
      ["«syslog+console»", "unit/deprecated-value"],
    ],
    differs: { truncate: "systemd misses the path only when the unit starts" },
  },
  {
    setting: "Service.StandardInputText",
    valid: ["hello", "a\\nb\\x41", '"a', "%i"],
    invalid: [
      ["a«\\d»b", "unit/exec-escape"],
      ["a«\\x»", "unit/exec-escape"],
    ],
  },
  {
    setting: "Service.StandardInputData",
    valid: ["YWJj", "YWJj YWJj", "YW Jj", "YQ==", "YWI="],
    invalid: [
      ["«YWJ»", unknown],
      ["«YW=»", unknown],
      ["«!!»", unknown],
      ["«YWJj-»", unknown],
      ["«YWJj=»", unknown],
    ],
  },
  {
    setting: "Service.KillMode",
    valid: ["mixed", "process", "control-group"],
    invalid: [
      ["«none»", "unit/deprecated-value"],
      ["«all»", unknown],
    ],
  },
  {
    setting: "Service.OpenFile",
    systemd: 253,
    valid: ["/a", "/a:name", "/a:name:read-only", "/a:name:append,graceful", "/a::graceful"],
    invalid: [
      ["«a»", "unit/relative-path"],
      ["/a:name:«foo»", unknown],
      ["/a:name:append,«truncate»", unknown],
      ["«/a:name:append:x»", unknown],
    ],
  },
];
