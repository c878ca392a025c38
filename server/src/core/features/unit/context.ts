// What the surroundings of a unit file can tell to features; everything may be unknown.
import type { TreeEntry } from "../../model/tree.ts";
import type { UnitContext } from "../../model/unit-context.ts";
import type { SettingsKind } from "../../model/unit-file.ts";
import type { KnownExtension, UpdateContext } from "../../model/update-context.ts";
import type { UpdateKind, UpdateLocation } from "../../model/update-location.ts";
import { type DescribedFeature, describedFeatures } from "./features-of-set.ts";

export interface UnitFeatureContext extends Omit<UnitContext, "type"> {
  /** Undefined for a file whose name does not tell. */
  readonly type?: SettingsKind;
  /** The place of a file of systemd-sysupdate. */
  readonly update?: UpdateLocation;
  /** The release file of the extension that the file is in: hosts that read the file are such as it is for. */
  readonly release?: KnownExtension["release"];
  /** Names of the units that the file can mention: those of its tree. */
  readonly unitNames?: readonly string[];
  /** What a unit says of itself in `Description=`. */
  readonly describeUnit?: (name: string) => string | undefined;
  /** The features that transfers can name: those of the set that the file belongs to. */
  readonly features?: readonly DescribedFeature[];
  /** The entries of a folder of the tree, such as `usr/bin`. A folder that is not there may throw. */
  readonly list?: (folder: string) => Promise<readonly TreeEntry[]>;
  /** Milliseconds since 1970, for what depends on the time. */
  readonly now?: number;
  /** The user's time zone by its name, such as `Europe/Berlin`. */
  readonly zone?: string;
}

/** The surroundings of a file of systemd-sysupdate, as features ask for them. */
export function updateFeatureContext(kind: UpdateKind, context: UpdateContext): UnitFeatureContext {
  const { location, systemd, template, set, extensions } = context;
  const release = extensions.find(({ own }) => own)?.release;
  return {
    type: kind,
    manager: "system",
    systemd,
    template,
    ...(location === undefined ? {} : { update: location }),
    ...(release === undefined ? {} : { release }),
    ...(set === undefined ? {} : { features: describedFeatures(set) }),
  };
}
