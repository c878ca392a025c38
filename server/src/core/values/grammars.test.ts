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
