// Copies an image under its versioned name into the folder for the host, with the symlink to it.
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, lstat, mkdir, open, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";

export interface PlacedVersion {
  /** Local path of the folder that stands for the host's root. */
  readonly folder: string;
  /** Paths below it, with `/` between names. */
  readonly image: string;
  readonly symlink: string;
  /** The target of the symlink. */
  readonly target: string;
}

/** What already exists at these paths. */
export interface Occupied {
  readonly image: boolean;
  /** `other`: a file or folder, which a symlink must not replace. */
  readonly symlink: "absent" | "symlink" | "other";
}

export async function lookAt(place: PlacedVersion): Promise<Occupied> {
  const image = await statOrNothing(path.join(place.folder, place.image));
  const link = await statOrNothing(path.join(place.folder, place.symlink));
  const kind = link === undefined ? "absent" : link.isSymbolicLink() ? "symlink" : "other";
  return { image: image !== undefined, symlink: kind };
}

/**
 * Copies the image at the local path `from` and creates the symlink, in this order; each appears under its name only when it
 * is complete. Throws node's errors; the image may be left behind then.
 */
export async function placeVersion(from: string, place: PlacedVersion): Promise<void> {
  const image = path.join(place.folder, place.image);
  await appear(image, async (temporary) => {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE);
    const file = await open(temporary, "r+");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  });
  await appear(path.join(place.folder, place.symlink), (temporary) => symlink(place.target, temporary));
}

async function appear(file: string, make: (temporary: string) => Promise<void>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await make(temporary);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function statOrNothing(file: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  try {
    return await lstat(file);
  } catch {
    return undefined;
  }
}
