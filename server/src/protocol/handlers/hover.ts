// Answers textDocument/hover.
import type { Hover, HoverParams } from "vscode-languageserver";
import { hover } from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { releaseDocument, type Session } from "../session.ts";
import { toHover } from "../to-lsp.ts";

export function handleHover(session: Session): void {
  session.connection.onHover(
    guard<HoverParams, Hover | null>("hover", session.log, null, ({ textDocument, position }) => {
      const document = releaseDocument(session, textDocument.uri);
      if (document === undefined) return null;
      const found = hover(document.getText(), fromPosition(document, position));
      return found === undefined ? null : toHover(document, found);
    }),
  );
}
