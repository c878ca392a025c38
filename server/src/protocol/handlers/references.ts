// textDocument/references: where a unit is mentioned in its tree, and a feature in its set.
import type { Location, ReferenceParams } from "vscode-languageserver";
import {
  definitionsOf,
  definitionsOfFeature,
  featureAt,
  filesOfSet,
  referencesTo,
  referencesToFeature,
  unitAt,
} from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { type Session, unitDocument, updateDocument } from "../session.ts";
import { toLocation } from "../to-lsp.ts";
import { readReleaseFiles, textInTree } from "../unit-store.ts";
import type { UpdateDocument } from "../update-store.ts";

export function handleReferences(session: Session): void {
  session.connection.onReferences(
    guard<ReferenceParams, Location[]>("references", session.log, [], async ({ textDocument, position, context }) => {
      const update = await updateDocument(session, textDocument.uri);
      if (update !== undefined) return featureReferences(update, fromPosition(update.document, position), context);
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

function featureReferences(
  { file, location, context: { set }, tree }: UpdateDocument,
  offset: number,
  { includeDeclaration }: ReferenceParams["context"],
): Location[] {
  const mention = featureAt(file, location, offset);
  if (mention === undefined || set === undefined || tree === undefined) return [];
  const files = filesOfSet(set);
  const places = [
    ...(includeDeclaration ? definitionsOfFeature(mention.name, files) : []),
    ...referencesToFeature(mention.name, files),
  ];
  return places.map((place) =>
    toLocation(tree.rootUri, place, files.find(({ path }) => path === place.path)?.file.text),
  );
}
