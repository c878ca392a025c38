// What every handler needs: made once, when the editor has said what it can do.
import type { Connection } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "./analysis.ts";
import { type Documents, kindOfDocument } from "./documents.ts";
import type { Log } from "./guard.ts";
import type { EditAbilities } from "./to-lsp.ts";
import type { UnitDocument } from "./unit-store.ts";
import type { UpdateDocument } from "./update-store.ts";

export interface Session {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly analysis: Analysis;
  readonly log: Log;
  readonly abilities: EditAbilities;
  /** URIs of the folders that are open in the editor. */
  readonly folders: () => readonly string[];
  /** The newest version that the last plan of an update has found for a transfer. */
  readonly newestVersion: (uri: string) => string | undefined;
}

/** An open release file; undefined for other documents, and for those that are not open. */
export function releaseDocument({ documents }: Session, uri: string): TextDocument | undefined {
  const document = documents.get(uri);
  return document !== undefined && kindOfDocument(document) === "release" ? document : undefined;
}

/** An open unit file with all that is known around it; undefined for what is none. */
export async function unitDocument({ documents, analysis }: Session, uri: string): Promise<UnitDocument | undefined> {
  const document = documents.get(uri);
  return document !== undefined && kindOfDocument(document) === "unit" ? await analysis.unit(document) : undefined;
}

/** An open file of systemd-sysupdate with all that is known around it; undefined for what is none. */
export async function updateDocument(
  { documents, analysis }: Session,
  uri: string,
): Promise<UpdateDocument | undefined> {
  const document = documents.get(uri);
  return document !== undefined && kindOfDocument(document) === "update" ? await analysis.update(document) : undefined;
}

/** An open file of sections and settings, whichever of the two it is. */
export async function settingsDocument(
  session: Session,
  uri: string,
): Promise<UnitDocument | UpdateDocument | undefined> {
  return (await unitDocument(session, uri)) ?? (await updateDocument(session, uri));
}

/** An open document that has findings; undefined for others, and for those that are not open. */
export function checkedDocument({ documents }: Session, uri: string): TextDocument | undefined {
  const document = documents.get(uri);
  return document !== undefined && kindOfDocument(document) !== undefined ? document : undefined;
}
