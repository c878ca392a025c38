// textDocument/codeAction: the fixes of the findings in a range.
import { CodeActionKind } from "vscode-languageserver";
import { type Finding, type Span, suppress } from "../../core/index.ts";
import { kindOfDocument } from "../documents.ts";
import { fromRange } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { checkedDocument, type Session, settingsDocument } from "../session.ts";
import { toCodeAction } from "../to-lsp.ts";
import { isInImage } from "../uris.ts";

export function handleCodeActions(session: Session): void {
  session.connection.onCodeAction(
    guard("code actions", session.log, [], async ({ textDocument, range, context }) => {
      const document = checkedDocument(session, textDocument.uri);
      const wanted = context.only?.some((kind) => isQuickFix(kind)) ?? true;
      if (document === undefined || !wanted || isInImage(document.uri)) return [];
      const project =
        kindOfDocument(document) === "release" ? (await session.analysis.context(document)).tree?.project : undefined;
      const settings = await settingsDocument(session, document.uri);
      const rootUri =
        settings !== undefined && "kind" in settings ? settings.tree?.rootUri : session.analysis.rootUri(document.uri);
      const surroundings = {
        ...(rootUri === undefined ? {} : { rootUri }),
        ...(project === undefined ? {} : { project }),
      };
      const findings = await session.analysis.findings(document);
      return findings
        .filter((finding) => touches(finding, fromRange(document, range)))
        .flatMap((finding) =>
          [...finding.fixes, ...(settings === undefined ? [] : [suppress(settings.file, finding)])].map((fix) =>
            toCodeAction(document, surroundings, finding, fix, session.abilities),
          ),
        )
        .filter((action) => action !== undefined);
    }),
  );
}

/** A client may ask for a kind or for all kinds that it begins. */
function isQuickFix(kind: string): boolean {
  return kind === "" || kind === CodeActionKind.QuickFix;
}

function touches({ span }: Finding, { start, end }: Span): boolean {
  return span.start <= end && start <= span.end;
}
