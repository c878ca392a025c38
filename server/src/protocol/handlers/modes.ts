// workspace/executeCommand: the repairs that are no edits of texts.
import { setModesCommand } from "../../../../shared/src/ids.ts";
import type { Platform } from "../platform.ts";
import type { Session } from "../session.ts";

interface ModeChange {
  readonly uri: string;
  readonly mode: number;
}

/** Gives files other permission bits; the user is told when that fails. */
export function handleModes({ connection, log }: Session, platform: Platform): void {
  connection.onExecuteCommand(async ({ command, arguments: [given] = [] }) => {
    if (command !== setModesCommand || !Array.isArray(given)) return;
    for (const change of given.filter(isModeChange)) {
      try {
        await platform.setMode(change.uri, change.mode);
      } catch (error) {
        log.error(`changing a mode failed: ${error instanceof Error ? error.message : error}`);
        connection.window.showErrorMessage(
          `The mode of "${change.uri.slice(change.uri.lastIndexOf("/") + 1)}" could not be changed; use chmod ${change.mode.toString(8)}.`,
        );
      }
    }
  });
}

function isModeChange(value: unknown): value is ModeChange {
  if (typeof value !== "object" || value === null || !("uri" in value) || !("mode" in value)) return false;
  const { uri, mode } = value;
  return (
    typeof uri === "string" &&
    uri.startsWith("file:") &&
    Number.isInteger(mode) &&
    Number(mode) === (Number(mode) & 0o7777)
  );
}
