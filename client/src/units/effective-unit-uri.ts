// The URI of an effective unit: sysext-unit-view:/NAME (effective)?SOURCE, where SOURCE is the URI of the file it was asked for.
//
// The path is what VS Code shows as the editor's title.
import { Uri } from "vscode";
import { unitViewScheme } from "../../../shared/src/ids.ts";

export function effectiveUnitUri(name: string, source: Uri): Uri {
  return Uri.from({ scheme: unitViewScheme, path: `/${name} (effective)`, query: source.toString() });
}

/** The unit file or drop-in that a URI of `effectiveUnitUri` is about. */
export function sourceOf(view: Uri): Uri {
  return Uri.parse(view.query);
}
