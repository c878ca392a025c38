// The editor's enumerations that the extension uses, with the editor's numbers.
import type * as vscode from "vscode";

type Numbers<Enumeration> = { readonly [Name in keyof Enumeration]: number };

export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 } satisfies Numbers<
  typeof vscode.ConfigurationTarget
>;
export const FileChangeType = { Changed: 1, Created: 2, Deleted: 3 } satisfies Numbers<typeof vscode.FileChangeType>;
export const FilePermission = { Readonly: 1 } satisfies Numbers<typeof vscode.FilePermission>;
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } satisfies Numbers<
  typeof vscode.FileType
>;
export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 } satisfies Numbers<
  typeof vscode.LanguageStatusSeverity
>;
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 } satisfies Numbers<
  typeof vscode.ProgressLocation
>;
export const QuickPickItemKind = { Separator: -1, Default: 0 } satisfies Numbers<typeof vscode.QuickPickItemKind>;
export const TaskPanelKind = { Shared: 1, Dedicated: 2, New: 3 } satisfies Numbers<typeof vscode.TaskPanelKind>;
export const TaskRevealKind = { Always: 1, Silent: 2, Never: 3 } satisfies Numbers<typeof vscode.TaskRevealKind>;
export const TaskScope = { Global: 1, Workspace: 2 } satisfies Numbers<typeof vscode.TaskScope>;
export const TextEditorRevealType = {
  ...{ Default: 0, InCenter: 1, InCenterIfOutsideViewport: 2, AtTop: 3 },
} satisfies Numbers<typeof vscode.TextEditorRevealType>;
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } satisfies Numbers<
  typeof vscode.TreeItemCollapsibleState
>;
export const ViewColumn = {
  ...{ Active: -1, Beside: -2, One: 1, Two: 2, Three: 3, Four: 4, Five: 5, Six: 6, Seven: 7, Eight: 8, Nine: 9 },
} satisfies Numbers<typeof vscode.ViewColumn>;
