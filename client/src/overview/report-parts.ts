// The language server's report on an image as parts of the overview: hosts, findings, units, programs, release file.
import type { ImageReport } from "../../../shared/src/image-requests.ts";
import type { TreeVerdict } from "../../../shared/src/requests.ts";
import { escapeOddName } from "../images/odd-names.ts";
import type { Say } from "../say.ts";
import type { PageBlock, PageItem, PagePart, Tone } from "./page/messages.ts";

/** `report` is undefined until the server has answered, and null when it could not read the image. */
export function reportParts(report: ImageReport | null | undefined, l10n: Say): PagePart[] {
  if (report === undefined) {
    return [part("hosts", l10n.t("Hosts"), [{ kind: "progress", text: l10n.t("Reading the contents…") }])];
  }
  if (report === null) return [];
  if (report.problem !== undefined) {
    return [part("hosts", l10n.t("Hosts"), [{ kind: "note", tone: "warning", text: report.problem }])];
  }
  return [
    hostsPart(report, l10n),
    findingsPart(report, l10n),
    ...unitsPart(report, l10n),
    ...programsPart(report, l10n),
    ...releasePart(report, l10n),
  ];
}

/** Whether hosts merge the image and what the checks found, in one note. */
export function reportNotes(report: ImageReport | null | undefined, l10n: Say): { tone: Tone; text: string }[] {
  if (!report || report.problem !== undefined || report.name === undefined) return [];
  const { verdicts, findings } = report;
  const merging = verdicts.filter(({ verdict }) => verdict === "match").length;
  const faults = findings.filter(({ severity }) => severity === "error" || severity === "warning").length;
  const hosts =
    verdicts.length === 0
      ? []
      : merging === verdicts.length
        ? [l10n.t("Merges on all {0} hosts.", merging)]
        : merging === 0
          ? [l10n.t("Merges on none of {0} hosts.", verdicts.length)]
          : [l10n.t("Merges on {0} of {1} hosts.", merging, verdicts.length)];
  const checks =
    faults === 0
      ? l10n.t("The checks found no errors or warnings.")
      : faults === 1
        ? l10n.t("The checks found 1 error or warning.")
        : l10n.t("The checks found {0} errors or warnings.", faults);
  const isBad = (verdicts.length > 0 && merging === 0) || findings.some(({ severity }) => severity === "error");
  const tone = isBad ? "error" : faults > 0 ? "warning" : merging > 0 ? "good" : "info";
  return [{ tone, text: [...hosts, checks].join(" ") }];
}

function part(id: string, title: string, blocks: readonly PageBlock[], wide = false): PagePart {
  return { id, title, wide, blocks };
}

function hostsPart({ verdicts, hostsNamed, name }: ImageReport, l10n: Say): PagePart {
  if (verdicts.length === 0) {
    const text =
      name === undefined
        ? l10n.t("No host merges this image: it has no extension release file.")
        : l10n.t('No hosts are named; name some in the setting "sysext.hosts".');
    return part("hosts", l10n.t("Hosts"), [{ kind: "note", tone: name === undefined ? "warning" : "info", text }]);
  }
  const words: Readonly<Record<TreeVerdict["verdict"], [Tone, string]>> = {
    match: ["good", l10n.t("merges")],
    reject: ["error", l10n.t("ignores it")],
    error: ["error", l10n.t("stops the merge")],
    ignored: ["plain", l10n.t("skips it")],
  };
  const items = verdicts.map((verdict): PageItem => {
    const [tone, badge] = words[verdict.verdict];
    const { fix = "" } = verdict;
    const reason = fix === "" ? verdict.reason : `${verdict.reason}; ${fix.slice(0, 1).toLowerCase()}${fix.slice(1)}`;
    return { tone, badge, text: verdict.title, detail: reason };
  });
  const note = l10n.t('These are common hosts; name yours in the setting "sysext.hosts".');
  return part("hosts", l10n.t("Hosts"), [
    ...(hostsNamed ? [] : [{ kind: "note", tone: "plain", text: note } as const]),
    { kind: "items", items },
  ]);
}

function findingsPart({ findings }: ImageReport, l10n: Say): PagePart {
  if (findings.length === 0) {
    const text = l10n.t("The checks found nothing.");
    return part("findings", l10n.t("Findings"), [{ kind: "note", tone: "good", text }]);
  }
  const words: Readonly<Record<(typeof findings)[number]["severity"], [Tone, string]>> = {
    error: ["error", l10n.t("error")],
    warning: ["warning", l10n.t("warning")],
    info: ["info", l10n.t("note")],
    hint: ["plain", l10n.t("hint")],
  };
  const items = findings.map(({ path, severity, message, line, check }): PageItem => {
    const [tone, badge] = words[severity];
    const place = escapeOddName(path);
    return {
      tone,
      badge,
      text: line === undefined ? place : `${place}:${line}`,
      detail: `${message} (${check})`,
      opens: line === undefined ? { path: place } : { path: place, line },
    };
  });
  return part("findings", l10n.t("Findings"), [{ kind: "items", items }]);
}

function unitsPart({ units }: ImageReport, l10n: Say): PagePart[] {
  if (units.length === 0) return [];
  const items = units.map(({ name, path, description, startedBy }): PageItem => {
    const starts = startedBy.length === 0 ? l10n.t("not started automatically") : startedBy.join("; ");
    const detail = description === undefined ? starts : `${description}: ${starts}`;
    return { tone: "plain", text: escapeOddName(name), detail, opens: { path: escapeOddName(path) } };
  });
  return [part("units", l10n.t("Units"), [{ kind: "items", items }])];
}

/** So many of the files that need a library are named. */
const maxNeeders = 3;

function programsPart({ programs: { architectures, missing } }: ImageReport, l10n: Say): PagePart[] {
  if (architectures.length === 0 && missing.length === 0) return [];
  const facts = architectures.map(({ name, files }) => ({
    label: name,
    value: files === 1 ? l10n.t("1 file") : l10n.t("{0} files", files),
  }));
  const items = missing.map(({ library, neededBy }): PageItem => {
    const some = neededBy.slice(0, maxNeeders).map(escapeOddName).join(", ");
    const rest = neededBy.length - maxNeeders;
    const who = rest > 0 ? l10n.t("{0} and {1} more", some, rest) : some;
    return { tone: "plain", text: escapeOddName(library), detail: l10n.t("needed by {0}", who) };
  });
  const text = l10n.t("Libraries that the image does not contain, so the host has to provide them:");
  return [
    part("programs", l10n.t("Programs"), [
      ...(facts.length === 0 ? [] : [{ kind: "facts", rows: facts } as const]),
      ...(items.length === 0
        ? []
        : [{ kind: "note", tone: "plain", text } as const, { kind: "items", items } as const]),
    ]),
  ];
}

/** Characters of a release file that are shown; a click opens the whole file. */
const maxTextLength = 4000;

function releasePart({ releaseFiles }: ImageReport, l10n: Say): PagePart[] {
  if (releaseFiles.length === 0) return [];
  const blocks = releaseFiles.map(({ path, text }): PageBlock => {
    const place = escapeOddName(path);
    const shown = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}\n…` : text.trimEnd();
    return { kind: "code", title: place, text: shown, opens: { path: place } };
  });
  return [part("release", releaseFiles.length === 1 ? l10n.t("Release file") : l10n.t("Release files"), blocks)];
}
