// Folders that are the root of a host's file system, and this machine, whose root is "/".
import { hostFolder, typeInFolder } from "../../image/src/node/index.ts";
import { readHost } from "../../server/src/core/index.ts";
import { thisMachine as nameOfThisMachine } from "../../shared/src/ids.ts";
import { HostError } from "./host-error.ts";
import type { HostKind, NamedHost } from "./host-kind.ts";

export const rootFolder: HostKind = {
  title: "the root folder of a host",
  takes: ({ type }) => type === "directory",
  read: ({ name, path = "" }) => hostInFolder(path, name),
};

export const thisMachine: HostKind = {
  title: "this machine",
  takes: ({ name }) => name === nameOfThisMachine,
  async read({ name }) {
    const { host, ...rest } = await hostInFolder("/", name);
    return { host: { ...host, title: `${host.title} (this machine)` }, ...rest };
  },
};

async function hostInFolder(folder: string, name: string): Promise<NamedHost> {
  const host = await readHost(hostFolder(folder), name);
  if (host !== undefined) return { host, base: { typeOf: (inside) => typeInFolder(folder, inside) } };
  throw new HostError(
    "not-a-host",
    name,
    'it has no "etc/os-release" and no "usr/lib/os-release", so it is not the root folder of a host',
  );
}
