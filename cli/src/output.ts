// Standard output: waits for a slow reader, and ends without an error when the reader has closed it.
import type { Writable } from "node:stream";
import { ioReason } from "../../image/src/node/index.ts";
import { Failure } from "./failure.ts";

/** Thrown when the reader closes our output early, as `head` does. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

export interface Output {
  readonly isTerminal: boolean;
  /** Resolves when there is room for more. */
  write(chunk: string | Uint8Array): Promise<void>;
}

/** Wraps a stream of the process, once. */
export function streamOutput(stream: Writable & { readonly isTTY?: boolean }): Output {
  let failure: Error | undefined;
  // Without a listener node would end the process with a stack trace.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    failure =
      error.code === "EPIPE"
        ? new ReaderGone("the reader has closed the output", { cause: error })
        : new Failure(ioReason(error), "the output cannot be written", error);
  });
  return {
    isTerminal: stream.isTTY === true,
    write: (chunk) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) reject(failure);
        else if (chunk.length === 0) resolve();
        else
          stream.write(chunk, (error) => {
            if (error === null || error === undefined) resolve();
            else setImmediate(() => reject(failure ?? error));
          });
      }),
  };
}

const pageLength = 32 * 1024;

export interface BufferedOutput {
  /** Gives something to wait for when there is no room for more. */
  write(text: string): Promise<void> | undefined;
  flush(): Promise<void>;
}

/** Collects short texts into large writes. */
export function bufferedOutput(output: Output): BufferedOutput {
  let held = "";
  async function flush(): Promise<void> {
    const text = held;
    held = "";
    await output.write(text);
  }
  return {
    flush,
    write(text) {
      held += text;
      return held.length >= pageLength ? flush() : undefined;
    },
  };
}
