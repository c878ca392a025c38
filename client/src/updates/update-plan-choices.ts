// The user's choices for the update plan of a set of transfers, stored for the workspace.
import type { Memento } from "vscode";

export interface StoredChoices {
  readonly source?: string;
  readonly target?: string;
  readonly host?: string;
  readonly architecture?: string;
}

/** The key in the workspace's memory; choices are stored by the URI of the set's folder. */
const memoryKey = "updates.plans";
/** The choices of so many sets are kept, those used last. */
const maxSets = 50;

/** The folder of a set of transfers from the URI of a file in it or in one of its folders of drop-ins. */
export function setFolderOf(uri: string): string {
  return /^.*\/sysupdate(?:\.[^/]+)?\.d(?=\/)/s.exec(uri)?.[0] ?? uri.slice(0, uri.lastIndexOf("/"));
}

export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** The stored choices for a set; undefined when there are none. */
export function readChoices(memory: Memento, set: string): StoredChoices | undefined {
  const all = memory.get<unknown>(memoryKey, {});
  const value: unknown = typeof all === "object" && all !== null ? Reflect.get(all, set) : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const choices: Record<string, string> = {};
  for (const key of ["source", "target", "host", "architecture"]) {
    const chosen: unknown = Reflect.get(value, key);
    if (typeof chosen === "string" && chosen !== "") choices[key] = chosen;
  }
  return choices;
}

export async function storeChoices(memory: Memento, set: string, choices: StoredChoices): Promise<void> {
  const all = memory.get<Readonly<Record<string, unknown>>>(memoryKey, {});
  const others = Object.entries(all).filter(([key]) => key !== set);
  await memory.update(memoryKey, Object.fromEntries([...others.slice(1 - maxSets), [set, choices]]));
}
