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
  class: { value: "CLASS", summary: "sysext or confext; what the extension is when not given" },
  scope: { value: "SCOPE", summary: "system, initrd or portable; system when not given" },
  arch: { value: "ARCH", summary: "the kernel's architecture, such as x86-64, in place of the host's" },
  systemd: { value: "N", summary: "the version of systemd, in place of the host's" },
  json: { summary: "one JSON document" },
} as const;

/** What the options say about the question. Throws a Failure for what they cannot say. */
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
    throw new Failure(`there is no scope "${scope}"; choose ${scopes.join(", ")}`);
  }
  const architecture = checkArchitecture(arch);
  const version = readSystemd(systemd);
  return {
    ...(known === undefined ? {} : { scope: known }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(version === undefined ? {} : { systemd: version }),
  };
}

/** A version of systemd from the command line. Throws a Failure for what is none. */
export function readSystemd(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const version = /^\d{3}$/.test(text) ? Number(text) : 0;
  if (version >= firstSystemd) return version;
  throw new Failure(`"${text}" is no version of systemd with extensions, which are numbers from ${firstSystemd} on`);
}

/** A class from the command line. Throws a Failure for what is none. */
export function readClass(text: string | undefined): ExtensionClass | undefined {
  if (text === undefined || text === "sysext" || text === "confext") return text;
  throw new Failure(`there is no class "${text}"; choose sysext or confext`);
}
