// Answers textDocument/completion.
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Completion, complete, completeUnit } from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { releaseDocument, type Session, settingsDocument } from "../session.ts";
import { toCompletionItem } from "../to-lsp.ts";
import { featureContext } from "../unit-features.ts";

export function handleCompletion(session: Session): void {
  session.connection.onCompletion(
    guard("completion", session.log, [], async ({ textDocument, position }) => {
      const show = (document: TextDocument, found: readonly Completion[]) =>
        found.map((completion, index) => toCompletionItem(document, completion, index));
      const release = releaseDocument(session, textDocument.uri);
      if (release !== undefined) {
        const context = await session.analysis.context(release);
        return show(release, complete(release.getText(), fromPosition(release, position), context));
      }
      const unit = await settingsDocument(session, textDocument.uri);
      if (unit === undefined) return [];
      const { document, file } = unit;
      return show(document, await completeUnit(file, fromPosition(document, position), featureContext(unit)));
    }),
  );
}
