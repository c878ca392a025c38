// Requests about the structure of a file of settings: folding, selection, highlights and colours.
import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type FoldingRange,
  FoldingRangeKind,
  type SelectionRange,
  type SemanticTokens,
  SemanticTokensBuilder,
} from "vscode-languageserver";
import {
  foldsOfUnit,
  highlightsInUnit,
  type Span,
  selectionsInUnit,
  tokenModifiers,
  tokensOfUnit,
  tokenTypes,
} from "../../core/index.ts";
import { fromPosition, fromRange } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { type Session, settingsDocument } from "../session.ts";
import { toRange } from "../to-lsp.ts";

type ParsedDocument = NonNullable<Awaited<ReturnType<typeof settingsDocument>>>;

/** The names behind the numbers of tokens. */
export const tokenLegend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] };

export function handleUnitStructure(session: Session): void {
  const { connection, log } = session;
  connection.onFoldingRanges(
    guard<{ textDocument: { uri: string } }, FoldingRange[]>("folding", log, [], async ({ textDocument }) => {
      const unit = await settingsDocument(session, textDocument.uri);
      return unit === undefined ? [] : foldsOfUnit(unit.file).map((fold) => toFold(unit, fold));
    }),
  );
  connection.onSelectionRanges(
    guard("selections", log, null, async ({ textDocument, positions }): Promise<SelectionRange[] | null> => {
      const unit = await settingsDocument(session, textDocument.uri);
      if (unit === undefined) return null;
      return positions.map((position) => {
        const spans = selectionsInUnit(unit.file, fromPosition(unit.document, position));
        return toSelection(unit, spans) ?? { range: { start: position, end: position } };
      });
    }),
  );
  connection.onDocumentHighlight(
    guard<Parameters<Parameters<typeof connection.onDocumentHighlight>[0]>[0], DocumentHighlight[]>(
      "highlights",
      log,
      [],
      async ({ textDocument, position }) => {
        const unit = await settingsDocument(session, textDocument.uri);
        if (unit === undefined) return [];
        return highlightsInUnit(unit.file, fromPosition(unit.document, position)).map(({ span, kind }) => ({
          range: toRange(unit.document, span),
          kind: kind === "write" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      },
    ),
  );
  connection.languages.semanticTokens.on(
    guard<{ textDocument: { uri: string } }, SemanticTokens>("colours", log, { data: [] }, async ({ textDocument }) => {
      const unit = await settingsDocument(session, textDocument.uri);
      return unit === undefined ? { data: [] } : toTokens(unit);
    }),
  );
  connection.languages.semanticTokens.onRange(
    guard("colours of a range", log, { data: [] }, async ({ textDocument, range }): Promise<SemanticTokens> => {
      const unit = await settingsDocument(session, textDocument.uri);
      return unit === undefined ? { data: [] } : toTokens(unit, fromRange(unit.document, range));
    }),
  );
}

function toFold({ document }: ParsedDocument, { start, end, kind }: Span & { readonly kind: string }): FoldingRange {
  const folding = { startLine: document.positionAt(start).line, endLine: document.positionAt(end).line };
  if (kind === "value") return folding;
  return { ...folding, kind: kind === "comment" ? FoldingRangeKind.Comment : FoldingRangeKind.Region };
}

/** Each selection inside of the next one. */
function toSelection({ document }: ParsedDocument, spans: readonly Span[]): SelectionRange | undefined {
  return spans.reduceRight<SelectionRange | undefined>(
    (parent, span) => ({ range: toRange(document, span), ...(parent === undefined ? {} : { parent }) }),
    undefined,
  );
}

function toTokens({ document, file }: ParsedDocument, range?: Span): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { start, end, type, deprecated } of tokensOfUnit(file, range)) {
    const { line, character } = document.positionAt(start);
    builder.push(line, character, end - start, tokenTypes.indexOf(type), deprecated ? 1 : 0);
  }
  return builder.build();
}
