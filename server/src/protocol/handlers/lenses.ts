// textDocument/codeLens: from a unit or a transfer to what systemd makes of it, from a release file to what hosts make of it.
import type { CodeLens } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { commands } from "../../../../shared/src/ids.ts";
import type { HostVerdict } from "../../core/index.ts";
import { guard } from "../guard.ts";
import { releaseDocument, type Session, unitDocument, updateDocument } from "../session.ts";
import { toRange } from "../to-lsp.ts";
import type { UnitDocument } from "../unit-store.ts";
import type { UpdateDocument } from "../update-store.ts";
import { isInImage } from "../uris.ts";

export function handleLenses(session: Session): void {
  session.connection.onCodeLens(
    guard("lenses", session.log, [], async ({ textDocument: { uri } }) => {
      const release = releaseDocument(session, uri);
      if (release !== undefined) return await lensesOfRelease(session, release);
      const update = await updateDocument(session, uri);
      if (update !== undefined) return isInImage(uri) ? [] : lensesOfUpdate(update);
      const unit = await unitDocument(session, uri);
      return unit === undefined ? [] : lensesOfUnit(unit);
    }),
  );
}

async function lensesOfRelease({ analysis }: Session, document: TextDocument): Promise<CodeLens[]> {
  const root = analysis.rootUri(document.uri);
  const tree = root === undefined ? undefined : await analysis.readTree(root);
  if (tree === undefined || tree.verdicts.length === 0) return [];
  const command = { title: verdictTitle(tree.verdicts), command: commands.showVerdicts, arguments: [tree.rootUri] };
  return [{ range: toRange(document, { start: 0, end: 0 }), command }];
}

/** `Merges on 3 of 5 hosts`. */
function verdictTitle(verdicts: readonly HostVerdict[]): string {
  const [only] = verdicts;
  const count = verdicts.filter(({ judgement }) => judgement.verdict === "match").length;
  if (only !== undefined && verdicts.length === 1) {
    return count === 1 ? `Merges on ${only.host.title}` : `Does not merge on ${only.host.title}`;
  }
  if (count === verdicts.length) return `Merges on all ${count} hosts`;
  return count === 0 ? `Merges on none of ${verdicts.length} hosts` : `Merges on ${count} of ${verdicts.length} hosts`;
}

/** A component's own file says nothing that a plan depends on, and a file without a place is in no set. */
function lensesOfUpdate({ document, file, kind, location }: UpdateDocument): CodeLens[] {
  if (kind === "component" || location === undefined) return [];
  const command = { title: "Show update plan", command: commands.showUpdatePlan, arguments: [document.uri] };
  const top = file.sections.find(({ header }) => header !== undefined)?.header?.span.start ?? 0;
  return [{ range: toRange(document, { start: top, end: top }), command }];
}

/** A unit without drop-ins equals its effective unit. */
function lensesOfUnit({ document, file, unit }: UnitDocument): CodeLens[] {
  if (unit === undefined || unit.dropIns.length === 0) return [];
  const count = unit.dropIns.length === 1 ? "1 drop-in" : `${unit.dropIns.length} drop-ins`;
  const parts = unit.main === undefined ? `${count} for a unit of the host` : `with ${count}`;
  const title = `Effective ${unit.name.name} (${parts})`;
  const command = { title, command: commands.showEffectiveUnit, arguments: [document.uri] };
  const top = file.sections.find(({ header }) => header !== undefined)?.header?.span.start ?? 0;
  return [{ range: toRange(document, { start: top, end: top }), command }];
}
