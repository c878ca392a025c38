// The editor's smaller services: commands, languages, tasks, translations, the environment and other extensions.
import path from "node:path";
import type * as vscode from "vscode";
import { extensionId } from "../../../shared/src/ids.ts";
import { readProjectFile } from "../../tidy/project.ts";
import { editor } from "./editor.ts";
import { Disposable } from "./events.ts";

export const commands = {
  registerCommand(id: string, run: (...args: unknown[]) => unknown): Disposable {
    editor.commands.set(id, run);
    return new Disposable(() => editor.commands.delete(id));
  },
  async executeCommand(command: string, ...args: unknown[]): Promise<unknown> {
    editor.executed.push({ command, args });
    return await editor.commands.get(command)?.(...args);
  },
} satisfies Partial<Record<keyof typeof vscode.commands, unknown>>;

function fits({ language, scheme, pattern }: vscode.DocumentFilter, { uri, languageId }: vscode.TextDocument): boolean {
  return (
    (language === undefined || language === languageId) &&
    (scheme === undefined || scheme === uri.scheme) &&
    (typeof pattern !== "string" || path.matchesGlob(uri.path, pattern))
  );
}

export const languages = {
  createLanguageStatusItem(id: string, selector: vscode.DocumentSelector): vscode.LanguageStatusItem {
    const item: vscode.LanguageStatusItem = {
      ...{ id, name: undefined, selector, severity: 0, text: "", command: undefined, busy: false },
      dispose: () => undefined,
    };
    editor.statusItems.push(item);
    return item;
  },
  async setTextDocumentLanguage(document: vscode.TextDocument, languageId: string): Promise<vscode.TextDocument> {
    Object.assign(document, { languageId });
    return document;
  },
  match(selector: vscode.DocumentSelector, document: vscode.TextDocument): number {
    const filters = [selector].flat();
    return filters.some((filter) => typeof filter !== "string" && fits(filter, document)) ? 10 : 0;
  },
  registerDefinitionProvider(_selector: unknown, provider: vscode.DefinitionProvider): Disposable {
    editor.definitionProviders.push(provider);
    return new Disposable(() => undefined);
  },
  registerDocumentLinkProvider(_selector: unknown, provider: vscode.DocumentLinkProvider): Disposable {
    editor.linkProviders.push(provider);
    return new Disposable(() => undefined);
  },
} satisfies Partial<Record<keyof typeof vscode.languages, unknown>>;

export const tasks = {
  registerTaskProvider: () => new Disposable(() => undefined),
  async executeTask(task: unknown): Promise<object> {
    editor.tasks.push(task);
    return { task, terminate: () => undefined };
  },
} satisfies Partial<Record<keyof typeof vscode.tasks, unknown>>;

export const l10n = {
  t(message: string, ...values: readonly unknown[]): string {
    return message.replaceAll(/\{(\d+)\}/g, (whole, at: string) =>
      Number(at) < values.length ? String(values[Number(at)]) : whole,
    );
  },
} satisfies Partial<Record<keyof typeof vscode.l10n, unknown>>;

export const env = {
  language: "en",
  get appHost() {
    return editor.appHost;
  },
  get remoteName() {
    return editor.remoteName;
  },
  clipboard: {
    async readText(): Promise<string> {
      return editor.clipboard;
    },
    async writeText(text: string): Promise<void> {
      editor.clipboard = text;
    },
  },
} satisfies Partial<Record<keyof typeof vscode.env, unknown>>;

/** The extension's manifest with its texts in place, as the editor gives it. */
function readManifest(): unknown {
  const texts: unknown = JSON.parse(readProjectFile("package.nls.json"));
  return JSON.parse(readProjectFile("package.json"), (_key, value) => {
    const [, text] = typeof value === "string" ? (/^%(.+)%$/.exec(value) ?? []) : [];
    return text === undefined ? value : Reflect.get(Object(texts), text);
  });
}

export const extensions = {
  getExtension(id: string) {
    if (id === extensionId) return { id, packageJSON: readManifest() };
    return editor.extensions.has(id) ? { id } : undefined;
  },
} satisfies Partial<Record<keyof typeof vscode.extensions, unknown>>;
