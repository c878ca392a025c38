// textDocument/documentLink: pages of documentation, addresses, and the files of the tree that paths lead to.
import type { DocumentLink } from "vscode-languageserver";
import { linksIn } from "../../core/index.ts";
import { guard } from "../guard.ts";
import { type Session, settingsDocument } from "../session.ts";
import { toRange } from "../to-lsp.ts";
import { isFileInTree } from "../unit-store.ts";
import { descendantUri } from "../uris.ts";

export function handleDocumentLinks(session: Session): void {
  session.connection.onDocumentLinks(
    guard("links", session.log, [], async ({ textDocument }) => {
      const found = await settingsDocument(session, textDocument.uri);
      if (found === undefined) return [];
      const { tree, document, file } = found;
      const links = await Promise.all(
        linksIn(file).map(async (link): Promise<DocumentLink[]> => {
          const range = toRange(document, link.span);
          if (link.kind === "page") return [{ range, target: link.target }];
          if (tree === undefined || !(await isFileInTree(tree, link.path))) return [];
          return [{ range, target: descendantUri(tree.rootUri, link.path) }];
        }),
      );
      return links.flat();
    }),
  );
}
