// "Serve Folder for a Test Machine": a folder of images over HTTP from this machine alone, as a task that runs until stopped.
import { l10n } from "vscode";
import type { Services } from "../services.ts";
import { imageFolder } from "./image-folder.ts";

/** A key binding may bring `{ port: number }` as the second argument. Ends when the task has begun. */
export async function serve(services: Services, args: readonly unknown[]): Promise<void> {
  const folder = await imageFolder(args, l10n.t("Serve a folder of images"));
  if (folder !== undefined) await services.tasks.runOnFolder("serve", folder, portOption(args[1]));
}

function portOption(value: unknown): readonly string[] {
  const port = typeof value === "object" && value !== null ? Reflect.get(value, "port") : undefined;
  return typeof port === "number" ? ["--port", String(port)] : [];
}
