// Samples of paths.
import type { ValueSample } from "../../support/value-sample.ts";

const absolute: Pick<ValueSample, "valid" | "invalid"> = {
  valid: ["/a/b", "/", "/a b", "/a//b/./c/", "%t/a", "/a/%i", "/a*", "/ä", "/a\\x20b", "/a/..b"],
  invalid: [
    ["«a/b»", "unit/relative-path"],
    ["«./a»", "unit/relative-path"],
    ["«~/a»", "unit/relative-path"],
    ["«$HOME/a»", "unit/relative-path"],
    ["«-/a»", "unit/relative-path"],
    ["«a%t/b»", "unit/relative-path"],
    ["«%%t/b»", "unit/relative-path"],
    ["«/a/../b»", "unit/path-not-normalized"],
    ["«%t/..»", "unit/path-not-normalized"],
    ['«"/a/b"»', "unit/quotes-literal"],
    ["«'/a/b»", "unit/quotes-literal"],
    ["/a/«%Z»", "unit/unknown-specifier"],
  ],
};

const varRun: ValueSample["noticed"] = [["«/var/run/a»", "unit/var-run"]];

export const samples: readonly ValueSample[] = [
  { setting: "Unit.SourcePath", ...absolute },
  { setting: "Path.PathExists", ...absolute },
  { setting: "Service.RootDirectory", ...absolute },
  { setting: "Service.RootImage", ...absolute },
  { setting: "Service.TTYPath", ...absolute },
  { setting: "Service.IPIngressFilterPath", ...absolute },
  { setting: "Mount.Where", ...absolute },
  { setting: "Automount.Where", ...absolute },
  { setting: "Swap.What", ...absolute },
  { setting: "Socket.ListenFIFO", ...absolute, noticed: varRun },
  {
    setting: "Mount.What",
    valid: ["/dev/sda1", "tmpfs", "UUID=1", "a/b", "/a/../b", "host:/export"],
    invalid: [['«"/dev/a b"»', "unit/quotes-literal"]],
    differs: { '"/dev/a b"': "systemd hands the quotes on to the kernel, which finds no such device" },
  },
  {
    setting: "Service.WorkingDirectory",
    valid: ["/a", "~", "-~", "-/a", "%h/a"],
    invalid: [
      ["«a»", "unit/relative-path"],
      ["-«a»", "unit/relative-path"],
      ["«~/a»", "unit/relative-path"],
      ['«"/a"»', "unit/quotes-literal"],
      ['-«"/a"»', "unit/quotes-literal"],
      ["«/a/..»", "unit/path-not-normalized"],
    ],
  },
  {
    setting: "Service.EnvironmentFile",
    valid: ["/a", "-/a", "/a b", "/etc/default/*.conf"],
    invalid: [
      ["«a»", "unit/relative-path"],
      ["-«a»", "unit/relative-path"],
      ['«"/a"»', "unit/quotes-literal"],
      ['-«"/a"»', "unit/quotes-literal"],
      ["-«/a/../b»", "unit/path-not-normalized"],
    ],
  },
  {
    setting: "Service.PIDFile",
    valid: ["/run/a.pid", "a.pid", "a/b.pid", "%t/a.pid"],
    invalid: [
      ["«/a/../b»", "unit/path-not-normalized"],
      ["«a/../b»", "unit/path-not-normalized"],
      ['«"/run/a"»', "unit/quotes-literal"],
    ],
    noticed: varRun,
    differs: { '"/run/a"': "systemd takes the quotes for a part of a path below /run" },
  },
  {
    setting: "Service.ReadWritePaths",
    valid: ["/a", "/a /b", "-/a +/b -+/c", '"/a b" /c', "/a\\ b", "%t/a", "/a:b"],
    invalid: [
      ["/a «b»", "unit/relative-path"],
      ["/a «a/b» /c", "unit/relative-path"],
      ["+«-/a»", "unit/relative-path"],
      ["/a «/a/../b»", "unit/path-not-normalized"],
      ['/a «"/b»', "unit/unbalanced-quotes"],
    ],
  },
  {
    setting: "Unit.RequiresMountsFor",
    valid: ["/a /b", '"/a b"'],
    invalid: [
      ["«-/a» /b", "unit/relative-path"],
      ["/a «/b/..»", "unit/path-not-normalized"],
      ['«"/a»', "unit/unbalanced-quotes"],
    ],
  },
  { setting: "Socket.Symlinks", valid: ["/a '/b c'"], invalid: [["/a «b»", "unit/relative-path"]] },
  {
    setting: "Service.ExecSearchPath",
    valid: ["/a", "/a:/b", "/a b:/c", "%h/a:/b"],
    invalid: [
      ["/a:«b»:/c", "unit/relative-path"],
      ['«"/a»:/b"', "unit/quotes-literal"],
      ["/a:«/b/../c»", "unit/path-not-normalized"],
    ],
  },
  {
    setting: "Unit.ConditionPathExists",
    valid: ["/a", "!/a", "|/a", "|!/a", "%t/a"],
    invalid: [
      ["«a»", "unit/relative-path"],
      ["!«a»", "unit/relative-path"],
      ["«!|/a»", "unit/relative-path"],
      ["!« /a»", "unit/relative-path"],
      ["!«/a/..»", "unit/path-not-normalized"],
      ['|!«"/a"»', "unit/quotes-literal"],
    ],
  },
  {
    setting: "Unit.ConditionPathExists",
    systemd: 262,
    valid: ["! /a", "| ! /a"],
    invalid: [["! «a»", "unit/relative-path"]],
  },
  {
    setting: "Unit.ConditionNeedsUpdate",
    valid: ["/etc", "!/var", "/var/"],
    invalid: [["«etc»", "unit/relative-path"]],
    noticed: [["|«/usr»", "unit/invalid-value"]],
  },
  {
    setting: "Service.RootHash",
    valid: ["/a", "00112233445566778899aabbccddeeff", "00112233445566778899AABBCCDDEEFF00"],
    invalid: [
      ["«aabbccdd»", "unit/invalid-value"],
      ["«00112233445566778899aabbccddeeff0»", "unit/invalid-value"],
      ["«a/b»", "unit/invalid-value"],
      ['«"/a"»', "unit/quotes-literal"],
    ],
  },
  {
    setting: "Service.RootHashSignature",
    valid: ["/a", "base64:aGFsbG8="],
    invalid: [
      ["«a/b»", "unit/invalid-value"],
      ["«aGFsbG8=»", "unit/invalid-value"],
      ["«base64:!»", "unit/invalid-value"],
      ['«"/a"»', "unit/quotes-literal"],
    ],
  },
];
