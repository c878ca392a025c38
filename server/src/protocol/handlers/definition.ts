// textDocument/definition: a unit's files, and the files of the tree that a path leads to.
import type { DefinitionParams, Location } from "vscode-languageserver";
import { definitionsOf, linksIn, unitAt } from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { type Session, unitDocument } from "../session.ts";
import { toLocation } from "../to-lsp.ts";
import { isFileInTree, textInTree } from "../unit-world.ts";

export function handleDefinition(session: Session): void {
  session.connection.onDefinition(
    guard<DefinitionParams, Location[]>("definition", session.log, [], async ({ textDocument, position }) => {
      const found = await unitDocument(session, textDocument.uri);
      if (found?.tree === undefined) return [];
      const { tree, file, context, document } = found;
      const offset = fromPosition(document, position);
      const mention = unitAt(file, context.name, offset);
      if (mention !== undefined) {
        const places = definitionsOf(mention.name, tree.units);
        return places.map((place) => toLocation(tree.rootUri, place, textInTree(tree, place.path)));
      }
      const link = linksIn(file).find(({ span }) => offset >= span.start && offset <= span.end);
      if (link?.kind !== "file" || !(await isFileInTree(tree, link.path))) return [];
      return [toLocation(tree.rootUri, { path: link.path }, undefined)];
    }),
  );
}
