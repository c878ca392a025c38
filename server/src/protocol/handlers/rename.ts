// textDocument/rename: gives a unit another name everywhere in its tree, and a feature in its set.
import { ErrorCodes, type Range, ResponseError, type WorkspaceEdit } from "vscode-languageserver";
import { featureAt, filesOfSet, planFeatureRename, planRename, unitAt } from "../../core/index.ts";
import { fromPosition } from "../from-lsp.ts";
import { guard } from "../guard.ts";
import { type Session, unitDocument, updateDocument } from "../session.ts";
import { type EditAbilities, toRange, toRenameEdit } from "../to-lsp.ts";
import { readReleaseFiles, textInTree } from "../unit-store.ts";
import type { UpdateDocument } from "../update-store.ts";
import { isInImage } from "../uris.ts";

type Prepared = { range: Range; placeholder: string } | null;

/** A refusal that the editor shows beside the name. */
function refuse(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}

export function handleRename(session: Session): void {
  const prepare = guard<{ uri: string; line: number; character: number }, Prepared>(
    "preparing to rename",
    session.log,
    null,
    async ({ uri, ...position }) => {
      if (isInImage(uri)) return null;
      const update = await updateDocument(session, uri);
      if (update !== undefined) return prepareFeature(update, fromPosition(update.document, position));
      const found = await unitDocument(session, uri);
      if (found?.tree === undefined) return null;
      const mention = unitAt(found.file, found.context.name, fromPosition(found.document, position));
      return mention === undefined
        ? null
        : { range: toRange(found.document, mention.span), placeholder: mention.name.name };
    },
  );
  session.connection.onPrepareRename(({ textDocument, position }, token) =>
    prepare({ uri: textDocument.uri, ...position }, token),
  );

  const rename = guard<
    { uri: string; line: number; character: number; newName: string },
    WorkspaceEdit | ResponseError<void> | null
  >("renaming", session.log, null, async ({ uri, newName, ...position }) => {
    if (isInImage(uri))
      return refuse("a file inside an image cannot be changed; rename it in the tree and build again");
    const update = await updateDocument(session, uri);
    if (update !== undefined) {
      return renameFeature(update, fromPosition(update.document, position), newName.trim(), session.abilities);
    }
    const found = await unitDocument(session, uri);
    if (found?.tree === undefined) return refuse("only units in an extension tree can be renamed");
    const { tree, document, file, context } = found;
    const mention = unitAt(file, context.name, fromPosition(document, position));
    if (mention === undefined) return refuse("place the cursor on a unit name to rename it");
    const releaseFiles = await readReleaseFiles(tree);
    const plan = planRename(mention.name, newName.trim(), tree.units, releaseFiles);
    if (typeof plan === "string") return refuse(plan);
    const textOf = (path: string) => releaseFiles.get(path) ?? textInTree(tree, path);
    return (
      toRenameEdit(tree.rootUri, plan, textOf, session.abilities) ??
      refuse("the unit cannot be renamed because this editor cannot rename files")
    );
  });
  session.connection.onRenameRequest(({ textDocument, position, newName }, token) =>
    rename({ uri: textDocument.uri, ...position, newName }, token),
  );
}

function prepareFeature({ file, location, document, context, tree }: UpdateDocument, offset: number): Prepared {
  const mention = featureAt(file, location, offset);
  if (mention === undefined || context.set === undefined || tree === undefined) return null;
  return { range: toRange(document, mention.span), placeholder: mention.name };
}

function renameFeature(
  { file, location, context: { set }, tree }: UpdateDocument,
  offset: number,
  newName: string,
  abilities: EditAbilities,
): WorkspaceEdit | ResponseError<void> {
  const mention = featureAt(file, location, offset);
  if (mention === undefined) return refuse("place the cursor on a feature name to rename it");
  if (set === undefined || tree === undefined) return refuse("only features in a folder of definitions can be renamed");
  const files = filesOfSet(set);
  const plan = planFeatureRename(mention.name, newName, files);
  if (typeof plan === "string") return refuse(plan);
  const textOf = (path: string) => files.find((candidate) => candidate.path === path)?.file.text;
  return (
    toRenameEdit(tree.rootUri, plan, textOf, abilities) ??
    refuse("the feature cannot be renamed because this editor cannot rename files")
  );
}
