// What is known about the surroundings of a definition of systemd-sysupdate; everything may be unknown.
import { newestSystemd } from "../tables/newest-systemd.ts";
import type { ExtensionClass } from "./release-context.ts";
import type { UpdateLocation } from "./update-location.ts";
import type { UpdateSet } from "./update-set.ts";

export interface UpdateContext {
  /** Undefined for a file without a place, such as one that is not saved yet. */
  readonly location?: UpdateLocation;
  /** The lowest version of systemd that has to work. */
  readonly systemd: number;
  /** Whether another tool makes the file from this one. */
  readonly template: boolean;
  /** The definitions that count together with this one; undefined when they are not known. */
  readonly set?: UpdateSet;
  /** Whether the system has definitions of its own, without a component; undefined when that is not known. */
  readonly hasSystemSet?: boolean;
  /** The extensions around: of the tree that the file is in, or of the workspace. */
  readonly extensions: readonly KnownExtension[];
}

/** What transfers ask of an extension that they update. */
export interface KnownExtension {
  readonly name: string;
  readonly class: ExtensionClass;
  /** The fields of its release file, such as `VERSION_ID`; undefined when it has none. */
  readonly release?: ReadonlyMap<string, string>;
  /** Whether the file is in the extension's own tree. */
  readonly own: boolean;
}

/** The context of a file at a place, with nothing known around it but what is given. */
export function updateContext(
  location: UpdateLocation | undefined,
  around: Partial<Omit<UpdateContext, "location" | "template">> = {},
): UpdateContext {
  const { systemd = newestSystemd, extensions = [], set, hasSystemSet } = around;
  return {
    ...(location === undefined ? {} : { location }),
    systemd,
    template: location?.template ?? false,
    extensions,
    ...(set === undefined ? {} : { set }),
    ...(hasSystemSet === undefined ? {} : { hasSystemSet }),
  };
}
