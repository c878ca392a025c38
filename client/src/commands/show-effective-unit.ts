// "Show Effective Unit": what is left of a unit when systemd has read its drop-ins.
import { l10n, Uri, window, workspace } from "vscode";
import { unitViewScheme } from "../../../shared/src/ids.ts";
import type { Services } from "../services.ts";
import { sourceOf } from "../units/effective-unit-uri.ts";

/** The argument is a URI, or one as text, of a unit file or drop-in; without one the active editor counts. */
export async function showEffectiveUnit(services: Services, args: readonly unknown[]): Promise<void> {
  const source = fileOf(args);
  if (source === undefined) {
    void window.showInformationMessage(l10n.t("No unit is open; open a unit file or one of its drop-ins first."));
    return;
  }
  if (await services.effectiveUnits.show(source)) return;
  const sentence = l10n.t(
    '"{0}" is neither a unit file nor a drop-in, so there is no effective unit; open one such as foo.service or foo.service.d/10-bar.conf.',
    workspace.asRelativePath(source),
  );
  void window.showInformationMessage(sentence);
}

function fileOf([first]: readonly unknown[]): Uri | undefined {
  if (first instanceof Uri) return first;
  if (typeof first === "string") return Uri.parse(first);
  const active = window.activeTextEditor?.document.uri;
  return active?.scheme === unitViewScheme ? sourceOf(active) : active;
}
