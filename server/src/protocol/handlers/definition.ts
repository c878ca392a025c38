// textDocument/definition: the files of a unit or of a feature, and the files of the tree that a path leads to.
import type { DefinitionParams, Location } from "vscode-languageserver";
import {
  definitionsOf,
  definitionsOfFeature,
  featureAt,
  filesOfSet,
  linksIn,
  mentionsInRelease,
  type UnitName,
  unitAt,
} from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { releaseDocument, type Session, unitDocument, updateDocument } from "../session.ts";
import { toLocation } from "../to-lsp.ts";
import { isFileInTree, textInTree, type UnitTree } from "../unit-store.ts";
import type { UpdateDocument } from "../update-store.ts";

export function handleDefinition(session: Session): void {
  session.connection.onDefinition(
    guard<DefinitionParams, Location[]>("definition", session.log, [], async ({ textDocument, position }) => {
      const release = releaseDocument(session, textDocument.uri);
      if (release !== undefined) {
        const rootUri = session.analysis.rootUri(release.uri);
        const tree = rootUri === undefined ? undefined : await session.analysis.unitTree(rootUri);
        const offset = fromPosition(release, position);
        const mention = mentionsInRelease(release.getText()).find(({ span }) => isWithin(offset, span));
        return tree === undefined || mention === undefined ? [] : locationsOf(mention.name, tree);
      }
      const update = await updateDocument(session, textDocument.uri);
      if (update !== undefined) return featureLocations(update, fromPosition(update.document, position));
      const found = await unitDocument(session, textDocument.uri);
      if (found?.tree === undefined) return [];
      const { tree, file, context, document } = found;
      const offset = fromPosition(document, position);
      const mention = unitAt(file, context.name, offset);
      if (mention !== undefined) return locationsOf(mention.name, tree);
      const link = linksIn(file).find(({ span }) => isWithin(offset, span));
      if (link?.kind !== "file" || !(await isFileInTree(tree, link.path))) return [];
      return [toLocation(tree.rootUri, { path: link.path }, undefined)];
    }),
  );
}

function featureLocations({ file, location, context: { set }, tree }: UpdateDocument, offset: number): Location[] {
  const mention = featureAt(file, location, offset);
  if (mention === undefined || set === undefined || tree === undefined) return [];
  const files = filesOfSet(set);
  return definitionsOfFeature(mention.name, files).map((place) =>
    toLocation(tree.rootUri, place, files.find(({ path }) => path === place.path)?.file.text),
  );
}

function locationsOf(name: UnitName, tree: UnitTree): Location[] {
  return definitionsOf(name, tree.units).map((place) => toLocation(tree.rootUri, place, textInTree(tree, place.path)));
}

function isWithin(offset: number, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return offset >= start && offset <= end;
}
