// Starts the language server as an editor does, and speaks JSON-RPC with it over its standard streams.
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import type { TestContext } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";

export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface ServerProcess {
  /** Sends a request; settles with its result, fails with its error's message. */
  request<Result>(method: string, params?: unknown): Promise<Result>;
  notify(method: string, params?: unknown): void;
  /** Writes bytes as they are. */
  write(text: string): void;
  /** Closes the connection without a word. */
  hangUp(): void;
  /** The next notification of a method that has not been waited for yet. */
  notification<Params>(method: string): Promise<Params>;
  /** The process's exit status. */
  readonly exit: Promise<number | null>;
}

/** Answers to what the server asks of the editor, by method; one that throws is answered with an error. */
export type Answers = Readonly<Record<string, (params: never) => unknown>>;

export const serverMain = path.join(projectFolder, "server/src/main.ts");

export function startServerProcess(t: TestContext, answers: Answers = {}, main = serverMain): ServerProcess {
  const child = spawn(process.execPath, [main, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => child.kill());
  const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const waiting = new Map<number, (message: Message) => void>();
  const inbox = new Map<string, unknown[]>();
  const listeners = new Map<string, ((params: unknown) => void)[]>();
  let lastId = 0;

  function send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  function answerTo(method: string, params: unknown): object {
    try {
      return { result: answers[method]?.(params as never) ?? null };
    } catch (error) {
      return { error: { code: -32603, message: String(error) } };
    }
  }

  readMessages(child, (message) => {
    if (message.method === undefined) {
      waiting.get(message.id ?? 0)?.(message);
    } else if (message.id !== undefined) {
      send({ id: message.id, ...answerTo(message.method, message.params) });
    } else {
      const listener = listeners.get(message.method)?.shift();
      if (listener !== undefined) listener(message.params);
      else inbox.set(message.method, [...(inbox.get(message.method) ?? []), message.params]);
    }
  });

  return {
    exit,
    write: (text) => void child.stdin?.write(text),
    hangUp: () => void child.stdin?.end(),
    notify: (method, params) => send({ method, params }),
    request<Result>(method: string, params?: unknown) {
      const id = ++lastId;
      return new Promise<Result>((resolve, reject) => {
        waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result as Result)));
        send({ id, method, params });
      });
    },
    notification<Params>(method: string) {
      const [first, ...rest] = inbox.get(method) ?? [];
      if (first !== undefined) {
        inbox.set(method, rest);
        return Promise.resolve(first as Params);
      }
      return new Promise<Params>((resolve) => {
        listeners.set(method, [...(listeners.get(method) ?? []), (params) => resolve(params as Params)]);
      });
    },
  };
}

/** Calls back for each message that the process writes. */
function readMessages(child: ChildProcess, onMessage: (message: Message) => void): void {
  let buffered = Buffer.alloc(0);
  child.stdout?.on("data", (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (;;) {
      const head = /^(?:[^\r\n]+\r\n)*?Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/i.exec(
        buffered.toString("latin1"),
      );
      if (head === null) return;
      const end = head[0].length + Number(head[1]);
      if (buffered.length < end) return;
      const body = buffered.subarray(head[0].length, end).toString();
      buffered = buffered.subarray(end);
      onMessage(JSON.parse(body) as Message);
    }
  });
}
