// Completion in units, files of sysupdate and drop-ins: section headers, settings, values, and whole new files.
import { isUpdateKind, sectionsOfKind, settingsIn, type UnitFile } from "../../model/unit-file.ts";
import { unitSections } from "../../tables/find-unit-setting.ts";
import { newestSystemd } from "../../tables/newest-systemd.ts";
import type { UnitSetting } from "../../tables/unit-setting.ts";
import type { Span } from "../../text/span.ts";
import { offerValue } from "../../values/read-value.ts";
import type { Completion } from "../completion.ts";
import { caretAt, type HeaderCaret, type KeyCaret } from "./caret.ts";
import { completeValue } from "./complete-value.ts";
import type { UnitFeatureContext } from "./context.ts";
import { describeSection, describeSetting, isOutdated } from "./describe-setting.ts";
import { newDefinitions } from "./new-definition.ts";
import { newUnits } from "./new-unit.ts";

/** What can be completed at `offset`, the likeliest first; nothing in comments. */
export async function completeUnit(file: UnitFile, offset: number, context: UnitFeatureContext): Promise<Completion[]> {
  const caret = caretAt(file, offset);
  switch (caret.kind) {
    case "nothing":
      return [];
    case "header":
      return completeHeader(file, caret, offset, context);
    case "key":
      return completeKey(file, caret, context);
    case "value":
      return completeValue(file, caret, context);
  }
}

function completeHeader(file: UnitFile, { header }: HeaderCaret, offset: number, context: UnitFeatureContext) {
  const start = header.nameSpan.start - 1;
  const end = file.text.charAt(header.nameSpan.end) === "]" ? header.nameSpan.end + 1 : header.nameSpan.end;
  if (offset <= start || offset > end || /[\r\n\0]/.test(file.text.slice(start, end))) return [];
  const others = file.sections.filter((section) => section.header !== header).map(({ name }) => name);
  return headers(others, { start, end }, context);
}

/** Headers of sections that the unit's type has, those that the file does not have yet first. */
function headers(there: readonly string[], span: Span, { type }: UnitFeatureContext): Completion[] {
  const names = type === undefined ? unitSections : sectionsOfKind(type);
  return names
    .toSorted((a, b) => Number(there.includes(a)) - Number(there.includes(b)))
    .map((name) => ({
      label: `[${name}]`,
      kind: "section",
      detail: there.includes(name) ? "again" : "",
      documentation: describeSection(name, type) ?? "",
      span,
      text: `[${name}]`,
      continues: false,
    }));
}

function completeKey(file: UnitFile, caret: KeyCaret, context: UnitFeatureContext): Completion[] {
  const { section, entry, word } = caret;
  const settings = section === undefined ? [] : completeSetting(file, caret, context);
  // A line that begins a section is still empty.
  if (entry !== undefined || word.start !== word.end) return settings;
  const there = file.sections.map(({ name }) => name);
  const isEmpty = file.syntax.nodes.every(({ kind }) => kind === "blank" || kind === "comment");
  return [...settings, ...(isEmpty ? newFiles(word, context) : []), ...headers(there, word, context)];
}

function newFiles(span: Span, context: UnitFeatureContext): Completion[] {
  const { type } = context;
  return type !== undefined && isUpdateKind(type)
    ? newDefinitions(span, type, context)
    : newUnits(span, { ...context, type });
}

function completeSetting(file: UnitFile, { section, entry, word }: KeyCaret, context: UnitFeatureContext) {
  const sectionName = section?.name ?? "";
  const used = new Set(
    file.entries.filter((other) => other !== entry && other.section.name === sectionName).map(({ node }) => node.name),
  );
  const known = section?.known ? settingsIn(context.type, sectionName) : [];
  return known
    .filter((setting) => isOffered(setting, sectionName))
    .map((setting) => ({ setting, rank: rankOf(setting, used, context) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ setting }): Completion => {
      const outdated = isOutdated(setting);
      return {
        label: setting.name,
        kind: "key",
        detail: detailOf(setting, used),
        documentation: describeSetting(setting, sectionName),
        span: word,
        text: entry === undefined ? `${setting.name}=` : setting.name,
        ...(outdated ? { deprecated: true } : {}),
        continues: entry === undefined && offersValues(setting, sectionName, context),
      };
    });
}

/** Settings that no version knows any more, or that are refused in this section, are not for writing. */
function isOffered({ gone, rejected }: UnitSetting, section: string): boolean {
  return (gone === undefined || gone > newestSystemd) && !rejected?.includes(section);
}

function rankOf(setting: UnitSetting, used: ReadonlySet<string>, { systemd }: UnitFeatureContext): number {
  if (isOutdated(setting)) return 3;
  if (setting.since > systemd) return 2;
  return used.has(setting.name) && !setting.list ? 1 : 0;
}

function detailOf({ name, since, list }: UnitSetting, used: ReadonlySet<string>): string {
  const parts = [used.has(name) && !list ? "there already" : "", since > 0 ? `since systemd ${since}` : ""];
  return parts.filter((part) => part !== "").join(", ");
}

function offersValues(setting: UnitSetting, section: string, { systemd }: UnitFeatureContext): boolean {
  const offer = offerValue("", 0, { setting, section, systemd });
  return offer !== undefined && (offer.choices.length > 0 || offer.around !== undefined);
}
