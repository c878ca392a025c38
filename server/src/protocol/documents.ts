// The documents that are open in the editor; they count, not what is on the disk.
import { type Connection, type TextDocumentContentChangeEvent, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { languages, projectFileName } from "../../../shared/src/ids.ts";
import { locateRelease, locateUnit, locateUpdate, looksLikeUnit, looksLikeUpdate, type Tree } from "../core/index.ts";
import { comparableUri, descendantUri, pathOfUri } from "./uris.ts";

export type Documents = TextDocuments<TextDocument>;

export type DocumentKind = "release" | "project" | "unit" | "update";

/** What a document is to us: by its language, which the user may have chosen, or by its path. */
export function kindOfDocument(document: TextDocument): DocumentKind | undefined {
  const { uri, languageId } = document;
  const path = pathOfUri(uri) ?? "";
  if (languageId === languages.release || locateRelease(path) !== undefined) return "release";
  if (path.endsWith(`/${projectFileName}`)) return "project";
  if (languageId === languages.transfer || languageId === languages.feature) return "update";
  if (languageId === languages.unit || isUnit(document, path)) return "unit";
  return isUpdate(document, path) ? "update" : undefined;
}

/** In folders of definitions the name tells; elsewhere features of Gherkin and others have such names, too. */
function isUpdate(document: TextDocument, path: string): boolean {
  const location = locateUpdate(path);
  return location !== undefined && (isInUpdateFolder(path) || looksLikeUpdate(document.getText(), location.kind));
}

function isInUpdateFolder(path: string): boolean {
  return /\/sysupdate(?:\.[^/]+)?\.d\/|\/sysupdate\.[^/]+\.component(?:\.d\/[^/]+)?$/.test(path);
}

/** Files in systemd's own folders are units by their names; elsewhere other programs have such names, too. */
function isUnit(document: TextDocument, path: string): boolean {
  const location = locateUnit(path);
  return location !== undefined && (location.root !== undefined || looksLikeUnit(document.getText()));
}

export function listenToDocuments(connection: Connection): Documents {
  const documents = new TextDocuments({
    create: TextDocument.create,
    update: (document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number) =>
      TextDocument.update(document, changes, version),
  });
  documents.listen(connection);
  return documents;
}

/** A tree in which open documents have their text from the editor. */
export function withOpenDocuments(tree: Tree, rootUri: string, documents: Documents): Tree {
  function textAt(path: string): string | undefined {
    const uri = comparableUri(descendantUri(rootUri, path));
    return documents
      .all()
      .find((document) => comparableUri(document.uri) === uri)
      ?.getText();
  }

  return {
    list: (path) => tree.list(path),
    stat: (path) => tree.stat(path),
    readLink: (path) => tree.readLink(path),
    xattrs: (path) => tree.xattrs(path),
    async read(path, offset, length) {
      const text = textAt(path);
      return text === undefined
        ? await tree.read(path, offset, length)
        : new TextEncoder().encode(text).subarray(offset, offset + length);
    },
  };
}
