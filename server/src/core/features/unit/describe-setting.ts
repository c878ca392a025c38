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
        ? "Assignments add up; an empty value takes back those before it."
        : "Assignments add up; an empty value takes nothing back.",
    );
  } else if (resets) {
    facts.push("The last assignment counts; an empty value brings the default back.");
  }
  if (since > 0) facts.push(`Known since systemd ${since}.`);
  return facts;
}

function historyOf({ gone, inert, replacement, description = "" }: UnitSetting): string[] {
  const successor = replacement === undefined ? "" : replacementText(replacement);
  const instead = successor === "" ? "" : `; write ${successor} instead`;
  if (gone !== undefined && gone <= newestSystemd) return [`systemd ${gone} and later do not know it${instead}.`];
  if (inert !== undefined && inert <= newestSystemd) return [`systemd ${inert} and later pass over it${instead}.`];
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
  Unit: "What the unit is, what it needs, and when it is started; every unit may have it.",
  Install: "What `systemctl enable` does with the unit; systemd itself passes over it.",
  Service: "The processes that the service runs, and how.",
  Socket: "What systemd listens on, to start a service when somebody connects.",
  Timer: "When the timer starts its unit.",
  Path: "Which files are watched, to start a unit when they change.",
  Mount: "What is mounted where.",
  Automount: "Where something is mounted as soon as it is looked at.",
  Swap: "Which device or file memory is moved to when it runs short.",
  Slice: "Limits of what all units in the slice may use together.",
  Scope: "Limits of processes that something other than systemd has started.",
  Target: "A target has no settings of its own; what pulls it in and what it waits for stands in `[Unit]`.",
  Device: "A device has no settings of its own; it comes from the kernel.",
};

const updateSectionTexts: Readonly<Record<string, string>> = {
  Transfer: "What holds for both sides: which versions count, who vouches for them, and which features switch them on.",
  Source: "Where new versions are found, and what their files are called there.",
  Target: "Where versions are stored on the host, what they are called there, and how many of them are kept.",
  Feature: "What an optional part of an update is, and whether it is on; transfers name it in `Features=`.",
  Component: "What a set of transfers with versions of its own is, and whether it is updated.",
};
