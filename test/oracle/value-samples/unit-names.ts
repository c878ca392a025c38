// Samples of names of units.
import type { ValueSample } from "../../support/value-sample.ts";

const long = `${"a".repeat(250)}.service`;

export const samples: readonly ValueSample[] = [
  {
    setting: "Unit.After",
    valid: [
      "foo.service",
      "foo.service bar.socket",
      "foo@.service foo@x.service foo@x@y.service",
      "foo%i.service foo@%i.service %p-bar.service",
      "%i",
      "foo\\x20bar.mount",
      "a-b.slice foo..service",
    ],
    invalid: [
      ["«foo»", "unit/dependency-without-suffix"],
      ["foo.service «bar» «baz»", "unit/dependency-without-suffix"],
      ["«foo.conf»", "unit/dependency-without-suffix"],
      ["«%p-bar»", "unit/dependency-without-suffix"],
      ['«"foo.service"»', "unit/quotes-literal"],
      ["«foo.Service»", "unit/invalid-unit-name"],
      ["«fo/o.service»", "unit/invalid-unit-name"],
      ["«föo.service»", "unit/invalid-unit-name"],
      ["«foo.service,bar.service»", "unit/invalid-unit-name"],
      ["«foo.service,» bar.service", "unit/invalid-unit-name"],
      ["«foo.service;»", "unit/invalid-unit-name"],
      ["«@.service» «@x.service» «.service»", "unit/invalid-unit-name"],
      ["«/usr/lib/systemd/system/foo.service»", "unit/invalid-unit-name"],
      [`«${long}»`, "unit/invalid-unit-name"],
      ["foo«%Z».service", "unit/unknown-specifier"],
    ],
    differs: { "%i": "systemd puts nothing in, since the unit that is tried out has no instance" },
  },
  {
    setting: "Unit.Requires",
    valid: ["foo.service bar.target"],
    invalid: [["foo.service «bar»", "unit/dependency-without-suffix"]],
  },
  {
    setting: "Service.Sockets",
    valid: ["foo.socket", "foo.socket bar@.socket"],
    invalid: [
      ["«foo.service»", "unit/invalid-unit-name"],
      ["foo.socket «bar»", "unit/dependency-without-suffix"],
      ["«foo%i.slice»", "unit/invalid-unit-name"],
    ],
  },
  {
    setting: "Socket.Service",
    valid: ["foo.service", "foo@x.service", "%p.service"],
    invalid: [
      ["«foo»", "unit/dependency-without-suffix"],
      ["«foo.socket»", "unit/invalid-unit-name"],
      ["«foo@.service»", "unit/invalid-unit-name"],
      ["«foo.service bar.service»", "unit/invalid-unit-name"],
      ["«»", "unit/invalid-unit-name"],
    ],
  },
  {
    setting: "Service.Slice",
    valid: ["foo.slice", "a-b.slice", "-.slice", "system-%p.slice"],
    invalid: [
      ["«foo»", "unit/dependency-without-suffix"],
      ["«foo.service»", "unit/invalid-unit-name"],
      ["«system-foo@x.slice»", "unit/invalid-unit-name"],
      ['«"foo.slice"»', "unit/quotes-literal"],
      ["«»", "unit/invalid-unit-name"],
    ],
  },
  {
    setting: "Service.Slice",
    valid: [],
    invalid: [
      ["«foo-.slice»", "unit/invalid-unit-name"],
      ["«a--b.slice»", "unit/invalid-unit-name"],
    ],
    differs: {
      "foo-.slice": "systemd says it of the slice and not of this line",
      "a--b.slice": "systemd says it of the slice and not of this line",
    },
  },
  {
    setting: "Timer.Unit",
    valid: ["foo.service", "foo.slice", "foo@x.service", "foo@%i.service"],
    invalid: [
      ["«foo»", "unit/dependency-without-suffix"],
      ["«foo bar.service»", "unit/invalid-unit-name"],
      ["«föo.service»", "unit/invalid-unit-name"],
    ],
  },
  { setting: "Path.Unit", valid: ["foo.target"], invalid: [["«foo»", "unit/dependency-without-suffix"]] },
  {
    setting: "Install.WantedBy",
    valid: ["multi-user.target", '"multi-user.target" foo@%i.service'],
    invalid: [["multi-user.target «graphical»", "unit/dependency-without-suffix"]],
  },
  {
    setting: "Install.Alias",
    valid: ["foo.service", "multi-user.target.wants/foo.service"],
    invalid: [["«foo»", "unit/dependency-without-suffix"]],
  },
  { setting: "Install.Also", valid: ["foo.socket foo.timer"], invalid: [['«"foo.socket"»', "unit/quotes-literal"]] },
  {
    setting: "Install.DefaultInstance",
    valid: ["eth0", "a@b", "%H", "dev-sda\\x2d1"],
    invalid: [
      ["«a/b»", "unit/invalid-unit-name"],
      ["«a b»", "unit/invalid-unit-name"],
    ],
  },
];
