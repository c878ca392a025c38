// Sections and settings that systemd does not know, or knows elsewhere.
import { type Entry, hasPlaceholder, settingsIn, type UnitFile } from "../../model/unit-file.ts";
import { sectionOfType, type UnitType, unitTypes } from "../../model/unit-name.ts";
import { sectionsOfSetting, unitSections } from "../../tables/find-unit-setting.ts";
import { meantWord } from "../../values/choices.ts";
import type { UnitFileCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";
import { moveToSection } from "./move-setting.ts";

/** A file with more unknown names than this is something else, and is not searched for slips. */
const maxUnknown = 100;

export const unknownSection: UnitFileCheck = {
  id: "unit/unknown-section",
  severity: "warning",
  title: "An unknown section",
  why: "A unit has the sections [Unit] and [Install], and the one of its type; systemd ignores everything in other sections. The names of your own sections begin with X-.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\n\n[Instal]\nWantedBy=multi-user.target\n",
    good: "[Service]\nExecStart=/usr/bin/demo\n\n[Install]\nWantedBy=multi-user.target\n",
    fixed: ["good"],
  },
  run(file, { type, template }, report) {
    const expected = ["Unit", "Install", ...(type === undefined ? unitSections : [sectionOfType(type)])];
    for (const { header, name, known } of file.sections.slice(0, maxUnknown)) {
      if (header === undefined || known || !header.valid || name.startsWith("X-")) continue;
      if (hasPlaceholder(name, template)) continue;
      const likely = meantWord(name, expected);
      const ownType = typeOfSection(name);
      const hint =
        likely !== undefined
          ? `did you mean "[${likely}]"?`
          : ownType !== undefined
            ? `"[${name}]" is for ${ownType} units`
            : "prefix your own sections with X-";
      report(
        header.nameSpan,
        `a ${type ?? "unit"} ${type === undefined ? "" : "unit "}has no section "[${name}]", so systemd ignores all of it; ${hint}`,
        likely === undefined ? {} : { fixes: [replaceWith(header.nameSpan, likely)] },
      );
    }
  },
};

function typeOfSection(name: string): UnitType | undefined {
  return unitTypes.find((type) => sectionOfType(type) === name);
}

export const wrongSection: UnitFileCheck = {
  id: "unit/wrong-section",
  severity: "warning",
  title: "A setting in the wrong section",
  why: "systemd reads a setting only in its own section, and ignores it in any other.",
  example: {
    bad: "[Unit]\n[Service]\nExecStart=/usr/bin/demo\nAfter=network-online.target\n",
    good: "[Unit]\nAfter=network-online.target\n[Service]\nExecStart=/usr/bin/demo\n",
    fixed: ["good"],
  },
  run(file, { type }, report) {
    for (const entry of unknownEntries(file)) {
      const { name, key } = entry.node;
      const [section] = rightfulSections(entry, type);
      const [foreign] = sectionsOfSetting(name);
      if (section === undefined && foreign !== undefined) {
        report(
          key,
          `"${name}=" is a setting of "[${foreign}]" in ${typeOfSection(foreign)} units, and systemd ignores it in "[${entry.section.name}]"; remove it`,
        );
      }
      if (section === undefined) continue;
      report(
        key,
        `"${name}=" is a setting of "[${section}]", and systemd ignores it in "[${entry.section.name}]"; move it there`,
        { fixes: [moveToSection(file, entry, section)] },
      );
    }
  },
};

export const unknownKey: UnitFileCheck = {
  id: "unit/unknown-key",
  severity: "hint",
  title: "An unknown setting",
  why: "systemd ignores unknown settings. One that resembles a known setting is probably misspelt, which is a warning; any other may be newer than this catalogue. The names of your own settings begin with X-.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nRestrat=always\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nRestart=always\nX-Restrat=always\n",
    fixed: [{ text: "[Service]\nExecStart=/usr/bin/demo\nRestart=always\n" }],
  },
  run(file, _context, report) {
    for (const entry of unknownEntries(file)) {
      if (sectionsOfSetting(entry.node.name).length > 0) continue; // it is in a wrong section
      const { name, key } = entry.node;
      const likely = meantWord(name, namesOfSection(entry.section.name));
      if (likely !== undefined) {
        report(key, `"${name}=" is not a known setting, so systemd ignores it; did you mean "${likely}="?`, {
          severity: "warning",
          fixes: [replaceWith(key, likely)],
        });
      } else {
        report(
          key,
          `"${name}=" is not a known setting of "[${entry.section.name}]", unless it is newer than this catalogue; prefix your own setting with "X-"`,
        );
      }
    }
  },
};

/** Assignments of names that their section does not have, as far as somebody could have meant a known one. */
function unknownEntries(file: UnitFile): readonly Entry[] {
  return file.entries
    .filter(
      ({ node: { name }, section, setting }) =>
        setting === undefined && section.known && name !== "" && !name.startsWith("X-") && !hasPlaceholder(name, true),
    )
    .slice(0, maxUnknown);
}

/** The sections of the same unit in which a setting would count. */
function rightfulSections({ node }: Entry, type: UnitType | undefined): string[] {
  const own = type === undefined ? unitSections : ["Unit", "Install", sectionOfType(type)];
  return sectionsOfSetting(node.name).filter((section) => own.includes(section));
}

const namesBySection = new Map<string, readonly string[]>();

function namesOfSection(section: string): readonly string[] {
  const known = namesBySection.get(section) ?? settingsIn(undefined, section).map(({ name }) => name);
  namesBySection.set(section, known);
  return known;
}
