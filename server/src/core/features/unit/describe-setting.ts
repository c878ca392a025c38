// What is said of a setting of unit files, for hover and completion: Markdown.
import { isUpdateKind, type SettingsKind } from "../../model/unit-file.ts";
import { newestSystemd } from "../../tables/newest-systemd.ts";
import type { UnitSetting } from "../../tables/unit-setting.ts";
import { findGrammar } from "../../values/grammars.ts";

const manual = "https://www.freedesktop.org/software/systemd/man/latest";

/** A setting's name, meaning, values, default, history and example, and its place in the manual. */
export function describeSetting(setting: UnitSetting, section: string): string {
  const { name, description, example } = setting;
  const parts = [
    `**${name}=** in \`[${section}]\``,
    description ?? "",
    factsOf(setting).join("  \n"),
    example === undefined ? "" : `\`\`\`ini\n${exampleText(name, example)}\n\`\`\``,
    linkOf(setting),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Examples may be a value alone. */
function exampleText(name: string, example: string): string {
  return example.startsWith(`${name}=`) ? example : `${name}=${example}`;
}

function factsOf(setting: UnitSetting): string[] {
  const { since, list, resets } = setting;
  const facts = historyOf(setting);
  if (setting.grammar !== "ignored") facts.push(`Value: ${findGrammar(setting.grammar).syntax}.`);
  if (setting.default !== undefined) facts.push(`Default: \`${setting.default}\`.`);
  if (list) {
    facts.push(
      resets
        ? "Assignments accumulate; an empty value resets the list."
        : "Assignments accumulate; an empty value does not reset the list.",
    );
  } else if (resets) {
    facts.push("The last assignment applies; an empty value restores the default.");
  }
  if (since > 0) facts.push(`Requires systemd ${since} or later.`);
  return facts;
}

function historyOf({ gone, inert, replacement, description = "" }: UnitSetting): string[] {
  const successor = replacement === undefined ? "" : replacementText(replacement);
  const instead = successor === "" ? "" : `; use ${successor} instead`;
  if (gone !== undefined && gone <= newestSystemd) return [`Removed in systemd ${gone}${instead}.`];
  if (inert !== undefined && inert <= newestSystemd) return [`systemd ${inert} and later ignore it${instead}.`];
  return successor === "" || description.includes(successor) ? [] : [`An old name${instead}.`];
}

function replacementText(replacement: string): string {
  const [name, section] = replacement.split(".").reverse();
  return section === undefined ? `\`${name}=\`` : `\`${name}=\` in \`[${section}]\``;
}

/** Whether authors should no longer use a setting. */
export function isOutdated({ gone, inert, replacement }: UnitSetting): boolean {
  return (
    replacement !== undefined ||
    (gone !== undefined && gone <= newestSystemd) ||
    (inert !== undefined && inert <= newestSystemd)
  );
}

function linkOf({ name, page }: UnitSetting): string {
  return page === undefined ? "" : `[Manual](${manual}/${page}.html#${encodeURIComponent(name)}=)`;
}

/** What a section of a file is for, in one sentence; undefined for one that systemd does not know there. */
export function describeSection(section: string, kind?: SettingsKind): string | undefined {
  return kind !== undefined && isUpdateKind(kind) ? updateSectionTexts[section] : sectionTexts[section];
}

const sectionTexts: Readonly<Record<string, string>> = {
  Unit: "Describes the unit, its dependencies and when it is started; valid in every unit.",
  Install: "Used by `systemctl enable`; systemd itself ignores it at run time.",
  Service: "The processes that the service runs, and how they run.",
  Socket: "What systemd listens on to start a service when a client connects.",
  Timer: "When the timer starts its unit.",
  Path: "The paths to watch, to start a unit when they change.",
  Mount: "What is mounted, and where.",
  Automount: "The mount point that is mounted on first access.",
  Swap: "The device or file that is used as swap space.",
  Slice: "Limits on the resources that all units in the slice use together.",
  Scope: "Limits for processes that were not started by systemd.",
  Target: "A target has no settings of its own; its dependencies are in `[Unit]`.",
  Device: "A device has no settings of its own; it comes from the kernel.",
};

const updateSectionTexts: Readonly<Record<string, string>> = {
  Transfer:
    "Applies to source and target: which versions are considered, how they are verified, and which features enable them.",
  Source: "Where new versions are found, and the names of their files there.",
  Target: "Where versions are stored on the host, under which names, and how many are kept.",
  Feature:
    "Describes an optional part of an update, and whether it is enabled; transfers refer to it with `Features=`.",
  Component: "Describes a set of transfers with its own versions, and whether it is updated.",
};
