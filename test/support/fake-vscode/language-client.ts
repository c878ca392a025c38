// What the extension uses of vscode-languageclient/node: a client that starts no process and records what it is told.

export const CloseAction = { DoNotRestart: 1, Restart: 2 };
export const ErrorAction = { Continue: 1, Shutdown: 2 };
export const RevealOutputChannelOn = { Debug: 0, Info: 1, Warn: 2, Error: 3, Never: 4 };
export const TransportKind = { stdio: 0, ipc: 1, pipe: 2, socket: 3 };

/** The clients that were made, for tests; `startError` makes the next ones fail to start. */
export const languageClients: { made: LanguageClient[]; startError: Error | undefined } = {
  made: [],
  startError: undefined,
};

export class LanguageClient {
  readonly args: readonly unknown[];
  readonly requests: { readonly method: string; readonly params: unknown }[] = [];
  readonly #notified = new Map<string, (params: unknown) => void>();
  isDisposed = false;

  constructor(...args: unknown[]) {
    this.args = args;
    languageClients.made.push(this);
  }

  onNotification(method: string, listener: (params: unknown) => void): void {
    this.#notified.set(method, listener);
  }

  async start(): Promise<void> {
    if (languageClients.startError !== undefined) throw languageClients.startError;
  }

  async sendRequest(...[method, params]: [string, unknown?]): Promise<unknown> {
    this.requests.push({ method, params });
    return { method, params };
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
  }

  /** As the server notifies. */
  notify(method: string, params?: unknown): void {
    this.#notified.get(method)?.(params);
  }
}
