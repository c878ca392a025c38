// The options of commands that ask what hosts make of an extension, and their values.
import { type ExtensionClass, firstSystemd, type MatchOverrides, scopes } from "../../server/src/core/index.ts";
import { Failure } from "./failure.ts";
import { checkArchitecture } from "./hosts.ts";

export const hostOptions = {
  host: {
    value: "NAME|FILE",
    repeats: true,
    summary: "a known host, this-machine, an os-release file or a root folder",
  },
  class: { value: "CLASS", summary: "sysext or confext; default: the class of the extension" },
  scope: { value: "SCOPE", summary: "system, initrd or portable; default: system" },
  arch: { value: "ARCH", summary: "the kernel's architecture, such as x86-64; default: the host's" },
  systemd: { value: "N", summary: "the version of systemd; default: the host's" },
  json: { summary: "print one JSON document" },
} as const;

/** The host properties that the options override. Throws a Failure for a value that is not valid. */
export function readOverrides({
  scope,
  arch,
  systemd,
}: {
  readonly scope?: string;
  readonly arch?: string;
  readonly systemd?: string;
}): MatchOverrides {
  const known = scopes.find((candidate) => candidate === scope);
  if (scope !== undefined && known === undefined) {
    throw new Failure(`unknown scope "${scope}"; use ${scopes.join(", ")}`);
  }
  const architecture = checkArchitecture(arch);
  const version = readSystemd(systemd);
  return {
    ...(known === undefined ? {} : { scope: known }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(version === undefined ? {} : { systemd: version }),
  };
}

/** A systemd version from the command line. Throws a Failure if it is not valid. */
export function readSystemd(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const version = /^\d{3}$/.test(text) ? Number(text) : 0;
  if (version >= firstSystemd) return version;
  throw new Failure(`"${text}" is not a systemd version with extensions; use ${firstSystemd} or newer`);
}

/** A class from the command line. Throws a Failure if it is unknown. */
export function readClass(text: string | undefined): ExtensionClass | undefined {
  if (text === undefined || text === "sysext" || text === "confext") return text;
  throw new Failure(`unknown class "${text}"; use sysext or confext`);
}
