// The names of extensions and of their images.
import { nameFault } from "../../hosts/image-name.ts";
import { projectPath } from "../../model/project.ts";
import { releasePath } from "../../model/release-location.ts";
import type { TreeFacts } from "../../model/tree-facts.ts";
import type { Span } from "../../text/span.ts";
import type { TreeCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";
import { extensionTarget, source, target, transfer } from "../transfer/example-texts.ts";

/** Where a finding about the name is shown. */
function placeOfName({ extension }: TreeFacts): string {
  return extension.allReleaseFiles[0] ?? releasePath(extension.class, extension.name);
}

const invalid: TreeCheck = {
  id: "name/invalid",
  severity: "error",
  title: "A name that is not valid for an extension",
  why: "systemd ignores images whose names are empty or too long, begin with .#, or contain non-printable characters.",
  example: {
    badTree: { "usr/lib/extension-release.d/extension-release..#demo": "ID=_any\n" },
    goodTree: { "usr/lib/extension-release.d/extension-release.demo": "ID=_any\n" },
    name: ".#demo",
  },
  run(facts, _context, report) {
    const fault = nameFault(facts.extension.name);
    if (fault === undefined) return;
    report(placeOfName(facts), `${fault}, so no host accepts the extension; set another "name" in "${projectPath}"`);
  },
};

const versionBadChar: TreeCheck = {
  id: "name/version-bad-char",
  severity: "error",
  title: "A version that is not valid in the name of an image",
  why: "A version is part of image names and update patterns, where only letters, digits and .-~^+ are valid. Other characters, such as the colon of an epoch, end it or break the mount.",
  example: {
    badTree: { "sysext.json": '{ "version": "5:1.2" }\n' },
    goodTree: { "sysext.json": '{ "version": "5+1.2" }\n' },
    fixed: ["good"],
  },
  run({ extension: { project, projectText = "" } }, { systemd }, report) {
    const { version } = project;
    if (version === undefined) return;
    const [sign] = /[^0-9A-Za-z.~^+_-]/.exec(version) ?? [];
    const late = /[~^]/.exec(version)?.[0];
    const span = spanOfVersion(projectText, version);
    if (sign !== undefined) {
      const better = version.replaceAll(/[^0-9A-Za-z.~^+_-]+/g, "+");
      report(projectPath, `"${sign}" is not valid in the version "${version}" of an image; use "${better}"`, {
        span,
        fixes: span.end === 0 ? [] : [replaceWith(span, better)],
      });
    } else if (late !== undefined && systemd < 262) {
      report(
        projectPath,
        `systemd-sysupdate accepts "${late}" in a version only from 262 on; use a version without it`,
        {
          span,
          severity: "info",
        },
      );
    }
  },
};

/** Where the version stands in the project file; its beginning when it is written with escapes. */
function spanOfVersion(text: string, version: string): Span {
  const key = /"version"\s*:\s*"/.exec(text);
  const start = key === null ? 0 : key.index + key[0].length;
  return text.startsWith(`${version}"`, start) ? { start, end: start + version.length } : { start: 0, end: 0 };
}

/** What other tools call architectures in names. */
const foreignNames: Readonly<Record<string, string>> = { amd64: "x86-64", x86_64: "x86-64", aarch64: "arm64" };

interface Transfer {
  readonly path: string;
  readonly text: string;
  /** Position of the pattern's value. */
  readonly start: number;
  readonly pattern: string;
}

/** The update definitions in a tree, with their first pattern. */
function transfersOf({ texts }: TreeFacts): Transfer[] {
  return [...texts].flatMap(([path, text]) => {
    const match = /\/sysupdate(?:\.[^/]+)?\.d\//.test(path)
      ? /^[ \t]*MatchPattern[ \t]*=[ \t]*(\S+)/m.exec(text)
      : null;
    if (match === null) return [];
    const [whole, pattern = ""] = match;
    return [{ path, text, pattern, start: match.index + whole.length - pattern.length }];
  });
}

const foreignArch: TreeCheck = {
  id: "name/foreign-arch",
  severity: "warning",
  title: "An architecture under another name than systemd's",
  why: "In an update pattern, %a stands for systemd's name of the architecture, such as x86-64 or arm64. Images named with amd64 or aarch64 do not match it.",
  example: {
    badTree: {
      "usr/lib/extension-release.d/extension-release.demo-amd64": "ID=_any\nARCHITECTURE=x86-64\n",
      "usr/lib/sysupdate.demo.d/demo.transfer": transfer({ MatchPattern: "demo-@v-%a.raw" }),
    },
    goodTree: {
      "usr/lib/extension-release.d/extension-release.demo-amd64": "ID=_any\nARCHITECTURE=x86-64\n",
      "usr/lib/sysupdate.demo.d/demo.transfer": transfer({ MatchPattern: "demo-@v-amd64.raw" }),
      "sysext.json": '{ "name": "demo-amd64" }\n',
    },
    name: "demo-amd64",
    fixed: [{ files: { "usr/lib/sysupdate.demo.d/demo.transfer": transfer({ MatchPattern: "demo-@v-amd64.raw" }) } }],
  },
  run(facts, _context, report) {
    const [foreign] = /(?<=^|[-_.])(?:amd64|x86_64|aarch64)(?=$|[-_.])/.exec(facts.extension.name) ?? [];
    if (foreign === undefined) return;
    for (const { path, pattern, start } of transfersOf(facts)) {
      const at = pattern.indexOf("%a");
      // Of other extensions the host may well have updates.
      const begin = /^[^@%]*/.exec(pattern)?.[0].replace(/[-_.]+$/, "") ?? "";
      if (at < 0 || begin === "" || !facts.extension.name.startsWith(begin)) continue;
      const span = { start: start + at, end: start + at + 2 };
      report(
        path,
        `"%a" stands for "${foreignNames[foreign]}" here, which is not part of the name "${facts.extension.name}"; use "${foreign}"`,
        {
          span,
          fixes: [replaceWith(span, foreign)],
        },
      );
    }
  },
};

const versionInName: TreeCheck = {
  id: "name/version-in-image-name",
  severity: "warning",
  title: "An image whose stored name contains the version",
  why: "A host derives the name of the release file from that of the image: NAME-1.2.raw needs extension-release.NAME-1.2. Store versioned images elsewhere, with a symlink NAME.raw to the newest one.",
  example: {
    badTree: {
      "usr/lib/sysupdate.demo.d/demo.transfer": `${source()}\n${target({ Path: "/var/lib/extensions", MatchPattern: "demo-@v.raw" })}`,
    },
    goodTree: {
      "usr/lib/sysupdate.demo.d/demo.transfer": `${source()}\n${extensionTarget({ MatchPattern: "demo-@v.raw" })}`,
    },
  },
  run(facts, _context, report) {
    for (const { path, text } of transfersOf(facts)) {
      const target = text.slice(Math.max(0, text.search(/^\s*\[Target\]/m)));
      const stored = /^[ \t]*MatchPattern[ \t]*=[ \t]*(\S+)/m.exec(target);
      const folder = /^[ \t]*Path[ \t]*=[ \t]*\/(?:etc|run|var\/lib)\/extensions\/?[ \t]*$/m.test(target);
      const [whole = "", pattern = ""] = stored ?? [];
      if (stored === null || !folder || !pattern.startsWith(`${facts.extension.name}-@v`)) continue;
      const start = text.length - target.length + stored.index + whole.length - pattern.length;
      report(
        path,
        `in "${pattern}", a host looks for a release file whose name contains the version; store images elsewhere, with "CurrentSymlink=/var/lib/extensions/${facts.extension.name}.raw"`,
        {
          span: { start, end: start + pattern.length },
        },
      );
    }
  },
};

export const imageNameChecks: readonly TreeCheck[] = [invalid, versionInName, versionBadChar, foreignArch];
