// The hosts that a user names: known ones, this machine, os-release files, and folders that are a host's root.
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { decodeName } from "../../image/src/index.ts";
import { hostFolder, typeInFolder } from "../../image/src/node/index.ts";
import {
  architectureAliases,
  architectures,
  type BaseSystem,
  findHost,
  findNearest,
  type Host,
  hostOfFile,
  hosts,
  readHost,
} from "../../server/src/core/index.ts";
import { thisMachine } from "../../shared/src/ids.ts";
import { about, Failure } from "./failure.ts";

export interface NamedHost {
  readonly host: Host;
  /** Its own files, where they are here. */
  readonly base?: BaseSystem;
}

/** The host that `text` names; paths count from `folder`. Throws a Failure about it when there is none. */
export async function resolveHost(text: string, folder = "."): Promise<NamedHost> {
  if (text === thisMachine) return await hostInFolder("/", thisMachine);
  const known = findHost(text);
  if (known !== undefined) return { host: known };
  const file = path.resolve(folder, text);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw unknownHost(text);
  if (found.isDirectory()) return await hostInFolder(file, text);
  const host = hostOfFile(text, decodeName(await about(text, () => readFile(file))));
  if (host === undefined) throw new Failure("it is no os-release file, as it has no line such as ID=debian", text);
  return { host };
}

/** Several hosts by their names, with the files of the first that has some here. Throws a Failure about one that is none. */
export async function namedHosts(
  names: readonly string[],
  folder: string,
): Promise<{ readonly hosts: readonly Host[]; readonly base?: BaseSystem }> {
  const found: NamedHost[] = [];
  for (const name of names) found.push(await resolveHost(name, folder));
  const base = found.find((named) => named.base !== undefined)?.base;
  return { hosts: found.map(({ host }) => host), ...(base === undefined ? {} : { base }) };
}

async function hostInFolder(folder: string, name: string): Promise<NamedHost> {
  const host = await readHost(hostFolder(folder), name);
  if (host === undefined) {
    throw new Failure('it has no "etc/os-release" and no "usr/lib/os-release", so it is no host\'s root', folder);
  }
  return {
    host: name === thisMachine ? { ...host, title: `${host.title} (this machine)` } : host,
    base: { typeOf: (inside) => typeInFolder(folder, inside) },
  };
}

function unknownHost(text: string): Failure {
  const names = [thisMachine, ...hosts.map(({ name }) => name)];
  const close = findNearest(text, names);
  const hint = close === undefined ? `known are ${names.join(", ")}` : `did you mean "${close}"?`;
  return new Failure(`there is no host and no os-release file "${text}"; ${hint}`);
}

/** An architecture as systemd calls it. Throws a Failure that names the nearest for another. */
export function checkArchitecture(text: string | undefined): string | undefined {
  if (text === undefined || architectures.includes(text)) return text;
  const close = architectureAliases.get(text.toLowerCase()) ?? findNearest(text, architectures);
  const hint =
    close === undefined ? `there are ${architectures.slice(0, 8).join(", ")} and more` : `did you mean "${close}"?`;
  throw new Failure(`systemd knows no architecture "${text}"; ${hint}`);
}
