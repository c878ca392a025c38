// What views say of trees and verdicts, in the words of a reader.
import { l10n } from "vscode";
import type { TreeState, TreeVerdict } from "../../../shared/src/requests.ts";

/** `merges on 3 of 5 hosts`. */
export function verdictCount(verdicts: readonly TreeVerdict[]): string {
  const count = verdicts.filter(({ verdict }) => verdict === "match").length;
  if (count === verdicts.length) {
    return verdicts.length === 1
      ? l10n.t("merges on {0}", verdicts[0]?.title ?? "")
      : l10n.t("merges on all {0} hosts", count);
  }
  return l10n.t("merges on {0} of {1} hosts", count, verdicts.length);
}

/** `2 errors, 1 warning`; undefined when there is nothing to say. */
export function findingCount({ findings }: Pick<TreeState, "findings">): string | undefined {
  const parts = [
    ...(findings.error === 0 ? [] : [countOf(findings.error, l10n.t("error"), l10n.t("errors"))]),
    ...(findings.warning === 0 ? [] : [countOf(findings.warning, l10n.t("warning"), l10n.t("warnings"))]),
    ...(findings.info === 0 ? [] : [countOf(findings.info, l10n.t("note"), l10n.t("notes"))]),
    ...(findings.hint === 0 ? [] : [countOf(findings.hint, l10n.t("hint"), l10n.t("hints"))]),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What a verdict is called. */
export function verdictWord({ verdict }: Pick<TreeVerdict, "verdict">): string {
  const words = {
    match: l10n.t("merges"),
    reject: l10n.t("ignored"),
    error: l10n.t("stops the merge"),
    ignored: l10n.t("not checked"),
  };
  return words[verdict];
}
