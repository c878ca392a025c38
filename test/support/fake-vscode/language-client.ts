// What the extension uses of vscode-languageclient/node: a client that starts no process and records what it is told.

export const CloseAction = { DoNotRestart: 1, Restart: 2 };
export const ErrorAction = { Continue: 1, Shutdown: 2 };
export const RevealOutputChannelOn = { Debug: 0, Info: 1, Warn: 2, Error: 3, Never: 4 };
export const TransportKind = { stdio: 0, ipc: 1, pipe: 2, socket: 3 };

interface LanguageClients {
  readonly made: LanguageClient[];
  /** Makes clients fail to start. */
  startError: Error | undefined;
  /** Results of requests by their names, or functions from the parameters to results. */
  answers: Readonly<Record<string, unknown>>;
}

/** The clients that were made, and how the next ones behave. */
export const languageClients: LanguageClients = { made: [], startError: undefined, answers: {} };

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
    if (!(method in languageClients.answers)) throw new Error(`the server does not know ${method}`);
    const answer = languageClients.answers[method];
    return typeof answer === "function" ? await answer(params) : answer;
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
  }

  /** As the server notifies. */
  notify(method: string, params?: unknown): void {
    this.#notified.get(method)?.(params);
  }
}
