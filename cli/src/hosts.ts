// The hosts that a user names, with what is wrong with one as a failure of the command.
import path from "node:path";
import { HostError, type NamedHost, readOsRelease, resolveHost } from "../../hosts/src/index.ts";
import {
  architectureAliases,
  architectures,
  type BaseSystem,
  findNearest,
  type Host,
} from "../../server/src/core/index.ts";
import { Failure } from "./failure.ts";

/** The host that `text` names; paths count from `folder`. Throws a Failure about it when there is none. */
export async function namedHost(text: string, folder = "."): Promise<NamedHost> {
  return await orFailure(() => resolveHost(text, path.resolve(folder)));
}

/** The host that an os-release file describes. Throws a Failure about a file that describes none. */
export async function hostOfRelease(file: string): Promise<Host> {
  return await orFailure(() => readOsRelease(file));
}

async function orFailure<Result>(task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw error.kind === "unknown" ? new Failure(error.message) : new Failure(error.message, error.subject);
  }
}

/** Several hosts by their names, with the files of the first that has some here. Throws a Failure about one that is none. */
export async function namedHosts(
  names: readonly string[],
  folder: string,
): Promise<{ readonly hosts: readonly Host[]; readonly base?: BaseSystem }> {
  const found: NamedHost[] = [];
  for (const name of names) found.push(await namedHost(name, folder));
  const base = found.find((named) => named.base !== undefined)?.base;
  return { hosts: found.map(({ host }) => host), ...(base === undefined ? {} : { base }) };
}

/** An architecture as systemd calls it. Throws a Failure that names the nearest for another. */
export function checkArchitecture(text: string | undefined): string | undefined {
  if (text === undefined || architectures.includes(text)) return text;
  const close = architectureAliases.get(text.toLowerCase()) ?? findNearest(text, architectures);
  const hint =
    close === undefined ? `use one of ${architectures.slice(0, 8).join(", ")} and more` : `did you mean "${close}"?`;
  throw new Failure(`"${text}" is not a systemd architecture; ${hint}`);
}
