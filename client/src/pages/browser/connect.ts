// The page's side of the connection with the extension, and the state that survives a reload of the window.

/** What VS Code adds to a browser's page. */
interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): EditorApi;

export interface ExtensionSide<FromPage> {
  send(message: FromPage): void;
  /** What `keepState` was given last, also before a reload; undefined when there is nothing. Checked by the caller. */
  keptState(): unknown;
  keepState(state: unknown): void;
}

/** Calls `receive` with each message of the extension. Called once a page, which then sends that it is ready. */
export function connectToExtension<ToPage, FromPage>(receive: (message: ToPage) => void): ExtensionSide<FromPage> {
  const editor = acquireVsCodeApi();
  window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => receive(data));
  return {
    send: (message) => editor.postMessage(message),
    keptState: () => editor.getState(),
    keepState: (state) => editor.setState(state),
  };
}
