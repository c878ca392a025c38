// Samples of booleans and words of a list.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.SendSIGKILL",
    valid: ["yes", "Yes", "T", "oN", "1", "no", "F", "oFF", "0"],
    invalid: [
      ["«maybe»", wrong],
      ["«2»", wrong],
      ["«»", wrong],
      ['«"yes"»', "unit/quotes-literal"],
      ["«enabled»", wrong],
    ],
  },
  {
    setting: "Service.PrivateMounts",
    valid: ["yes", "no"],
    invalid: [["«x»", wrong]],
  },
  {
    setting: "Service.MountAPIVFS",
    systemd: 258,
    valid: ["yes", ""],
    invalid: [],
  },
  {
    setting: "Service.ProtectHome",
    valid: ["yes", "no", "1", "read-only", "tmpfs"],
    invalid: [
      ["«readonly»", wrong],
      ["«Read-Only»", wrong],
      ["«»", wrong],
      ['«"yes"»', "unit/quotes-literal"],
    ],
  },
  {
    setting: "Service.ProtectSystem",
    valid: ["strict", "full", "true"],
    invalid: [
      ["«FULL»", wrong],
      ["«foo»", wrong],
    ],
  },
  {
    setting: "Service.PrivateTmp",
    valid: ["yes"],
    invalid: [["«disconnected»", "unit/too-new"]],
  },
  {
    setting: "Service.PrivateTmp",
    systemd: 257,
    valid: ["yes", "disconnected"],
    invalid: [["«disconected»", wrong]],
  },
  {
    setting: "Service.Restart",
    valid: ["no", "on-failure", "always"],
    invalid: [
      ["«onfailure»", wrong],
      ["«On-Failure»", wrong],
      ["«yes»", wrong],
      ["«»", wrong],
      ["«on failure»", wrong],
    ],
  },
  {
    setting: "Service.Type",
    valid: ["simple", "oneshot"],
    invalid: [
      ["«one-shot»", wrong],
      ["«notify-reload»", "unit/too-new"],
    ],
  },
  {
    setting: "Service.IOSchedulingClass",
    valid: ["best-effort", "2", "4", "8", "0x2"],
    invalid: [
      ["«100»", wrong],
      ["«-1»", wrong],
      ["«besteffort»", wrong],
      ["«realtim»", wrong],
    ],
  },
  {
    setting: "Service.CPUSchedulingPolicy",
    valid: ["fifo", "1", "9", "0x2"],
    invalid: [
      ["«ext»", "unit/too-new"],
      ["«-1»", wrong],
      ["«sched_fifo»", wrong],
    ],
  },
  {
    setting: "Service.SyslogFacility",
    valid: ["daemon", "local7", "3", "24", "127", "0x3"],
    invalid: [
      ["«128»", wrong],
      ["«-1»", wrong],
      ["«daemon.info»", wrong],
      ["«Daemon»", wrong],
    ],
  },
  {
    setting: "Service.SyslogLevel",
    valid: ["info", "6", "+3"],
    invalid: [
      ["«8»", wrong],
      ["«warn»", wrong],
      ["«error»", wrong],
    ],
  },
  {
    setting: "Service.LogLevelMax",
    valid: ["debug", "7"],
    invalid: [["«trace»", wrong]],
  },
  {
    setting: "Socket.IPTOS",
    valid: ["low-delay", "5", "255", "0x10"],
    invalid: [
      ["«-1»", wrong],
      ["«256»", wrong],
      ["«low_delay»", wrong],
    ],
  },
  {
    setting: "Socket.BindIPv6Only",
    valid: ["both", "ipv6-only", "default", "yes"],
    invalid: [["«BOTH»", wrong]],
  },
  {
    setting: "Socket.Timestamping",
    valid: ["us", "µs", "nsec", "no", "yes"],
    invalid: [["«US»", wrong]],
  },
  {
    setting: "Socket.SocketProtocol",
    valid: ["sctp", "udplite"],
    invalid: [
      ["«tcp»", wrong],
      ["«mptcp»", "unit/too-new"],
    ],
  },
  {
    setting: "Service.RuntimeDirectoryPreserve",
    valid: ["restart", "yes", "no"],
    invalid: [["«always»", wrong]],
  },
  {
    setting: "Service.KeyringMode",
    valid: ["private", "shared", "inherit"],
    invalid: [["«none»", wrong]],
  },
  {
    setting: "Service.NUMAPolicy",
    valid: ["bind"],
    invalid: [
      ["«2»", wrong],
      ["«binds»", wrong],
    ],
  },
  {
    setting: "Service.MountFlags",
    valid: ["shared", "slave", "private"],
    invalid: [
      ["«slave private»", wrong],
      ["«rshared»", wrong],
    ],
  },
  {
    setting: "Service.Personality",
    valid: ["x86-64"],
    invalid: [["«x86_64»", wrong]],
  },
  {
    setting: "Service.UtmpMode",
    valid: ["init", "login", "user"],
    invalid: [["«logins»", wrong]],
  },
];
