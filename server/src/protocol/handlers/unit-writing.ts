// Requests while a file of settings is written: formatting, help for command lines, and hints beside the text.
import type {
  DocumentFormattingParams,
  DocumentRangeFormattingParams,
  InlayHint,
  InlayHintParams,
  SignatureHelp,
  SignatureHelpParams,
  TextEdit,
} from "vscode-languageserver";
import { MarkupKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import {
  type Edit,
  formatUnit,
  formatUnitRange,
  hintsInUnit,
  newestHint,
  type Signature,
  signatureInUnit,
} from "../../core/index.ts";
import { fromPosition, fromRange } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { type Session, settingsDocument } from "../session.ts";
import { toRange } from "../to-lsp.ts";
import { featureContext } from "../unit-features.ts";

export function handleUnitWriting(session: Session): void {
  const { connection, log } = session;
  connection.onDocumentFormatting(
    guard<DocumentFormattingParams, TextEdit[]>("formatting", log, [], async ({ textDocument }) => {
      const unit = await settingsDocument(session, textDocument.uri);
      return unit === undefined ? [] : toEdits(unit, formatUnit(unit.file));
    }),
  );
  connection.onDocumentRangeFormatting(
    guard<DocumentRangeFormattingParams, TextEdit[]>("formatting a range", log, [], async ({ textDocument, range }) => {
      const unit = await settingsDocument(session, textDocument.uri);
      if (unit === undefined) return [];
      return toEdits(unit, formatUnitRange(unit.file, fromRange(unit.document, range)));
    }),
  );
  connection.onSignatureHelp(
    guard<SignatureHelpParams, SignatureHelp | null>("signatures", log, null, async ({ textDocument, position }) => {
      const unit = await settingsDocument(session, textDocument.uri);
      const found = unit && signatureInUnit(unit.file, fromPosition(unit.document, position));
      return found === undefined ? null : toSignatureHelp(found);
    }),
  );
  connection.languages.inlayHint.on(
    guard<InlayHintParams, InlayHint[]>("hints", log, [], async ({ textDocument, range }) => {
      const unit = session.analysis.showsHints() ? await settingsDocument(session, textDocument.uri) : undefined;
      if (unit === undefined) return [];
      const span = fromRange(unit.document, range);
      const version = session.newestVersion(textDocument.uri);
      const newest = version === undefined ? undefined : newestHint(unit.file, version);
      const hints = [
        ...hintsInUnit(unit.file, span, featureContext(unit)),
        ...(newest !== undefined && newest.offset >= span.start && newest.offset <= span.end ? [newest] : []),
      ];
      return hints.map(({ offset, label }) => ({
        position: unit.document.positionAt(offset),
        label,
        paddingLeft: true,
      }));
    }),
  );
}

function toEdits({ document }: { readonly document: TextDocument }, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: toRange(document, span), newText: text }));
}

function toSignatureHelp({ label, documentation, parameters, active }: Signature): SignatureHelp {
  const markdown = (value: string) => ({ kind: MarkupKind.Markdown, value });
  return {
    signatures: [
      {
        label,
        documentation: markdown(documentation),
        parameters: parameters.map(({ span, documentation: text }) => ({
          label: [span.start, span.end],
          documentation: markdown(text),
        })),
      },
    ],
    activeSignature: 0,
    activeParameter: active,
  };
}
