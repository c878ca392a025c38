// Gives units and transfers outside of systemd's folders their language, which name and text together tell and no pattern can.
import { Disposable, languages as editorLanguages, type LogOutputChannel, type TextDocument, workspace } from "vscode";
import { configurationSection, imageScheme, languages } from "../../shared/src/ids.ts";
import type { Analysis } from "./analysis.ts";
import { isCalledAsUnit, looksLikeUnit } from "./units/loose-unit.ts";
import { languageOfLooseUpdate } from "./updates/loose-update.ts";

/** What VS Code calls such a file by itself. Any other language has been chosen, by the user or by another extension. */
const unchosen: readonly string[] = ["plaintext", "ini", "properties"];

/** Looks at each document once it is opened, and again when it is saved, as a new file has no text yet. */
export function claimLooseFiles(analysis: Analysis, log: LogOutputChannel): Disposable {
  // Whoever sets the language back after us has chosen it.
  const claimed = new Set<string>();

  async function claim(document: TextDocument): Promise<void> {
    const uri = document.uri.toString();
    const language = claimed.has(uri) ? undefined : languageOf(document);
    if (language === undefined || isAssociated(document)) return;
    const inTreesOnly = language === languages.unit && unitScope(document) === "trees";
    if (inTreesOnly && (await analysis.describeTree(document.uri)) === null) return;
    if (document.isClosed || !unchosen.includes(document.languageId)) return;
    claimed.add(uri);
    await editorLanguages.setTextDocumentLanguage(document, language);
  }
  function consider(document: TextDocument): void {
    claim(document).catch((error: unknown) => log.debug(`${document.uri} kept its language: ${String(error)}`));
  }

  workspace.textDocuments.forEach(consider);
  return Disposable.from(
    workspace.onDidOpenTextDocument(consider),
    workspace.onDidSaveTextDocument(consider),
    workspace.onDidCloseTextDocument((document) => {
      // A change of the language closes a document as well, but only in name.
      if (document.isClosed) claimed.delete(document.uri.toString());
    }),
  );
}

/** The language that name and text tell; undefined for a file of others, and for one whose language was chosen. */
function languageOf(document: TextDocument): string | undefined {
  const { uri, languageId } = document;
  if (!unchosen.includes(languageId) || !["file", imageScheme].includes(uri.scheme)) return undefined;
  const lines = { count: document.lineCount, at: (line: number) => document.lineAt(line).text };
  if (isCalledAsUnit(uri.path) && looksLikeUnit(lines)) return languages.unit;
  return languageOfLooseUpdate(uri.path, lines);
}

/** Whether the user's settings say which language the file has. */
function isAssociated(document: TextDocument): boolean {
  const associations = workspace.getConfiguration("files", document).get<Record<string, string>>("associations", {});
  return Object.keys(associations).some(
    (pattern) => editorLanguages.match({ pattern: pattern.includes("/") ? pattern : `**/${pattern}` }, document) > 0,
  );
}

function unitScope(document: TextDocument): string {
  return workspace.getConfiguration(configurationSection, document).get("units.scope", "everywhere");
}
