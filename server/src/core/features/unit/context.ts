// What the surroundings of a unit file can tell to features; everything may be unknown.
import type { TreeEntry } from "../../model/tree.ts";
import type { UnitContext } from "../../model/unit-context.ts";

export interface UnitFeatureContext extends UnitContext {
  /** Names of the units that the file can mention: those of its tree. */
  readonly unitNames?: readonly string[];
  /** What a unit says of itself in `Description=`. */
  readonly describeUnit?: (name: string) => string | undefined;
  /** The features that transfers can name: those of the set that the file belongs to. */
  readonly features?: readonly { readonly name: string; readonly description?: string }[];
  /** The entries of a folder of the tree, such as `usr/bin`. A folder that is not there may throw. */
  readonly list?: (folder: string) => Promise<readonly TreeEntry[]>;
  /** Milliseconds since 1970, for what depends on the time. */
  readonly now?: number;
  /** The user's time zone by its name, such as `Europe/Berlin`. */
  readonly zone?: string;
}
