// The definitions of systemd-sysupdate that count together: those of one component, or of the system itself.
import type { UnitSource } from "./unit.ts";
import type { UpdateLocation } from "./update-location.ts";

/** A definition with its drop-ins. */
export interface UpdateDefinition {
  /** Of the main file, or, where only drop-ins are known, of the first of them. */
  readonly location: UpdateLocation;
  /** Undefined when only drop-ins are known. */
  readonly main?: UnitSource;
  /** In the order in which systemd reads them. */
  readonly dropIns: readonly UnitSource[];
}

/** All definitions of a component, or of the system itself, in the order of their names. */
export interface UpdateSet {
  /** Undefined for the system's own. */
  readonly component?: string;
  readonly definitions: readonly UpdateDefinition[];
}
