// What an update would come to, in a sentence or two.
import type { UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import type { Say } from "../say.ts";

/** Shown on top of the plan, and read aloud when it changes. */
export function summaryOf(plan: UpdatePlanReport, l10n: Say): string {
  const { candidate, current, newest, source, target, transfers } = plan;
  if (plan.faults.length > 0) return l10n.t("systemd-sysupdate would stop with an error.");
  if (target.state === "failed") return l10n.t("The installed versions could not be read: {0}.", target.reason);
  switch (source.state) {
    case "none":
      return l10n.t("Choose where the versions are published to see what an update would do.");
    case "unread":
      return l10n.t("Fetch the address to see which versions it has.");
    case "failed":
      return l10n.t("The published versions could not be read: {0}.", source.reason);
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
    return l10n.t("Nothing to do: {0} is installed, and no newer version is published.", current);
  }
  if (transfers.every(({ disabled }) => disabled !== undefined)) {
    return l10n.t("All transfers are disabled, so an update would do nothing.");
  }
  if (transfers.some((transfer) => transfer.disabled === undefined && transfer.matching === 0)) {
    return l10n.t("No published file matches, so there is no version to install.");
  }
  return l10n.t("No version has a file for every transfer, so no version can be installed.");
}
