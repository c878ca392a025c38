// Writes files for a host into a folder of the workspace, from which the user copies them; asks before replacing files.
import { l10n, Uri, WorkspaceEdit, window, workspace } from "vscode";
import type { HostFileText } from "../../../shared/src/update-requests.ts";
import { UserError } from "../messages.ts";

/** The folder beside a tree's `usr` with the files for the host. */
export const hostFolderName = "host";

interface Placed {
  readonly uri: Uri;
  readonly bytes: Uint8Array;
  readonly before: "absent" | "same" | "other";
}

/**
 * Writes all files, or none when the user keeps an existing one or when one cannot be written; a single undo removes them.
 * Resolves with their URIs in the order of `files`; undefined when the user cancelled.
 */
export async function writeHostFiles(files: readonly HostFileText[], folder: Uri): Promise<Uri[] | undefined> {
  const placed = await Promise.all(files.map((file) => place(file, folder)));
  const others = placed.filter(({ before }) => before === "other");
  if (others.length > 0 && !(await mayReplace(others))) return undefined;
  const changed = placed.filter(({ before }) => before !== "same");
  const edit = new WorkspaceEdit();
  for (const { uri, bytes, before } of changed) {
    edit.createFile(uri, { overwrite: before === "other", contents: bytes });
  }
  if (changed.length > 0 && !(await workspace.applyEdit(edit))) {
    throw new UserError(l10n.t('Nothing was written: files cannot be created in "{0}".', folder.fsPath));
  }
  return placed.map(({ uri }) => uri);
}

async function place({ path, text }: HostFileText, folder: Uri): Promise<Placed> {
  const uri = Uri.joinPath(folder, path);
  const bytes = new TextEncoder().encode(text);
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const there = open === undefined ? await readIfThere(uri) : new TextEncoder().encode(open.getText());
  const before = there === undefined ? "absent" : Buffer.compare(there, bytes) === 0 ? "same" : "other";
  return { uri, bytes, before };
}

async function readIfThere(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    await workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return await workspace.fs.readFile(uri);
}

async function mayReplace(others: readonly Placed[]): Promise<boolean> {
  const names = others.map(({ uri }) => workspace.asRelativePath(uri)).join(", ");
  const replace = l10n.t("Replace");
  const sentence = l10n.t("These files exist with different content: {0}.", names);
  return (await window.showWarningMessage(sentence, { modal: true }, replace)) === replace;
}
