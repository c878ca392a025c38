// What a transfer cannot do without, and what does not go together: systemd-sysupdate does not run with such a definition.
import type { UpdateCheck, UpdateFacts } from "../check.ts";
import type { Fix } from "../finding.ts";
import { insertAt, replaceWith } from "../fixes.ts";
import { partitionTarget, source, target, transfer } from "./example-texts.ts";
import { isUrlType, readTransfer, type SourceType, sectionSpan, sourceTypes, type Written } from "./transfer-facts.ts";
import { updateValueChecks } from "./value-checks.ts";

/** The facts of a check whose other findings come from the grammar of a value. */
function factsOf(id: string): Omit<UpdateCheck, "run"> {
  const facts = updateValueChecks.find((check) => check.id === id);
  if (facts === undefined) throw new Error(`there is no check "${id}"`);
  return facts;
}

/** Whether a section has an assignment of a setting that some other finding is about. */
function isWritten(definition: UpdateFacts, section: string, name: string): boolean {
  return definition.written(section, name).some(({ entry }) => entry.node.value.text !== "");
}

/** A line below the header of a section in the definition's main file; the section is made where there is none. */
function addLine({ main }: UpdateFacts, section: string, line: string): readonly Fix[] {
  if (main === undefined) return [];
  const { file } = main;
  const newline = file.text.includes("\r\n") ? "\r\n" : "\n";
  const header = file.sections.find(({ name }) => name === section)?.header;
  const last = file.sections.findLast(({ name }) => name === section)?.entries.at(-1);
  const title = `Add "${line}"`;
  const place = last?.node.span.end ?? header?.span.end ?? file.text.length;
  const before = place === 0 || /[\r\n]/.test(file.text.charAt(place - 1)) ? "" : newline;
  const heading = header === undefined ? `${newline}[${section}]${newline}` : "";
  return [insertAt(place, `${before}${heading}${line}${newline}`, title)];
}

export const sourceTypeMissing: UpdateCheck = {
  ...factsOf("transfer/source-type"),
  run(definition, _context, report) {
    const { sourceType, sourcePath, open } = readTransfer(definition);
    if (sourceType !== undefined || open || isWritten(definition, "Source", "Type")) return;
    const likely: SourceType | undefined = /^https?:/.test(sourcePath?.text ?? "") ? "url-file" : undefined;
    const words = sourceTypes.map((word) => `"${word}"`).join(", ");
    report(undefined, `the source has no type; set "Type=" in "[Source]" to one of ${words}`, {
      ...sectionSpan(definition, "Source"),
      fixes: likely === undefined ? [] : addLine(definition, "Source", `Type=${likely}`),
    });
  },
};

export const pathMissing: UpdateCheck = {
  ...factsOf("transfer/path"),
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    if (facts.open) return;
    for (const [section, path] of [
      ["Source", facts.sourcePath],
      ["Target", facts.targetPath],
    ] as const) {
      if (path !== undefined || isWritten(definition, section, "Path")) continue;
      const what = section === "Source" ? "the folder or address of the versions" : "the folder for the versions";
      report(undefined, `the ${section.toLowerCase()} has no path; set "Path=" in "[${section}]" to ${what}`, {
        ...sectionSpan(definition, section),
      });
    }
    checkSourceKind(facts.sourceType, facts.sourcePath);
    const { targetPath, targetType, writtenTarget, sourceType } = facts;
    if (targetPath?.text === "auto" && targetType !== undefined && targetType !== "partition") {
      const isFile = sourceType?.text === "url-file" || sourceType?.text === "regular-file";
      report(
        targetPath.at,
        `"auto" is valid only for partitions, but the target is a ${targetType}; use the folder for the versions${isFile ? ', or "Type=partition"' : ""}`,
        { fixes: writtenTarget === undefined && isFile ? addLine(definition, "Target", "Type=partition") : [] },
      );
    }

    function checkSourceKind(type: Written<SourceType> | undefined, path: Written | undefined): void {
      if (type === undefined || path === undefined) return;
      const isAddress = /^(?:https?|file):\//.test(path.text);
      const isPath = path.text.startsWith("/");
      if (isUrlType(type.text) && isPath) {
        const local = type.text === "url-file" ? "regular-file" : "tar";
        report(
          path.at,
          `a source of type "${type.text}" needs an address, but "${path.text}" is a path; use an address, or "Type=${local}"`,
          {
            fixes:
              type.at.source === path.at.source
                ? [replaceWith(type.at.entry.node.value.span, local, `Change the type to "${local}"`)]
                : [],
          },
        );
      } else if (!isUrlType(type.text) && isAddress) {
        const remote = type.text === "regular-file" ? "url-file" : "url-tar";
        report(
          path.at,
          `a source of type "${type.text}" needs an absolute path, but "${path.text}" is an address; use "Type=${remote}"`,
          {
            fixes:
              type.at.source === path.at.source
                ? [replaceWith(type.at.entry.node.value.span, remote, `Change the type to "${remote}"`)]
                : [],
          },
        );
      }
    }
  },
};

export const patternMissing: UpdateCheck = {
  id: "transfer/pattern-missing",
  severity: "error",
  title: "A source without a pattern",
  why: "The pattern says which files of a source are versions, and where the version is in their names; systemd-sysupdate fails if a definition has none.",
  example: {
    bad: `${source({ MatchPattern: "" })}\n${target()}`,
    good: `${source()}\n${target({ MatchPattern: "" })}`,
    fixed: [{ text: transfer() }],
  },
  run(definition, { location }, report) {
    const { sourcePatterns, targetPatterns, open } = readTransfer(definition);
    if (sourcePatterns.length > 0 || open) return;
    const name = (location?.id ?? "demo").replace(/^\d+[-_]/, "");
    const stem = /^[A-Za-z0-9._-]+$/.test(name) ? name : "demo";
    const likely = targetPatterns[0]?.pattern.faults.length === 0 ? targetPatterns[0].text : `${stem}_@v.raw`;
    report(undefined, 'the source has no pattern to recognise versions; set "MatchPattern="', {
      ...sectionSpan(definition, "Source"),
      fixes: addLine(definition, "Source", `MatchPattern=${likely}`),
    });
  },
};

export const typeIncompatible: UpdateCheck = {
  id: "transfer/type-incompatible",
  severity: "error",
  title: "A target that does not match the type of the source",
  why: "Files become files or partitions; archives, folders and subvolumes become folders or subvolumes. systemd-sysupdate fails for any other combination.",
  example: {
    bad: transfer({}, { Type: "directory" }),
    good: transfer({ Type: "tar" }, { Type: "directory" }),
    fixed: [{ text: transfer() }],
  },
  run(definition, _context, report) {
    const { sourceType, writtenTarget } = readTransfer(definition);
    if (sourceType === undefined || writtenTarget === undefined) return;
    const isFile = sourceType.text === "url-file" || sourceType.text === "regular-file";
    const fitting = isFile ? ["regular-file", "partition"] : ["directory", "subvolume"];
    if (fitting.includes(writtenTarget.text)) return;
    const [first = "", second = ""] = fitting;
    report(
      writtenTarget.at,
      `a source of type "${sourceType.text}" cannot become a "${writtenTarget.text}"; use "${first}" or "${second}", or another type of source`,
      { fixes: [replaceWith(writtenTarget.at.entry.node.value.span, first)] },
    );
  },
};

export const pathRelativeTo: UpdateCheck = {
  ...factsOf("transfer/path-relative-to"),
  run(definition, _context, report) {
    const { sourceType, targetType } = readTransfer(definition);
    for (const [section, type] of [
      ["Source", sourceType?.text],
      ["Target", targetType],
    ] as const) {
      const at = definition.last(section, "PathRelativeTo");
      const text = at?.entry.node.value.text ?? "";
      if (type === undefined || !/^(?:esp|xbootldr|boot)$/.test(text)) continue;
      if (type === "regular-file" || type === "directory") continue;
      report(
        at,
        `only files and folders can be on a boot partition, but the ${section.toLowerCase()} is of type "${type}"; remove "PathRelativeTo=${text}"`,
        { severity: "error" },
      );
    }
  },
};

export const symlinkRelative: UpdateCheck = {
  id: "transfer/symlink-relative",
  severity: "error",
  title: "A relative symlink to a partition",
  why: "A relative symlink is relative to the path of the target, which a partition does not have; systemd-sysupdate fails with such a definition.",
  example: {
    bad: `${source()}\n${partitionTarget({ CurrentSymlink: "demo" })}`,
    good: `${source()}\n${partitionTarget({ CurrentSymlink: "/run/demo" })}`,
  },
  run(definition, _context, report) {
    const { targetType, symlink } = readTransfer(definition);
    if (targetType !== "partition" || symlink === undefined) return;
    if (symlink.text === "" || /^[/%]/.test(symlink.text) || symlink.text.split("/").includes("..")) return;
    report(symlink.at, `"${symlink.text}" is relative, but a partition has no path; use an absolute path`);
  },
};
