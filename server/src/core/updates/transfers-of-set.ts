// Which transfers of a set count: by their suffixes, and by the features that are enabled.
import type { UnitSource } from "../model/unit.ts";
import { sourcesOf } from "../model/unit.ts";
import { firstTransferSuffix, transfersOf, type UpdateDefinition, type UpdateSet } from "../model/update-set.ts";
import { readBoolean } from "../values/choices.ts";
import { type ReadTransfer, readTransfer } from "./read-transfer.ts";
import type { SpecifierValues } from "./specifier-values.ts";
import type { Transfer } from "./transfer.ts";
import type { PlanFault } from "./update-plan.ts";

export interface SetTransfer extends ReadTransfer {
  /** Why the transfer does not count: one sentence; undefined when it does. */
  readonly disabledReason?: string;
}

export interface SetTransfers {
  /** In the order in which systemd handles them. */
  readonly transfers: readonly SetTransfer[];
  /** What keeps systemd from doing anything with the set. */
  readonly faults: readonly PlanFault[];
  readonly notes: readonly PlanFault[];
}

type WithMain = UpdateDefinition & { readonly main: UnitSource };

/** The first systemd that knows features. */
const firstFeatures = 257;

/** Reads the transfers of a set as a version of systemd does. */
export function readTransfers(set: UpdateSet, systemd: number, specifiers: SpecifierValues): SetTransfers {
  const definitions = set.definitions.filter((definition): definition is WithMain => definition.main !== undefined);
  const features = new Map(
    definitions.filter(({ location }) => location.kind === "feature").map((found) => [found.location.id, isOn(found)]),
  );
  const counting = transfersOf({ definitions }, systemd).filter((found): found is WithMain => found.main !== undefined);
  const transfers = counting.map((definition): SetTransfer => {
    const read = readTransfer(definition, systemd, specifiers);
    const reason = read.transfer === undefined ? undefined : whyDisabled(read.transfer, features);
    return reason === undefined ? read : { ...read, disabledReason: reason };
  });
  const faults = transfers.flatMap(({ fault }) => fault ?? []);
  if (
    systemd >= firstFeatures &&
    transfers.length > 0 &&
    transfers.every((found) => found.disabledReason !== undefined)
  ) {
    faults.push({ path: transfers[0]?.path ?? "", message: "no transfer is enabled, so there is nothing to update" });
  }
  const passedOver = definitions
    .filter((found) => found.location.kind === "transfer" && !counting.includes(found))
    .map(({ main, location }) => passedOverNote(main.path, location.suffix, systemd));
  const notes = transfers.flatMap((transfer) => transfer.notes);
  if (transfers.length > 0) return { transfers, faults, notes: [...passedOver, ...notes] };
  const nothing = {
    path: definitions[0]?.main.path ?? "",
    message: "there is no transfer, so there is nothing to update",
  };
  return { transfers, faults: passedOver.length > 0 ? passedOver : [nothing], notes };
}

function passedOverNote(path: string, suffix: string, systemd: number): PlanFault {
  const message =
    suffix === ".transfer"
      ? `systemd ${systemd} does not read "*.transfer" files, which require systemd ${firstTransferSuffix}; use "*.conf" for older versions`
      : `systemd ${systemd} ignores "*.conf" files beside a "*.transfer" file; use "*.transfer"`;
  return { path, message };
}

/** Whether a feature is enabled by its files; what is no boolean is passed over. */
function isOn(definition: WithMain): boolean {
  let on = false;
  for (const { file } of sourcesOf(definition)) {
    for (const { section, node } of file.entries) {
      if (section.name === "Feature" && node.name === "Enabled") on = readBoolean(node.value.text) ?? on;
    }
  }
  return on;
}

function whyDisabled(
  { features, requisiteFeatures }: Transfer,
  known: ReadonlyMap<string, boolean>,
): string | undefined {
  const missing = requisiteFeatures.find((feature) => known.get(feature) !== true);
  if (missing !== undefined) {
    return known.has(missing)
      ? `its feature "${missing}" is not enabled`
      : `its feature "${missing}" has no definition, so it is disabled`;
  }
  if (features.length === 0 || features.some((feature) => known.get(feature) === true)) return undefined;
  const names = features.map((feature) => `"${feature}"`).join(", ");
  return features.length === 1 ? `its feature ${names} is not enabled` : `none of its features ${names} is enabled`;
}
