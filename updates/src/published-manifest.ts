// What is published in a folder already: its manifest, and the files that mark until when hosts take it.
import { stat } from "node:fs/promises";
import { bestBeforeName, type Manifest, parseManifest, readDate } from "../../server/src/core/index.ts";
import { manifestText, readWhole } from "./read-source.ts";
import { codeOf, updateError } from "./update-error.ts";

export interface PublishedManifest {
  readonly bytes: Buffer;
  /** Undefined when it is no text. */
  readonly text: string | undefined;
  /** As far as it can be read. */
  readonly read: Manifest;
}

/** The manifest in a folder, whatever is wrong with it; undefined when there is none. Throws an UpdateError. */
export async function readPublished(manifest: string): Promise<PublishedManifest | undefined> {
  if (!(await exists(manifest))) return undefined;
  const bytes = await readWhole(manifest);
  try {
    const text = manifestText(bytes, manifest);
    return { bytes, text, read: parseManifest(text) };
  } catch {
    return { bytes, text: undefined, read: parseManifest(bytes.toString("latin1")) };
  }
}

/** Whether something is at a path, symlinks followed. Throws an UpdateError when that cannot be told. */
export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw updateError(file, error);
  }
}

/** Whether a file of this name marks a day with whose beginning hosts refuse the manifest. */
export function isMark(name: string): boolean {
  return name.startsWith(bestBeforeName("")) && readDate(dayOfMark(name)) !== undefined;
}

/** The day in such a name. */
export function dayOfMark(name: string): string {
  return name.slice(bestBeforeName("").length);
}
