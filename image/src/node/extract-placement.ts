// Decides where extracted entries go: what is in the way at a path, and what takes its place.
import { randomBytes } from "node:crypto";
import { lstatSync, renameSync, rmSync } from "node:fs";
import type { FileType } from "../tree/file-tree.ts";
import { foldedName } from "./extract-names.ts";
import type { LeftOut } from "./extract-options.ts";
import { hostPath } from "./host-path.ts";

/**
 * The place of an entry: `free`; `folder` when a folder is there that is to be filled; `replace` when a file is there that
 * goes when the new one is complete.
 */
export type Place = "free" | "folder" | "replace";

export interface Placement {
  /** Where an entry of the tree goes on the host. */
  at(path: string): string | Buffer;
  /** A name that nothing has, in the folder where the entry goes. */
  temporaryFor(path: string): string | Buffer;
  /**
   * Takes the place of an entry of this type; only folders can be taken twice. A reason tells why it stays out. Removes
   * a file that is in the way of a folder when files may be replaced. Throws what node throws.
   */
  take(path: string, type: FileType): Place | Omit<LeftOut, "path">;
  /** Whether this path was taken, and not by one that the host may not tell from it. */
  has(path: string): boolean;
  /**
   * Makes a link or device with `make` at a place that was taken; what it replaces goes only when that has worked. Throws
   * what `make` and node throw.
   */
  put(path: string, place: Place, make: (file: string | Buffer) => void | Promise<void>): Promise<void>;
}

/** Places below `folder`; `force` replaces files that are there already. */
export function createPlacement(folder: string, force: boolean): Placement {
  /** Paths that were taken, by the name that a host may have them under that does not tell case. */
  const taken = new Map<string, string>();
  /** Paths as they are in the tree, from when they are begun; folders only once. */
  const begun = new Set<string>();

  const at = (path: string): string | Buffer => hostPath(folder, path);

  function temporaryFor(path: string): string | Buffer {
    return at(`${path.slice(0, path.lastIndexOf("/") + 1)}.#sysext-${randomBytes(6).toString("hex")}`);
  }

  return {
    at,
    temporaryFor,

    take(path, type) {
      const found = lstatSync(at(path), { throwIfNoEntry: false });
      const known = foldedName(path);
      const before = taken.get(known);
      if (begun.has(path)) {
        if (type === "directory" && found?.isDirectory() === true) return "folder";
        return { reason: "the image has two entries of this path, and only the first one is extracted" };
      }
      begun.add(path);
      if (found === undefined) {
        taken.set(known, path);
        return "free";
      }
      if (before !== undefined && before !== path) {
        return { reason: `its name and that of "${before}" are the same in this folder` };
      }
      taken.set(known, path);
      if (found.isDirectory()) {
        return type === "directory" ? "folder" : { reason: "there is already a folder of this name; remove it" };
      }
      if (!force) return { reason: "there is already a file of this name", isThere: true };
      if (type !== "directory") return "replace";
      rmSync(at(path));
      return "free";
    },

    has: (path) => taken.get(foldedName(path)) === path,

    async put(path, place, make) {
      const file = place === "replace" ? temporaryFor(path) : at(path);
      try {
        await make(file);
        if (place === "replace") renameSync(file, at(path));
      } catch (error) {
        // Under its own name it may be somebody else's by now.
        if (place === "replace") rmSync(file, { force: true });
        throw error;
      }
    },
  };
}
