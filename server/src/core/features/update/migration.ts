// Renames the transfers of a set from `.conf`, as they were called before systemd 257, to `.transfer`.
import { locateUpdate } from "../../model/update-location.ts";

export interface Migration {
  /** Files and folders of drop-ins, by path, in the order of their names. */
  readonly renames: readonly { readonly from: string; readonly to: string }[];
  /** Why nothing may be renamed, as a sentence; undefined when all is well. */
  readonly fault?: string;
  /** What changes beside the names, one sentence each. */
  readonly warnings: readonly string[];
}

/** The last systemd that reads transfers from `.conf` only. */
const lastConf = 256;

/**
 * Plans the renames for the files and folders of one set: their paths, wherever the set's folders are. `systemd` is the
 * lowest version that has to work.
 */
export function planMigration(paths: readonly string[], systemd: number | undefined): Migration {
  const there = new Set(paths);
  const renames: { from: string; to: string }[] = [];
  const templates: string[] = [];
  for (const path of [...there].sort()) {
    const to = renamed(path);
    if (to !== undefined) renames.push({ from: path, to });
    else if (isTemplate(path)) templates.push(path);
  }
  const warnings = [
    ...tooOld(systemd, renames.length),
    ...readFromNow(paths, renames),
    ...templates.map((path) => `"${path}" is not renamed; rename its source`),
  ];
  const taken = renames.filter(({ to }) => there.has(to)).map(({ to }) => `"${to}"`);
  if (taken.length === 0) return { renames, warnings };
  const [verb, which] = taken.length === 1 ? ["is", "it"] : ["are", "them"];
  const fault = `nothing was renamed, because ${taken.join(", ")} already ${verb === "is" ? "exists" : "exist"}; remove or rename ${which} first`;
  return { renames: [], fault, warnings: [] };
}

/** Only names in folders of systemd-sysupdate, since `.conf` is anybody's ending. */
function renamed(path: string): string | undefined {
  if (path.endsWith(".conf.d")) {
    return isTransfer(path.slice(0, -".d".length)) ? path.replace(/\.conf\.d$/, ".transfer.d") : undefined;
  }
  return path.endsWith(".conf") && isTransfer(path) ? path.replace(/\.conf$/, ".transfer") : undefined;
}

function isTransfer(path: string): boolean {
  const location = locateUpdate(path);
  return location?.form === "definition" && location.suffix === ".conf" && !location.template;
}

function isTemplate(path: string): boolean {
  const location = locateUpdate(path);
  return location?.form === "definition" && location.suffix === ".conf" && location.template;
}

function tooOld(systemd: number | undefined, count: number): readonly string[] {
  if (systemd === undefined || systemd > lastConf || count === 0) return [];
  return [
    `systemd ${systemd}, which the extensions target, does not read ".transfer" files: hosts with it no longer get updates`,
  ];
}

/** Beside a single `.transfer` no `.conf` is read, so that some come to life with the new name. */
function readFromNow(paths: readonly string[], renames: Migration["renames"]): readonly string[] {
  const files = renames.filter(({ from }) => from.endsWith(".conf")).map(({ from }) => `"${from}"`);
  if (files.length === 0 || !paths.some((path) => path.endsWith(".transfer"))) return [];
  return [`${files.join(", ")} was ignored beside a ".transfer" file until now, and takes effect from now on`];
}
