// Answers textDocument/documentSymbol: the keys of a release file.
import { outline } from "../../core/index.ts";
import { guard } from "../guard.ts";
import { releaseDocument, type Session } from "../session.ts";
import { toSymbol } from "../to-lsp.ts";

export function handleSymbols(session: Session): void {
  session.connection.onDocumentSymbol(
    guard("symbols", session.log, [], ({ textDocument }) => {
      const document = releaseDocument(session, textDocument.uri);
      return document === undefined ? [] : outline(document.getText()).map((entry) => toSymbol(document, entry));
    }),
  );
}
