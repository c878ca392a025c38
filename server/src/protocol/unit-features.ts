// What the surroundings of an open file of settings can tell to the features that ask about it.
import {
  descriptionOf,
  parseUnitName,
  templateOf,
  type UnitFeatureContext,
  updateFeatureContext,
} from "../core/index.ts";
import type { UnitDocument } from "./unit-store.ts";
import type { UpdateDocument } from "./update-store.ts";

/** Made anew for each request; what it holds is looked up only when a feature asks. */
export function featureContext(found: UnitDocument | UpdateDocument): UnitFeatureContext {
  return "kind" in found ? contextOfUpdate(found) : contextOfUnit(found);
}

function contextOfUpdate({ kind, context, tree }: UpdateDocument): UnitFeatureContext {
  const around = updateFeatureContext(kind, context);
  return tree === undefined ? around : { ...around, list: (folder) => tree.files.list(folder) };
}

function contextOfUnit({ context, tree }: UnitDocument): UnitFeatureContext {
  const around = { ...context, now: Date.now(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  if (tree === undefined) return around;
  const { files, links } = tree.units;
  const ours = files.filter(({ location }) => location.kind === "unit" && location.manager === context.manager);
  return {
    ...around,
    get unitNames() {
      const aliases = links.filter(({ owner, manager }) => owner === undefined && manager === context.manager);
      const names = [...ours.map(({ location }) => location.name), ...aliases.map(({ name }) => name)];
      return [...new Set(names)].sort();
    },
    describeUnit(name) {
      const parsed = parseUnitName(name);
      const wanted = [name, parsed && templateOf(parsed)];
      const found = ours.find(({ location }) => wanted.includes(location.name));
      return found && descriptionOf(found);
    },
    list: (folder) => tree.files.list(folder),
  };
}
