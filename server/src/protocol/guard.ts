// Isolates features from each other: a handler that fails is logged, and answers with its fallback.
import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

export interface Log {
  error(message: string): void;
}

/** Wraps a handler. A request that was cancelled before or while it ran is answered so, as the protocol asks. */
export function guard<Params, Result>(
  name: string,
  log: Log,
  fallback: Result,
  handler: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result> {
  return async (params, token) => {
    throwIfCancelled(token);
    const result = await attempt(name, log, fallback, () => handler(params, token));
    throwIfCancelled(token);
    return result;
  };
}

/** Runs something optional; a failure is logged, and the result is the fallback. */
export async function attempt<Result>(
  name: string,
  log: Log,
  fallback: Result,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    log.error(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return fallback;
  }
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}
