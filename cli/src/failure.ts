// Failures that are reported to the user in one sentence.
import { ImageError } from "../../image/src/index.ts";
import { ioReason } from "../../image/src/node/index.ts";
import { printable } from "./report/printable.ts";

/** Exit statuses, see `sysext --help`. */
export const exitStatus = { done: 0, no: 1, failed: 2, interrupted: 130 } as const;

/** Where internal errors are reported; package.json's "bugs" names the same. */
const issuesUrl = "https://github.com/sysext-workbench/sysext-workbench/issues";

/** A command that failed; `subject` is the path that it is about, `reason` a sentence without a full stop. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly subject: string | undefined;

  constructor(reason: string, subject?: string, cause?: unknown) {
    super(reason, { cause });
    this.subject = subject;
  }
}

/** Runs `work`; its errors become failures about `subject`, usually a path. Errors that are bugs pass through. */
export async function about<Result>(subject: string | undefined, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImageError) throw new Failure(imageReason(error), subject, error);
    // Commands that have nothing to do with updates need not wait for their code.
    const { UpdateError } = await import("../../updates/src/index.ts");
    if (error instanceof UpdateError) throw new Failure(error.message, error.subject, error);
    if (isSystemError(error)) throw new Failure(ioReason(error), subject, error);
    throw error;
  }
}

function imageReason({ kind, message, offset }: ImageError): string {
  return kind === "corrupt" && offset !== undefined ? `${message} (at byte ${offset})` : message;
}

/** Whether an error comes from the operating system: node gives those a number beside the code. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && "errno" in error && typeof error.errno === "number";
}

/** The line for standard error: one sentence, and the stack behind it only when `debug` asks for it. */
export function failureText(error: unknown, debug: boolean): string {
  const sentence =
    error instanceof Failure
      ? [error.subject, error.message].filter((part) => part !== undefined).join(": ")
      : `internal error: ${error instanceof Error ? error.message : String(error)}; report it at ${issuesUrl}`;
  const stack = debug && error instanceof Error ? `\n${stackOf(error)}` : "";
  return `sysext: ${printable(sentence)}${stack}\n`;
}

function stackOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\n${stackOf(error.cause)}` : stack;
}
