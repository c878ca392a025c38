// Reads values of settings in tests: what is said of them, what repairs them, and what is offered at a caret.
import assert from "node:assert/strict";
import type { Fault, Piece, Reading } from "../../server/src/core/model/value-reading.ts";
import { findUnitSetting } from "../../server/src/core/tables/find-unit-setting.ts";
import { specifiers } from "../../server/src/core/tables/specifiers.ts";
import type { UnitWord } from "../../server/src/core/tables/unit-setting.ts";
import { unitWords } from "../../server/src/core/tables/unit-words.ts";
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

/** What is read of values, by value: each piece as `kind text = meaning`, then each fault as in `faultLine`. */
export type Readings = Readonly<Record<string, readonly string[]>>;

/** Compares what is read of some values of a setting. What the tables of facts say is written as an ellipsis. */
export function assertReadings(setting: string, expected: Readings, systemd = newest): void {
  for (const [text, lines] of Object.entries(expected)) {
    assert.deepEqual(linesOf(setting, text, systemd), lines, `${setting}=${text}`);
  }
}

/** What `assertReadings` compares. */
export function linesOf(setting: string, text: string, systemd: number): string[] {
  const { pieces, faults } = readSetting(setting, text, systemd);
  return [...pieces.map((piece) => pieceLine(piece, text)), ...faults.map((fault) => faultLine(fault, text))];
}

function pieceLine({ kind, start, end, meaning }: Piece, text: string): string {
  const said = typeof meaning === "function" ? meaning() : meaning;
  return `${kind} ${text.slice(start, end)}${said === undefined ? "" : ` = ${withoutFacts(said)}`}`;
}

/** Texts that change whenever somebody words a fact better. */
const facts: ReadonlySet<string> = new Set(
  [...Object.values<readonly UnitWord[]>(unitWords).flat(), ...specifiers].flatMap(({ description }) =>
    description === undefined ? [] : [description],
  ),
);

function withoutFacts(said: string): string {
  const [, before = "", fact = ""] = /^(`%.`: )?(.*)$/s.exec(said) ?? [];
  return facts.has(fact) ? `${before}…` : said;
}

/** `start-end severity check: message → replacement | replacement`, without a severity where the check's own counts. */
function faultLine({ start, end, severity, check, message, replacements }: Fault, text: string): string {
  assert.ok(end <= text.length);
  const severityText = severity === undefined ? "" : `${severity} `;
  const repairs = replacements === undefined ? "" : ` → ${replacements.join(" | ")}`;
  return `${start}-${end} ${severityText}${check}: ${message}${repairs}`;
}

/** Compares what is offered at carets, written as ‸: the text that is replaced, then the choices. */
export function assertOffers(setting: string, expected: Readonly<Record<string, string>>, systemd = newest): void {
  for (const [marked, line] of Object.entries(expected)) {
    assert.equal(offerLine(offerAt(setting, marked, systemd)), line, `${setting}=${marked}`);
  }
}

/** How many choices are written out; longer lists are those of the tables, whose beginning is enough. */
const maxListedChoices = 12;

/** What `assertOffers` compares. */
export function offerLine(offer: ReturnType<typeof offerAt>): string {
  if (offer === undefined) return "nothing";
  const { replaced, choices, around } = offer;
  const listed = choices.slice(0, choices.length > maxListedChoices ? 3 : maxListedChoices);
  const texts = listed.map(({ text, detail }) => (detail === undefined ? text : `${text} = ${withoutFacts(detail)}`));
  if (choices.length > listed.length) texts.push("…");
  const beside = around === undefined ? "" : typeof around === "string" ? around : `units ${around.units.join(" ")}`;
  return [`"${replaced}"`, texts.join(" | "), beside]
    .filter((part) => part !== "")
    .join("; ")
    .trimEnd();
}
