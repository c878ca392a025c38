// The words of the page that shows what an update would do.
import { env, l10n } from "vscode";
import type { UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import { formatBytes, formatCount } from "../quantities.ts";
import type { UpdatePlanWords } from "./update-plan-page.ts";

export function updatePlanWords(): UpdatePlanWords {
  return {
    language: env.language,
    title: (component) =>
      component === undefined
        ? l10n.t("What an update of the system's set would do")
        : l10n.t("What an update of {0} would do", component),
    source: l10n.t("Published in"),
    target: l10n.t("Installed in"),
    host: l10n.t("Host"),
    architecture: l10n.t("Architecture"),
    noSource: l10n.t("Choose a folder, SHA256SUMS or address…"),
    noTarget: l10n.t("Nothing is installed"),
    noHost: l10n.t("Any host"),
    thisMachine: l10n.t("This machine"),
    assumed: (systemd) => l10n.t("as if with systemd {0}", systemd),
    noArchitecture: l10n.t("Any"),
    fetch: l10n.t("Fetch"),
    fetchAgain: l10n.t("Fetch Again"),
    readAgain: l10n.t("Read Again"),
    reading: l10n.t("Reading…"),
    trust: l10n.t("Web addresses are fetched only in a trusted workspace."),
    files: (count) => (count === 1 ? l10n.t("1 file") : l10n.t("{0} files", formatCount(count))),
    summary: summaryOf,
    faults: l10n.t("systemd-sysupdate would stop here"),
    notes: l10n.t("Worth knowing"),
    bestBefore: (day) => l10n.t("refused from {0} on", day),
    disabled: l10n.t("Does not count"),
    pattern: l10n.t("Looks for"),
    path: l10n.t("At"),
    example: l10n.t("Would match"),
    found: l10n.t("Matching"),
    downloads: l10n.t("Downloads"),
    decompressed: l10n.t("It is decompressed on the way, although the name keeps the ending."),
    storesAs: l10n.t("Stores it as"),
    removes: l10n.t("Removes"),
    symlink: l10n.t("Symlink"),
    misses: (count) =>
      count === 1 ? l10n.t("1 file matches no pattern") : l10n.t("{0} files match no pattern", formatCount(count)),
    missNote: l10n.t("The first character at which the pattern gives up is marked."),
    endOfName: l10n.t("the name ends"),
    more: (count) => l10n.t("and {0} more", formatCount(count)),
    versions: l10n.t("Versions"),
    version: l10n.t("Version"),
    available: l10n.t("Published"),
    installed: l10n.t("Installed"),
    assessment: l10n.t("Assessment"),
    yes: l10n.t("yes"),
    no: "–",
    marks: {
      candidate: l10n.t("would be installed"),
      newest: l10n.t("newest"),
      current: l10n.t("in use"),
      incomplete: l10n.t("incomplete"),
      protected: l10n.t("protected"),
      obsolete: l10n.t("obsolete"),
    },
    size: formatBytes,
  };
}

/** What an update would come to, as a sentence; also what is read aloud. */
export function summaryOf(plan: UpdatePlanReport): string {
  const { candidate, current, newest, source, target, transfers } = plan;
  if (plan.faults.length > 0) return l10n.t("systemd-sysupdate would stop with an error.");
  if (target.state === "failed") return l10n.t("What is installed could not be read: {0}.", target.reason);
  switch (source.state) {
    case "none":
      return l10n.t("Choose where the versions are published to see what an update would do.");
    case "unread":
      return l10n.t("Fetch the address to see which versions it has.");
    case "failed":
      return l10n.t("What is published could not be read: {0}.", source.reason);
    default:
  }
  if (candidate !== undefined) {
    const removed = transfers.reduce((sum, { remove }) => sum + remove.length, 0);
    const installs =
      current === undefined
        ? l10n.t("An update would install {0}.", candidate)
        : l10n.t("An update would install {0} and point to it in place of {1}.", candidate, current);
    if (removed === 0) return installs;
    return `${installs} ${removed === 1 ? l10n.t("It would remove 1 older file.") : l10n.t("It would remove {0} older files.", removed)}`;
  }
  if (current !== undefined && newest !== undefined) {
    return l10n.t("There is nothing to do: {0} is installed, and nothing newer is published.", current);
  }
  if (transfers.every(({ disabled }) => disabled !== undefined)) {
    return l10n.t("No transfer counts, so that an update would do nothing.");
  }
  if (transfers.some((transfer) => transfer.disabled === undefined && transfer.matching === 0)) {
    return l10n.t("No file that is published matches, so there is no version to install.");
  }
  return l10n.t("No version is there for all transfers, so there is none to install.");
}
