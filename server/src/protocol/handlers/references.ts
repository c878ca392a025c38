// textDocument/references: where a unit is mentioned in its tree.
import type { Location, ReferenceParams } from "vscode-languageserver";
import { definitionsOf, referencesTo, unitAt } from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { type Session, unitDocument } from "../session.ts";
import { toLocation } from "../to-lsp.ts";
import { readReleaseFiles, textInTree } from "../unit-world.ts";

export function handleReferences(session: Session): void {
  session.connection.onReferences(
    guard<ReferenceParams, Location[]>("references", session.log, [], async ({ textDocument, position, context }) => {
      const found = await unitDocument(session, textDocument.uri);
      if (found?.tree === undefined) return [];
      const { tree, file, document } = found;
      const mention = unitAt(file, found.context.name, fromPosition(document, position));
      if (mention === undefined) return [];
      const releaseFiles = await readReleaseFiles(tree);
      const places = [
        ...(context.includeDeclaration ? definitionsOf(mention.name, tree.units) : []),
        ...referencesTo(mention.name, tree.units, releaseFiles),
      ];
      return places.map((place) =>
        toLocation(tree.rootUri, place, releaseFiles.get(place.path) ?? textInTree(tree, place.path)),
      );
    }),
  );
}
