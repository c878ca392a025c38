// The error for a name that is of no host, with the name that was likely meant.
import { findNearest, hosts } from "../../server/src/core/index.ts";
import { thisMachine } from "../../shared/src/ids.ts";
import { HostError } from "./host-error.ts";

export function unknownHost(name: string): HostError {
  const names = [thisMachine, ...hosts.map((host) => host.name)];
  const close = findNearest(name, names);
  const hint = close === undefined ? `known hosts are ${names.join(", ")}` : `did you mean "${close}"?`;
  return new HostError("unknown", name, `"${name}" is neither a known host nor an existing file; ${hint}`);
}
