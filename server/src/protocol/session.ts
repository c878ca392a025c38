// What every handler needs: made once, when the editor has said what it can do.
import type { Connection } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { languages } from "../../../shared/src/ids.ts";
import { locateRelease } from "../core/index.ts";
import type { Analysis } from "./analysis.ts";
import type { Documents } from "./documents.ts";
import type { Log } from "./guard.ts";
import type { EditAbilities } from "./to-lsp.ts";
import { pathOfUri } from "./uris.ts";

export interface Session {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly analysis: Analysis;
  readonly log: Log;
  readonly abilities: EditAbilities;
  /** URIs of the folders that are open in the editor. */
  readonly folders: () => readonly string[];
}

/** An open release file; undefined for other documents, and for those that are not open. */
export function releaseDocument({ documents }: Session, uri: string): TextDocument | undefined {
  const document = documents.get(uri);
  if (document === undefined) return undefined;
  const isRelease = document.languageId === languages.release || locateRelease(pathOfUri(uri) ?? "") !== undefined;
  return isRelease ? document : undefined;
}
