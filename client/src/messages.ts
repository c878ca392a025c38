// How the extension speaks to its user: one sentence, with the details in the log.
import { type LogOutputChannel, l10n, window } from "vscode";

/** A reason that is told to the user as it stands: one sentence. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Shows a sentence that something failed, with a button to the log, where `cause` is written in full. */
export async function showProblem(log: LogOutputChannel, sentence: string, cause?: unknown): Promise<void> {
  log.error(sentence);
  if (cause instanceof Error && !(cause instanceof UserError)) log.error(cause);
  const showLog = l10n.t("Show Log");
  if ((await window.showErrorMessage(sentence, showLog)) === showLog) log.show(true);
}

/** What an error says, without its stack, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\.$/, "");
}

/** A failed operation as one sentence; what was written for the user stays as it is. */
export function sentenceOf(task: string, error: unknown): string {
  return error instanceof UserError ? error.message : `${task}: ${reasonOf(error)}.`;
}

/**
 * Lets work go on that nobody waits for. When it fails, the user is shown one sentence that begins with `task`, and the
 * cause is in the log.
 */
export function runInBackground(log: LogOutputChannel, task: string, work: PromiseLike<unknown>): void {
  void Promise.resolve(work).catch((error: unknown) => showProblem(log, sentenceOf(task, error), error));
}

/** Lets work go on that the user has not asked for, such as updating what is shown: a failure is in the log only. */
export function logFailure(log: LogOutputChannel, task: string, work: PromiseLike<unknown>): void {
  void Promise.resolve(work).catch((error: unknown) => log.warn(sentenceOf(task, error)));
}
