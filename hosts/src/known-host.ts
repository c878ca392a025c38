// Hosts of the table of known ones, by their name.
import { findHost } from "../../server/src/core/index.ts";
import type { HostKind } from "./host-kind.ts";
import { unknownHost } from "./unknown-host.ts";

export const knownHost: HostKind = {
  title: "a known host",
  takes: ({ name }) => findHost(name) !== undefined,
  async read({ name }) {
    const host = findHost(name);
    if (host === undefined) throw unknownHost(name);
    return { host };
  },
};
