// "Show Update Plan": what systemd-sysupdate would do with the set of transfers that a file belongs to.
import { l10n, Uri, window, workspace } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";

/** The argument is a URI, or one as text, of a transfer or another file of its set; without one the active editor counts. */
export async function showUpdatePlan({ updatePlanPanels }: Services, args: readonly unknown[]): Promise<void> {
  const [first] = args;
  const given = typeof first === "string" ? Uri.parse(first) : first;
  const file = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
  if (file === undefined) throw new UserError(l10n.t("No transfer is open; open one first."));
  if (await updatePlanPanels.show(file)) return;
  throw new UserError(
    l10n.t(
      '"{0}" is not a systemd-sysupdate transfer; open one, such as sysupdate.d/demo.transfer.',
      workspace.asRelativePath(file),
    ),
  );
}
