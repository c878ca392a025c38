// Sections and settings that systemd-sysupdate does not know, or knows elsewhere.
import { type Entry, hasPlaceholder, isUpdateKind, sectionsOfKind, type UnitFile } from "../../model/unit-file.ts";
import type { UpdateContext } from "../../model/update-context.ts";
import type { UpdateKind } from "../../model/update-location.ts";
import { sectionsOfSetting, settingsOfSection, updateSections } from "../../tables/find-unit-setting.ts";
import { meantWord } from "../../values/choices.ts";
import type { Report, UpdateFileCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { replaceWith } from "../fixes.ts";
import { moveToSection } from "../unit/move-setting.ts";
import { feature, source, transfer } from "./example-texts.ts";

/** A file with more unknown names than this is something else, and is not searched for slips. */
const maxUnknown = 100;

export const unknownSection: UpdateFileCheck = {
  id: "transfer/unknown-section",
  severity: "warning",
  title: "An unknown section",
  why: "A transfer has [Transfer], [Source] and [Target], a feature has [Feature], a component has [Component]; systemd-sysupdate ignores everything in other sections. The names of your own sections begin with X-.",
  example: {
    bad: transfer().replace("[Source]", "[Transfers]\nMinVersion=1\n\n[Source]"),
    good: transfer().replace("[Source]", "[Transfer]\nMinVersion=1\n\n[X-Transfers]\nMinVersion=1\n\n[Source]"),
    fixed: [{ text: `[Transfer]\nMinVersion=1\n\n${transfer()}` }],
  },
  run(file, { location, template }, report) {
    const expected = expectedSections(location?.kind);
    for (const { header, name } of file.sections.slice(0, maxUnknown)) {
      if (header?.valid !== true || expected.includes(name) || name.startsWith("X-")) continue;
      if (hasPlaceholder(name, template)) continue;
      const likely = meantWord(name, expected);
      const known = expected.map((section) => `"[${section}]"`).join(", ");
      report(
        header.nameSpan,
        `a ${location?.kind ?? "transfer"} has no section "[${name}]", so systemd ignores all of it; ${likely === undefined ? `it has ${known}` : `did you mean "[${likely}]"?`}`,
        likely === undefined ? {} : { fixes: [replaceWith(header.nameSpan, likely)] },
      );
    }
  },
};

function expectedSections(kind: UpdateKind | undefined): readonly string[] {
  return kind !== undefined && isUpdateKind(kind) ? sectionsOfKind(kind) : updateSections;
}

export const unknownKey: UpdateFileCheck = {
  id: "transfer/unknown-key",
  severity: "warning",
  title: "An unknown setting in a section",
  why: "systemd-sysupdate ignores a setting that the section does not have, even if another section has it. The names of your own settings begin with X-.",
  example: {
    bad: `[Transfer]\nInstancesMax=2\n\n${transfer()}`,
    good: `${transfer()}InstancesMax=2\nX-InstancesMax=4\n`,
    fixed: [
      {
        text: `[Transfer]\n\n${source()}\n[Target]\nInstancesMax=2\nType=regular-file\nPath=/var/lib/demo\nMatchPattern=demo_@v.raw\n`,
      },
    ],
  },
  run(file, context, report) {
    if (context.location?.kind === "feature" || context.location?.kind === "component") return;
    reportUnknown(file, context, report);
  },
};

export const featureFile: UpdateFileCheck = {
  id: "transfer/feature-file",
  severity: "warning",
  title: "A setting of a feature or component that has no effect",
  why: "systemd-sysupdate ignores unknown settings of features and components, and values that it cannot parse, and uses the default: features are off, components are on.",
  example: {
    bad: feature({ Description: "Tools", Enable: "yes" }),
    good: feature({ Description: "Tools", Enabled: "yes" }),
    unit: "demo.feature",
    fixed: ["good"],
  },
  run(file, context, report) {
    if (context.location?.kind === "feature" || context.location?.kind === "component")
      reportUnknown(file, context, report);
  },
};

/** Assignments of names that their section does not have, as far as somebody could have meant a known one. */
function unknownEntries(file: UnitFile): readonly Entry[] {
  return file.entries
    .filter(
      ({ node: { name }, section, setting, open }) =>
        setting === undefined &&
        section.known &&
        name !== "" &&
        !open &&
        !name.startsWith("X-") &&
        !hasPlaceholder(name, true),
    )
    .slice(0, maxUnknown);
}

function reportUnknown(file: UnitFile, { location }: UpdateContext, report: Report): void {
  const sections = expectedSections(location?.kind);
  for (const entry of unknownEntries(file)) {
    const { name, key } = entry.node;
    const here = entry.section.name;
    const owners = sectionsOfSetting(name, sections);
    const [owner] = owners;
    if (owner !== undefined) {
      // Which of two is meant nobody can tell.
      const fixes: Fix[] = owners.length === 1 ? [moveToSection(file, entry, owner)] : [];
      const known = owners.map((section) => `"[${section}]"`).join(" and ");
      report(key, `"${name}=" is a setting of ${known}, and systemd ignores it in "[${here}]"; move it there`, {
        fixes,
      });
      continue;
    }
    const known = settingsOfSection(here).map((setting) => setting.name);
    const likely = meantWord(name, known);
    if (likely !== undefined) {
      const fixes = [replaceWith(key, likely)];
      report(key, `"[${here}]" has no setting "${name}=", so systemd ignores it; did you mean "${likely}="?`, {
        fixes,
      });
    } else {
      const remove: Fix = { title: `Remove "${name}"`, changes: [{ kind: "edit", span: entry.node.span, text: "" }] };
      report(
        key,
        `"[${here}]" has no setting "${name}=", so systemd ignores it; remove it, or prefix your own setting with "X-"`,
        { fixes: [remove] },
      );
    }
  }
}
