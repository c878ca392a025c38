// Reads the dm-verity data of an image, and checks the content when the user asks for it.
import { type LogOutputChannel, l10n, type Uri } from "vscode";
import type { OpenImage } from "../../../image/src/index.ts";
import { checkImageVerity, readImageVerity } from "../../../image/src/node/index.ts";
import type { ImageStore } from "../images/image-store.ts";
import { reasonOf, runInBackground } from "../messages.ts";
import type { Say } from "../say.ts";
import type { PagePart } from "./page/messages.ts";
import { cancelButton, checkButton, type ShownCheck, type ShownVerity, verityParts } from "./verity-part.ts";

export interface VerityWatch {
  /** Reads the states of an image that was opened; checks that are still running end. */
  read(image: OpenImage, signal: AbortSignal): Promise<void>;
  /** Handles a button of these parts; false for any other button. */
  press(button: string): boolean;
  parts(l10n: Say): PagePart[];
  stop(): void;
}

/** Milliseconds between two messages about the progress of a check. */
const progressIntervalMs = 150;

/** `changed` is called whenever `parts` has changed. */
export function createVerityWatch(
  { store, log }: { readonly store: ImageStore; readonly log: LogOutputChannel },
  uri: Uri,
  changed: () => void,
): VerityWatch {
  let shown: ShownVerity = { states: [], checks: new Map() };
  const running = new Map<number, AbortController>();
  const file = uri.scheme === "file" ? uri.fsPath : undefined;

  function stop(): void {
    for (const control of running.values()) control.abort();
    running.clear();
  }

  function tell(at: number, check: ShownCheck | undefined): void {
    const checks = new Map(shown.checks);
    if (check === undefined) checks.delete(at);
    else checks.set(at, check);
    shown = { ...shown, checks };
    changed();
  }

  async function check(at: number): Promise<void> {
    const state = shown.states[at];
    if (state === undefined || running.has(at)) return;
    const control = new AbortController();
    running.set(at, control);
    const isCurrent = (): boolean => running.get(at) === control;
    let told = 0;
    const progress = (done: number, total: number): void => {
      const now = performance.now();
      if (now - told < progressIntervalMs || !isCurrent()) return;
      told = now;
      tell(at, { state: "running", done, total });
    };
    tell(at, { state: "running", done: 0, total: 0 });
    try {
      const options = { progress, signal: control.signal };
      const result = await store.use(uri, (image) => checkImageVerity(file, image, state, options));
      if (isCurrent()) tell(at, { state: "done", check: result });
    } catch (error) {
      if (isCurrent()) tell(at, { state: "failed", reason: reasonOf(error) });
    }
    if (isCurrent()) running.delete(at);
  }

  return {
    async read(image, signal) {
      stop();
      const read = await readImageVerity(file, image, { signal }).then(
        (states) => ({ states }),
        (error: unknown) => ({ states: [], fault: reasonOf(error) }),
      );
      if (!signal.aborted) shown = { ...read, checks: new Map() };
    },
    press(button) {
      const [, word, index] = /^(\w+)-(\d+)$/.exec(button) ?? [];
      const at = Number(index);
      if (word === checkButton) runInBackground(log, l10n.t("The content cannot be checked"), check(at));
      else if (word === cancelButton) {
        running.get(at)?.abort();
        running.delete(at);
        tell(at, undefined);
      } else return false;
      return true;
    },
    parts: (words) => verityParts(shown, words),
    stop,
  };
}
