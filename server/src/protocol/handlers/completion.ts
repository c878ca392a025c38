// Answers textDocument/completion.
import { complete } from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { releaseDocument, type Session } from "../session.ts";
import { toCompletionItem } from "../to-lsp.ts";

export function handleCompletion(session: Session): void {
  session.connection.onCompletion(
    guard("completion", session.log, [], async ({ textDocument, position }) => {
      const document = releaseDocument(session, textDocument.uri);
      if (document === undefined) return [];
      const context = await session.analysis.context(document);
      const found = complete(document.getText(), fromPosition(document, position), context);
      return found.map((completion, index) => toCompletionItem(document, completion, index));
    }),
  );
}
