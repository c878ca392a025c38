// The editor's plain values: places in texts, looks of tree items, decorations, tasks, and its enumerations.
import type * as vscode from "vscode";
import type { Uri } from "./uri.ts";

export class Position implements Pick<vscode.Position, "line" | "character"> {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }

  translate(lines = 0, characters = 0): Position {
    return new Position(this.line + lines, this.character + characters);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(...at: [Position, Position] | [number, number, number, number]) {
    const [first, second, third, fourth] = at;
    if (typeof first === "number" && typeof second === "number") {
      this.start = new Position(first, second);
      this.end = new Position(third ?? 0, fourth ?? 0);
    } else if (first instanceof Position && second instanceof Position) {
      this.start = first;
      this.end = second;
    } else throw new TypeError("a range has two positions or four numbers");
  }
}

export class Selection extends Range {}

export class Location {
  readonly uri: Uri;
  readonly range: Range | Position;

  constructor(uri: Uri, range: Range | Position) {
    this.uri = uri;
    this.range = range;
  }
}

export class ThemeColor implements vscode.ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon implements vscode.ThemeIcon {
  static readonly File = new ThemeIcon("file");
  static readonly Folder = new ThemeIcon("folder");
  readonly id: string;
  readonly color?: ThemeColor;

  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    if (color !== undefined) this.color = color;
  }
}

export class MarkdownString implements vscode.MarkdownString {
  value: string;
  isTrusted?: boolean;
  supportThemeIcons?: boolean;

  constructor(value = "", supportThemeIcons = false) {
    this.value = value;
    this.supportThemeIcons = supportThemeIcons;
  }

  /** The editor escapes signs of Markdown, too; tests want to see the text. */
  appendText(text: string): this {
    this.value += text;
    return this;
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }

  appendCodeblock(text: string, language = ""): this {
    this.value += `\n\`\`\`${language}\n${text}\n\`\`\`\n`;
    return this;
  }
}

export class TreeItem implements vscode.TreeItem {
  label?: string | vscode.TreeItemLabel;
  resourceUri?: vscode.Uri;
  collapsibleState?: vscode.TreeItemCollapsibleState;

  constructor(label: string | Uri, collapsibleState?: vscode.TreeItemCollapsibleState) {
    if (typeof label === "string") this.label = label;
    else this.resourceUri = label;
    if (collapsibleState !== undefined) this.collapsibleState = collapsibleState;
  }
}

export class FileDecoration implements vscode.FileDecoration {
  readonly badge?: string;
  readonly tooltip?: string;
  readonly color?: ThemeColor;
  propagate?: boolean;

  constructor(badge?: string, tooltip?: string, color?: ThemeColor) {
    if (badge !== undefined) this.badge = badge;
    if (tooltip !== undefined) this.tooltip = tooltip;
    if (color !== undefined) this.color = color;
  }
}

export class DataTransferItem {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  async asString(): Promise<string> {
    return typeof this.value === "string" ? this.value : JSON.stringify(this.value);
  }

  asFile(): vscode.DataTransferFile | undefined {
    return undefined;
  }
}

export class DocumentLink {
  readonly range: Range;
  readonly target: Uri | undefined;
  tooltip?: string;

  constructor(range: Range, target?: Uri) {
    this.range = range;
    this.target = target;
  }
}

export class RelativePattern implements Pick<vscode.RelativePattern, "pattern"> {
  readonly baseUri: vscode.Uri;
  readonly pattern: string;

  constructor(base: vscode.Uri | vscode.WorkspaceFolder, pattern: string) {
    this.baseUri = "uri" in base ? base.uri : base;
    this.pattern = pattern;
  }
}

export class TabInputText implements vscode.TabInputText {
  readonly uri: vscode.Uri;

  constructor(uri: vscode.Uri) {
    this.uri = uri;
  }
}

export class ProcessExecution {
  readonly process: string;
  readonly args: readonly string[];
  readonly options: vscode.ProcessExecutionOptions | undefined;

  constructor(program: string, args: readonly string[], options?: vscode.ProcessExecutionOptions) {
    this.process = program;
    this.args = args;
    this.options = options;
  }
}

export class TaskGroup {
  static readonly Build = new TaskGroup("build");
  static readonly Test = new TaskGroup("test");
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class Task {
  readonly definition: vscode.TaskDefinition;
  readonly scope: vscode.WorkspaceFolder | vscode.TaskScope;
  readonly name: string;
  readonly source: string;
  readonly execution: ProcessExecution | undefined;
  readonly problemMatchers: readonly string[];
  group?: TaskGroup;
  presentationOptions: vscode.TaskPresentationOptions = {};
  isBackground = false;
  detail?: string;

  constructor(
    definition: vscode.TaskDefinition,
    scope: vscode.WorkspaceFolder | vscode.TaskScope,
    name: string,
    source: string,
    execution?: ProcessExecution,
    problemMatchers: string | readonly string[] = [],
  ) {
    this.definition = definition;
    this.scope = scope;
    this.name = name;
    this.source = source;
    this.execution = execution;
    this.problemMatchers = typeof problemMatchers === "string" ? [problemMatchers] : problemMatchers;
  }
}

interface EditOptions {
  readonly overwrite?: boolean;
  readonly contents?: Uint8Array;
}

/** A change of files that the extension asks for. */
export type EditStep =
  | { readonly kind: "create"; readonly uri: Uri; readonly options?: EditOptions }
  | { readonly kind: "rename"; readonly from: Uri; readonly to: Uri; readonly options?: EditOptions };

export class WorkspaceEdit {
  /** What was asked for, in its order. */
  readonly steps: EditStep[] = [];

  createFile(uri: Uri, options: EditOptions = {}): void {
    this.steps.push({ kind: "create", uri, options });
  }

  renameFile(from: Uri, to: Uri, options: EditOptions = {}): void {
    this.steps.push({ kind: "rename", from, to, options });
  }
}

export class FileSystemError extends Error {
  override readonly name = "FileSystemError";
  readonly code: string;

  constructor(message: string | Uri = "", code = "Unknown") {
    super(String(message));
    this.code = code;
  }

  static FileNotFound(about?: string | Uri): FileSystemError {
    return new FileSystemError(about, "FileNotFound");
  }

  static FileIsADirectory(about?: string | Uri): FileSystemError {
    return new FileSystemError(about, "FileIsADirectory");
  }

  static FileNotADirectory(about?: string | Uri): FileSystemError {
    return new FileSystemError(about, "FileNotADirectory");
  }

  static NoPermissions(about?: string | Uri): FileSystemError {
    return new FileSystemError(about, "NoPermissions");
  }

  static Unavailable(about?: string | Uri): FileSystemError {
    return new FileSystemError(about, "Unavailable");
  }
}
