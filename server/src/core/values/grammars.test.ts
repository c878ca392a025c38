import assert from "node:assert/strict";
import { test } from "node:test";
import type { UnitSetting } from "../tables/unit-setting.ts";
import { unitSettings } from "../tables/unit-settings.ts";
import { updateSettings } from "../tables/update-settings.ts";
import { findGrammar } from "./grammars.ts";
import { offerValue, readValue } from "./read-value.ts";

const settings: readonly UnitSetting[] = [...unitSettings, ...updateSettings];
/** One setting of each class. */
const samples = new Map(settings.map((setting) => [setting.grammar, setting]));

/** Texts of the signs that mean something, the same on every run. */
function* randomTexts(count: number): Generator<string> {
  const parts = [
    ...[
      "a",
      "B",
      "/",
      "..",
      "-",
      "+",
      "!",
      "|",
      "~",
      "@",
      ":",
      ";",
      ",",
      "=",
      "<",
      ">",
      "$",
      "{",
      "}",
      "%",
      "%i",
      "%%",
      "@v",
      "**/",
    ],
    ...[
      '"',
      "'",
      "\\",
      "\\x41",
      " ",
      "  ",
      "\t",
      "0",
      "1",
      "255",
      "7.5",
      ".service",
      "=b",
      "yes",
      "\u00e4",
      "\u{1f600}",
      "(",
      ")",
    ],
  ];
  let seed = 11;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let i = 0; i < count; i++) {
    yield Array.from({ length: next(12) }, () => parts[next(parts.length)] ?? "").join("");
  }
}

test("has a grammar for every class that the catalogue names", () => {
  const plain = ["text", "ignored"];
  const { syntax } = findGrammar("text");
  for (const grammar of samples.keys()) {
    if (!plain.includes(grammar)) assert.notEqual(findGrammar(grammar).syntax, syntax, grammar);
  }
});

test("keeps to the value, whatever stands in it", () => {
  const texts = [...randomTexts(150)];
  for (const [grammar, setting] of samples) {
    for (const text of texts) {
      const place = { setting, section: "Service", systemd: 250 };
      const { pieces, faults } = readValue(text, place);
      for (const { start, end } of [...pieces, ...faults]) {
        assert.ok(
          start >= 0 && start <= end && end <= text.length,
          `${grammar}: ${JSON.stringify(text)} ${start}-${end}`,
        );
      }
      for (const at of [0, text.length >> 1, text.length]) {
        const offer = offerValue(text, at, place);
        if (offer === undefined) continue;
        const { from, to } = offer;
        assert.ok(
          from >= 0 && from <= at && at <= to && to <= text.length,
          `${grammar}: ${JSON.stringify(text)} at ${at}: ${from}-${to}`,
        );
      }
    }
  }
});

test("has words in every message", () => {
  for (const [grammar, setting] of samples) {
    for (const text of randomTexts(60)) {
      for (const { message } of readValue(text, { setting, section: "Service", systemd: 250 }).faults) {
        assert.doesNotMatch(message, /undefined|NaN|\[object/, `${grammar}: ${message}`);
      }
    }
  }
});

test("says what a class with arguments takes", () => {
  for (const [grammar, syntax] of Object.entries({
    "enum KillMode": "one of `control-group`, `process`, `mixed`, `none`",
    "enum LogLevel 0 7":
      "one of `emerg`, `alert`, `crit`, `err`, `warning`, `notice`, `info`, `debug`, or a number from 0 to 7",
    "enum ServiceType": "one of `simple`, `forking`, `oneshot`, `dbus`, `notify`, `notify-reload`, `idle`, `exec`",
    "enum CPUSchedulingPolicy 0 2147483647": "one of `other`, `batch`, `idle`, `fifo`, `ext`, `rr`, or a number",
    "boolean-or ProtectSystem": "a boolean, or one of `no`, `yes`, `full`, `strict`",
    "boolean-or PrivateTmp": "a boolean, or one of `no`, `connected`, `disconnected`",
    integer: "a number",
    "integer 0 2147483647": "a number of at least 0",
    "integer 1 10000": "a number from 1 to 10000",
    "integer 1 10000 idle": "a number from 1 to 10000, or `idle`",
    unsigned: "a number of at least 0",
    "unsigned infinity": "a number of at least 0, or `infinity`",
    units: "unit names, separated by spaces",
    "units socket": "unit names that end in `.socket`, separated by spaces",
    "units service timer": "unit names that end in `.service`, `.timer`, separated by spaces",
    unit: "a unit name",
    "unit service": "a unit name that ends in `.service`",
    "unit service slice": "a unit name that ends in `.service` or `.slice`",
    timespan: "a time span (`5min 20s`; a number without a unit is in seconds)",
    "timespan ns": "a time span (`50us`; a number without a unit is in nanoseconds)",
    "limit bytes": "bytes (`512K`, `1G`), or `infinity`; optionally a colon and the hard limit",
    "limit count": "a number, or `infinity`; optionally a colon and the hard limit",
    "limit time": "a time span (in seconds if it has no unit), or `infinity`; optionally a colon and the hard limit",
    "limit microseconds":
      "a time span (in microseconds if it has no unit), or `infinity`; optionally a colon and the hard limit",
    "limit nice":
      "a nice level with its sign (`-5`, `+10`), or a raw limit from 0 to 40; optionally a colon and the hard limit",
    "cpu-list": "numbers and ranges (`0-3 8`)",
    "cpu-list all": "numbers and ranges (`0-3 8`), or `all`",
    interface: "the name of a network interface",
    "interface *": "the name of a network interface, or `*`",
    "bpf BPFDelegateMaps": "names such as `BPFMapTypeUnspec` separated by commas, or `any`",
    "words SecureBits": "names such as `keep-caps`, `keep-caps-locked`, `no-setuid-fixup`, separated by spaces",
    "condition Virtualization":
      "a boolean, or kind of virtualization, one of `none`, `kvm`, `amazon`, `qemu`, `bochs`, `xen` …; with the prefixes `|` (one such condition is enough) and `!` (negated)",
    "condition Architecture":
      "architecture, one of `arm64`, `arm64-be`, `arm`, `arm-be`, `alpha`, `arc` …; with the prefixes `|` (one such condition is enough) and `!` (negated)",
    "condition Security":
      "security technology, one of `selinux`, `smack`, `apparmor`, `audit`, `ima`, `tomoyo` …; with the prefixes `|` (one such condition is enough) and `!` (negated)",
    "condition ACPower":
      "a boolean (`yes` or `no`); with the prefixes `|` (one such condition is enough) and `!` (negated)",
    "condition Host":
      "a host name, a pattern of one, or a machine's identifier; with the prefixes `|` (one such condition is enough) and `!` (negated)",
    "condition Unheard": "text; with the prefixes `|` (one such condition is enough) and `!` (negated)",
    nonsense: "text",
  })) {
    assert.equal(findGrammar(grammar).syntax, syntax, grammar);
  }
});
