// The systems that are known by themselves, without an os-release file of theirs.

import type { Host } from "../tables/host.ts";
import { hosts } from "../tables/hosts.ts";

export { hosts };

const byName: ReadonlyMap<string, Host> = new Map(hosts.map((host) => [host.name, host]));

/** The host of a name such as `flatcar-stable`; undefined when the table has none. */
export function findHost(name: string): Host | undefined {
  return byName.get(name);
}
