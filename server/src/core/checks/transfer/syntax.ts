// Lines of definitions that systemd does not read as their author meant: the checks of units under ids of their own.
import type { Entry, UnitFile } from "../../model/unit-file.ts";
import type { UpdateContext } from "../../model/update-context.ts";
import { firstComponent, firstTransferSuffix } from "../../model/update-set.ts";
import { sectionsOfSetting, updateSections } from "../../tables/find-unit-setting.ts";
import { readingOf } from "../../values/read-entry.ts";
import type { UpdateFileCheck } from "../check.ts";
import { insertAt } from "../fixes.ts";
import { replaced, tooNew } from "../unit/catalog.ts";
import { inlineComment, inlineCommentAt, reportInlineComment } from "../unit/inline-comment.ts";
import {
  blankAfterBackslash,
  emptyKey,
  linesWithoutEquals,
  lineTooLong,
  reportOutside,
  reportWithoutEquals,
  sectionHeader,
} from "../unit/syntax.ts";
import { feature, source, target, transfer } from "./example-texts.ts";
import { isNeeded } from "./needed.ts";

/** Whether the value goes wrong because of a backslash that does not end its line, which a check of lines says. */
export function isLineBroken({ text }: UnitFile, { node }: Entry): boolean {
  return /(?<!\\)(?:\\\\)*\\[ \t]+[\r\n\0]*$/.test(text.slice(node.span.start, node.span.end));
}

const outsideSection: UpdateFileCheck = {
  id: "transfer/outside-section",
  severity: "warning",
  title: "A setting before the first section",
  why: "systemd-sysupdate ignores assignments before the first section header.",
  example: { bad: `MinVersion=1\n${transfer()}`, good: `[Transfer]\nMinVersion=1\n\n${transfer()}` },
  run(file, _context, report) {
    reportOutside(file, (name) => sectionsOfSetting(name, updateSections)[0] ?? "Transfer", report);
  },
};

const missingEquals: UpdateFileCheck = {
  id: "transfer/missing-equals",
  severity: "warning",
  title: "A line that is neither a section header nor an assignment",
  why: "Every line is a comment, a [Section] or KEY=VALUE; systemd-sysupdate ignores other lines.",
  example: { bad: `${transfer()}InstancesMax 2\n`, good: `${transfer()}InstancesMax=2\n` },
  run(file, context, report) {
    for (const line of linesWithoutEquals(file, context)) {
      if (line.continues === undefined) reportWithoutEquals(file, line, report);
    }
  },
};

const continuation: UpdateFileCheck = {
  id: "transfer/continuation",
  severity: "error",
  title: "A continuation line after a line without a backslash",
  why: "A value continues on the next line only if a backslash is the last character of its line. Otherwise systemd-sysupdate ignores the following lines, so the patterns there match nothing.",
  example: {
    bad: `${source()}\n${target({ MatchPattern: "demo_@v+@l.raw\n             demo_@v.raw", TriesLeft: "3" })}`,
    good: `${source()}\n${target({ MatchPattern: "demo_@v+@l.raw \\\n             demo_@v.raw", TriesLeft: "3" })}`,
    fixed: ["good"],
  },
  run(file, context, report) {
    for (const { span, continues } of linesWithoutEquals(file, context)) {
      if (continues === undefined) continue;
      const { node, setting } = continues.entry;
      const text = file.text.slice(span.start, span.end);
      report(
        span,
        `"${text}" is not part of "${node.name}=" because the line before does not end with a backslash; systemd ignores it`,
        {
          severity: setting?.name === "MatchPattern" ? "error" : "warning",
          fixes: [insertAt(continues.lineEnd, " \\", "End the previous line with a backslash")],
        },
      );
    }
  },
};

const updateTooNew: UpdateFileCheck = {
  ...tooNew,
  id: "transfer/too-new",
  title: "Newer than the target version of systemd",
  why: "An older systemd ignores settings and file suffixes that it does not support, and rejects patterns that it cannot parse. The target version is the setting sysext.targetSystemd, or systemd in the sysext.json of the tree.",
  example: {
    bad: `[Transfer]\nChangeLog=https://example.com/demo/@v\n\n${transfer()}`,
    good: transfer(),
    systemd: 256,
    unit: "demo.conf",
  },
  run(file, context, report) {
    // Of a file that is not read at all there is nothing more to say.
    if (!isReadBy(context)) return;
    tooNew.run(file, context, report);
  },
};

/** Whether systemd reads files of this kind, whatever they are called. */
function isReadBy({ location, systemd }: UpdateContext): boolean {
  if (location?.kind === "component") return systemd >= firstComponent;
  return location?.kind !== "feature" || systemd >= firstTransferSuffix;
}

const updateInlineComment: UpdateFileCheck = {
  ...inlineComment,
  id: "transfer/inline-comment",
  why: "A comment needs a line of its own. After a value it is part of the value: numbers become invalid, paths point elsewhere, and systemd-sysupdate fails if a pattern contains # or whitespace.",
  example: {
    bad: `${source({ MatchPattern: "demo_@v.raw   # as it is built" })}\n${target()}`,
    good: `${source({ MatchPattern: "demo_@v.raw" })}\n${target()}# as it is built\n`,
    fixed: [
      {
        text: `[Source]\nType=regular-file\nPath=/srv/updates\n# as it is built\nMatchPattern=demo_@v.raw\n\n${target()}`,
      },
    ],
  },
  run(file, { systemd }, report) {
    for (const entry of file.entries) {
      const reading = readingOf(entry, systemd);
      if (reading === undefined) continue;
      const isFaulty = reading.faults.length > 0;
      const at = isFaulty ? inlineCommentAt(entry, systemd) : commentInPath(entry);
      if (at !== undefined) reportInlineComment(entry, at, report, isFaulty && isNeeded(entry) ? "error" : "warning");
    }
  },
};

/** A path may have anything in it; who writes a comment there means one all the same. */
function commentInPath({ node, setting }: Entry): number | undefined {
  if (!/^(?:source|target|symlink)-path$/.test(setting?.grammar ?? "")) return undefined;
  const match = /[ \t][#;](?=[ \t])/.exec(node.value.text);
  return match === null ? undefined : match.index + 1;
}

/** Checks of lines and names, in the order of their findings at one place. */
export const lineChecks: readonly UpdateFileCheck[] = [
  {
    ...lineTooLong,
    id: "transfer/line-too-long",
    example: { bad: `${transfer()}# ${"x".repeat(1 << 20)}\n`, good: transfer() },
  },
  {
    ...sectionHeader,
    id: "transfer/section-header",
    why: "A line that begins with a bracket must end with one and contain no control characters; otherwise systemd-sysupdate fails.",
    example: { bad: transfer().replace("[Target]", "[Target"), good: transfer(), fixed: ["good"] },
  },
  outsideSection,
  missingEquals,
  continuation,
  {
    ...emptyKey,
    id: "transfer/empty-key",
    why: "systemd-sysupdate ignores a line that begins with an equals sign.",
    example: { bad: `${transfer()}=yes\n`, good: `${transfer()}RemoveTemporary=yes\n` },
  },
  {
    ...blankAfterBackslash,
    id: "transfer/blank-after-backslash",
    example: {
      bad: feature({ Description: "Tools \\ ", Enabled: "yes" }),
      good: feature({ Description: "Tools \\\n  and more", Enabled: "yes" }),
      unit: "demo.feature",
      fixed: [{ text: "[Feature]\nDescription=Tools \\\nEnabled=yes\n" }],
    },
  },
  updateTooNew,
  {
    ...replaced,
    id: "transfer/replaced",
    example: {
      bad: `${transfer()}InstancesMax=2\nInstancesMax=3\n`,
      good: `${transfer()}InstancesMax=3\n`,
    },
  },
  updateInlineComment,
];
