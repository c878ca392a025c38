// Finds the host that a user names; every kind of hosts is a row of the table here.
import { stat } from "node:fs/promises";
import path from "node:path";
import { errorCode, ioReason } from "../../image/src/node/index.ts";
import { HostError } from "./host-error.ts";
import type { HostKind, HostPlace, NamedHost } from "./host-kind.ts";
import { knownHost } from "./known-host.ts";
import { osReleaseFile } from "./os-release-file.ts";
import { rootFolder, thisMachine } from "./root-folder.ts";
import { unknownHost } from "./unknown-host.ts";

/** The first kind that takes a name reads it. Names of hosts go before files that are called the same. */
const hostKinds: readonly HostKind[] = [thisMachine, knownHost, osReleaseFile, rootFolder];

/**
 * The host that `name` means: a known host, `this-machine`, or a path, which counts from `folder` when it is relative.
 * Without a folder only absolute paths are looked at. Throws a HostError.
 */
export async function resolveHost(name: string, folder?: string): Promise<NamedHost> {
  const byName = hostKinds.find((kind) => kind.takes({ name }));
  if (byName !== undefined) return await byName.read({ name });
  const place = await findPlace(name, folder);
  const kind = hostKinds.find((one) => one.takes(place));
  if (kind !== undefined) return await kind.read(place);
  if (place.type === undefined) throw unknownHost(name);
  throw new HostError("not-a-host", name, "it is neither a file nor a folder");
}

async function findPlace(name: string, folder: string | undefined): Promise<HostPlace> {
  if (folder === undefined && !path.isAbsolute(name)) return { name };
  const absolute = path.resolve(folder ?? "/", name);
  try {
    const found = await stat(absolute);
    const type = found.isFile() ? "file" : found.isDirectory() ? "directory" : "other";
    return { name, path: absolute, type };
  } catch (error) {
    if (isAbsence(error)) return { name };
    throw new HostError("unreadable", name, ioReason(error));
  }
}

/** Whether an error says that there is nothing at a path, or that no path can be like it. */
function isAbsence(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(errorCode(error) ?? "");
}
