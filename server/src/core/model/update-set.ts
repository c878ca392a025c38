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

/** The first systemd that reads `sysupdate.NAME.component`. */
export const firstComponent = 262;
/** The first systemd that reads `NAME.feature` and `NAME.transfer`; those before read `NAME.conf`. */
export const firstTransferSuffix = 257;

/**
 * The transfers that systemd reads, in the order in which it handles them. From 257 on `NAME.conf` counts only where no
 * definition is called `NAME.transfer`; before, only `NAME.conf` does.
 */
export function transfersOf({ definitions }: UpdateSet, systemd: number): readonly UpdateDefinition[] {
  const ofSuffix = (suffix: UpdateLocation["suffix"]) =>
    definitions.filter(({ location }) => location.kind === "transfer" && location.suffix === suffix);
  const transfers = ofSuffix(".transfer");
  return systemd < firstTransferSuffix || transfers.length === 0 ? ofSuffix(".conf") : transfers;
}
