// What the page of verdicts shows: systemd's comparisons in its order, then what each host does and what to do about it.
import { l10n } from "vscode";
import type { TreeVerdict, VerdictStep } from "../../../shared/src/requests.ts";
import { verdictWord } from "../views/extension-words.ts";
import type { PageCell, PageRow, PageVerdicts } from "./page/messages.ts";

/** `name` is that of the extension. */
export function verdictsView(name: string, verdicts: readonly TreeVerdict[]): PageVerdicts {
  return {
    title: l10n.t("Which hosts merge {0}", name),
    comparison: l10n.t("Comparison"),
    hosts: verdicts.map(({ title, systemd, architecture }) => ({
      title,
      subtitle: architecture === undefined ? `systemd ${systemd}` : `systemd ${systemd}, ${architecture}`,
    })),
    rows: [
      ...comparisonRows(verdicts),
      {
        title: l10n.t("Verdict"),
        kind: "verdict",
        cells: verdicts.map(({ verdict, reason }) => ({
          outcome: { kind: verdict, word: verdictWord({ verdict }) },
          text: reason,
        })),
      },
      ...optionalRow(
        "text",
        l10n.t("What to do"),
        verdicts.map(({ fix }) => fix),
      ),
      ...optionalRow(
        "code",
        l10n.t("In systemd's log"),
        verdicts.map(({ log }) => log),
      ),
    ],
  };
}

/** A row for each comparison that was made for at least one host. */
function comparisonRows(verdicts: readonly TreeVerdict[]): PageRow[] {
  return Object.entries(ruleTitles()).flatMap(([rule, title]): PageRow[] => {
    const steps = verdicts.map((verdict) => verdict.steps.find((step) => step.rule === rule));
    if (steps.every((step) => step === undefined)) return [];
    return [{ title, kind: "comparison", cells: steps.map(stepCell) }];
  });
}

/** What each comparison is called, in the order in which systemd makes them. */
function ruleTitles(): Readonly<Record<string, string>> {
  return {
    class: l10n.t("Class of the extension"),
    "host-id": l10n.t("ID of the host"),
    "release-file": l10n.t("Release file"),
    name: l10n.t("Name"),
    "os-release": "usr/lib/os-release",
    scope: "SYSEXT_SCOPE",
    architecture: "ARCHITECTURE",
    id: "ID",
    rolling: l10n.t("Host without a version"),
    level: "SYSEXT_LEVEL",
    "version-id": "VERSION_ID",
  };
}

function stepCell(step: VerdictStep | undefined): PageCell {
  if (step === undefined) return { outcome: { kind: "none", word: l10n.t("not compared") }, text: "" };
  const { outcome, extension, host } = step;
  const word = outcome === "passed" ? l10n.t("passed") : verdictWord({ verdict: outcome });
  return { outcome: { kind: outcome, word }, text: comparedText(extension, host) };
}

function comparedText(extension: string | undefined, host: string | undefined): string {
  if (extension === undefined && host === undefined) return "";
  if (extension === host) return `${extension}`;
  return l10n.t("extension {0}, host {1}", extension ?? "–", host ?? "–");
}

/** No row when no host has a text for it. */
function optionalRow(kind: "text" | "code", title: string, texts: readonly (string | undefined)[]): PageRow[] {
  if (texts.every((text) => text === undefined)) return [];
  return [{ title, kind, cells: texts.map((text = "") => ({ text })) }];
}
