// Answers textDocument/documentSymbol: the keys of a release file, and the sections of a unit with their settings.
import { outline, outlineOfUnit } from "../../core/index.ts";
import { guard } from "../guard.ts";
import { releaseDocument, type Session, settingsDocument } from "../session.ts";
import { toSymbol } from "../to-lsp.ts";

export function handleSymbols(session: Session): void {
  session.connection.onDocumentSymbol(
    guard("symbols", session.log, [], async ({ textDocument }) => {
      const release = releaseDocument(session, textDocument.uri);
      if (release !== undefined) return outline(release.getText()).map((entry) => toSymbol(release, entry));
      const unit = await settingsDocument(session, textDocument.uri);
      return unit === undefined ? [] : outlineOfUnit(unit.file).map((entry) => toSymbol(unit.document, entry));
    }),
  );
}
