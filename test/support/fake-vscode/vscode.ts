// What tests get for `import … from "vscode"`: the part of the editor's API that the extension uses.
export * from "./enumerations.ts";
export { CancellationTokenSource, Disposable, EventEmitter } from "./events.ts";
export { commands, env, extensions, l10n, languages, tasks } from "./services.ts";
export { Uri } from "./uri.ts";
export * from "./values.ts";
export { window } from "./window.ts";
export { workspace } from "./workspace.ts";
