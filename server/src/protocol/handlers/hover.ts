// Answers textDocument/hover.
import type { Hover, HoverParams } from "vscode-languageserver";
import { hover, hoverUnit } from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { releaseDocument, type Session, settingsDocument } from "../session.ts";
import { toHover } from "../to-lsp.ts";
import { featureContext } from "../unit-features.ts";

export function handleHover(session: Session): void {
  session.connection.onHover(
    guard<HoverParams, Hover | null>("hover", session.log, null, async ({ textDocument, position }) => {
      const release = releaseDocument(session, textDocument.uri);
      if (release !== undefined) {
        const found = hover(release.getText(), fromPosition(release, position));
        return found === undefined ? null : toHover(release, found);
      }
      const unit = await settingsDocument(session, textDocument.uri);
      if (unit === undefined) return null;
      const found = hoverUnit(unit.file, fromPosition(unit.document, position), featureContext(unit));
      return found === undefined ? null : toHover(unit.document, found);
    }),
  );
}
