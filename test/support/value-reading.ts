// Reads values of settings in tests: what is said of them, what repairs them, and what is offered at a caret.
import assert from "node:assert/strict";
import type { Reading } from "../../server/src/core/model/value-reading.ts";
import { findUnitSetting } from "../../server/src/core/tables/find-unit-setting.ts";
import type { Offer } from "../../server/src/core/values/grammar.ts";
import { offerValue, readValue, type ValuePlace } from "../../server/src/core/values/read-value.ts";

const newest = 262;

function placeOf(setting: string, systemd: number): ValuePlace {
  const [section = "", name = ""] = setting.split(".");
  const found = findUnitSetting(section, name);
  assert.ok(found, `there is no setting "${setting}"`);
  return { setting: found, section, systemd };
}

/** The reading of a value of a setting such as `Service.ExecStart`. */
export function readSetting(setting: string, text: string, systemd = newest): Reading {
  return readValue(text, placeOf(setting, systemd));
}

/** A value with the first repair of each fault made. */
export function repair(setting: string, text: string, systemd = newest): string {
  const { faults } = readSetting(setting, text, systemd);
  const fromTheEnd = faults.toSorted((a, b) => b.start - a.start);
  return fromTheEnd.reduce(
    (value, { start, end, replacements: [first] = [] }) =>
      first === undefined ? value : value.slice(0, start) + first + value.slice(end),
    text,
  );
}

/** The parts of a value that have a colour: each as `kind text`. */
export function piecesIn(setting: string, text: string): string[] {
  return readSetting(setting, text).pieces.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

/** What is offered at the caret, written as ‸, and the text that a choice takes the place of. */
export function offerAt(
  setting: string,
  marked: string,
  systemd = newest,
): (Offer & { readonly replaced: string }) | undefined {
  const at = marked.indexOf("‸");
  const text = marked.replace("‸", "");
  const offer = offerValue(text, at, placeOf(setting, systemd));
  return offer === undefined ? undefined : { ...offer, replaced: text.slice(offer.from, offer.to) };
}

/** The texts that an offer has. */
export function textsOf(offer: Offer | undefined): string[] {
  return (offer?.choices ?? []).map(({ text }) => text);
}
