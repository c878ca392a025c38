// Shows what is left of a unit when systemd has read its drop-ins: a read-only text whose lines lead to their files.
import {
  Disposable,
  DocumentLink,
  EventEmitter,
  languages as editorLanguages,
  Location,
  type LogOutputChannel,
  Position,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { languages, unitViewScheme } from "../../../shared/src/ids.ts";
import type { EffectiveUnit, SourceLine } from "../../../shared/src/requests.ts";
import type { Analysis } from "../analysis.ts";
import { effectiveUnitUri, sourceOf } from "./effective-unit-uri.ts";
import { unitDocuments, unitFolders } from "./unit-patterns.ts";

/** Milliseconds to wait for further typing before views are made anew. */
const debounceMs = 150;
/** The same for files on the disk, of which the language server hears with a delay of its own. */
const debounceOnDiskMs = 600;

export interface EffectiveUnits extends Disposable {
  /** Opens the unit of a unit file or drop-in beside the active editor; false when the file is neither. */
  show(source: Uri): Promise<boolean>;
}

export function createEffectiveUnits(analysis: Analysis, log: LogOutputChannel): EffectiveUnits {
  /** Where the lines of the open views come from, by the view's URI. */
  const sources = new Map<string, EffectiveUnit["lines"]>();
  const changes = new EventEmitter<Uri>();
  let timer: NodeJS.Timeout | undefined;

  function refreshAfter(pause: number): void {
    if (sources.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const view of sources.keys()) changes.fire(Uri.parse(view));
    }, pause);
  }

  async function provideTextDocumentContent(view: Uri): Promise<string> {
    const unit = await analysis.effectiveUnit(sourceOf(view));
    sources.set(view.toString(), unit?.lines ?? []);
    return unit?.text ?? "# This unit no longer exists; close this view.\n";
  }

  function sourceAt({ uri }: TextDocument, line: number): SourceLine | undefined {
    return sources.get(uri.toString())?.[line] ?? undefined;
  }

  const watcher = workspace.createFileSystemWatcher(`${unitFolders}/**`);
  const onDisk = (): void => refreshAfter(debounceOnDiskMs);
  const selector = { scheme: unitViewScheme };
  const registrations = Disposable.from(
    changes,
    watcher,
    watcher.onDidCreate(onDisk),
    watcher.onDidChange(onDisk),
    watcher.onDidDelete(onDisk),
    analysis.onDidChangeTrees(onDisk),
    workspace.registerTextDocumentContentProvider(unitViewScheme, {
      onDidChange: changes.event,
      provideTextDocumentContent,
    }),
    editorLanguages.registerDefinitionProvider(selector, {
      provideDefinition(document, { line }) {
        const source = sourceAt(document, line);
        return source && new Location(Uri.parse(source.uri), new Position(source.line, 0));
      },
    }),
    editorLanguages.registerDocumentLinkProvider(selector, {
      // The comments that say which file the next lines come from; elsewhere "Go to Definition" leads there.
      provideDocumentLinks: (document) =>
        Array.from({ length: document.lineCount }, (_, line) => line).flatMap((line) => {
          const words = document.lineAt(line).text.trimEnd();
          const [sign] = /^#\s*(?=\S)/.exec(words) ?? [];
          const source = sourceAt(document, line);
          if (source === undefined || sign === undefined) return [];
          const target = Uri.parse(source.uri).with({ fragment: `L${source.line + 1}` });
          return new DocumentLink(new Range(line, sign.length, line, words.length), target);
        }),
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const { scheme } = document.uri;
      if (contentChanges.length === 0 || scheme === unitViewScheme) return;
      if (editorLanguages.match(unitDocuments(scheme), document) > 0) refreshAfter(debounceMs);
    }),
    workspace.onDidCloseTextDocument((document) => {
      if (document.isClosed) sources.delete(document.uri.toString());
    }),
    new Disposable(() => clearTimeout(timer)),
  );

  return {
    async show(source) {
      const unit = await analysis.effectiveUnit(source);
      if (unit === null) return false;
      const view = effectiveUnitUri(unit.name, source);
      const opened = await workspace.openTextDocument(view);
      const document = await editorLanguages.setTextDocumentLanguage(opened, languages.unit);
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
      log.debug(`Showed the effective unit "${unit.name}" of ${source}.`);
      return true;
    },
    dispose: () => registrations.dispose(),
  };
}
