// Whether a host takes an extension: the comparison of its release file with the host's os-release, step by step.
//
// The steps, their order and the versions in which they came are those of systemd's extension_release_validate(); see
// systemd-sysext(8), os-release(5) and docs/concepts/matching.md.
import type { ExtensionClass } from "../model/release-context.ts";
import type { ReleaseFile } from "../model/release-file.ts";
import type { HostRelease } from "../tables/host.ts";
import type { Scope } from "./scope.ts";

export type Verdict = "match" | "reject" | "error";

/** What decided, or was looked at on the way. */
export type MatchRule =
  | "class"
  | "name"
  | "release-file"
  | "os-release"
  | "host-id"
  | "scope"
  | "architecture"
  | "id"
  | "rolling"
  | "level"
  | "version-id";

/** A comparison, in the order in which systemd makes them. */
export interface MatchStep {
  readonly rule: MatchRule;
  /** Value of the extension's side; undefined where it has none. */
  readonly extension?: string;
  /** Value of the host's side. */
  readonly host?: string;
  /** Whether it went on, or what it decided. */
  readonly outcome: "passed" | "match" | "reject" | "error";
}

export interface MatchResult {
  readonly verdict: Verdict;
  /** The rule that decided. */
  readonly rule: MatchRule;
  /** Why, in one sentence. */
  readonly reason: string;
  /** What to do about it, where something can be done; an imperative. */
  readonly fix?: string;
  /** The line that systemd writes at level debug when it decides so. */
  readonly log?: string;
  readonly steps: readonly MatchStep[];
}

export interface MatchQuestion {
  /** The extension's name, as systemd logs it. */
  readonly name: string;
  readonly class: ExtensionClass;
  /** The extension's release file; undefined when systemd finds none. */
  readonly release: ReleaseFile | undefined;
  readonly host: HostRelease;
  readonly scope: Scope;
  /** The kernel's architecture as systemd calls it; without it architectures are not compared. */
  readonly architecture?: string;
  readonly systemd: number;
}

/** The versions of systemd in which the comparison learned something. */
const since = { scope: 250, hostId: 251, any: 252, architecture: 252, confext: 254, idLike: 258 } as const;

/** Compares a release file with a host as systemd of a version does. */
export function matchRelease(question: MatchQuestion): MatchResult {
  const { name, host, release, systemd, scope, architecture } = question;
  const steps: MatchStep[] = [];
  const decide = (
    verdict: Verdict,
    step: Omit<MatchStep, "outcome">,
    reason: string,
    more: { fix?: string; log?: string } = {},
  ): MatchResult => {
    steps.push({ ...step, outcome: verdict });
    return { verdict, rule: step.rule, reason, ...more, steps };
  };
  const pass = (step: Omit<MatchStep, "outcome">): void => void steps.push({ ...step, outcome: "passed" });
  const isConfext = question.class === "confext";
  const prefix = isConfext ? "CONFEXT" : "SYSEXT";

  if (isConfext && systemd < since.confext) {
    const reason = `systemd ${systemd} does not support configuration extensions; version ${since.confext} is the first`;
    return decide("reject", { rule: "class", extension: "confext" }, reason);
  }
  if (host.id === undefined && systemd >= since.hostId) {
    const reason = 'the host\'s os-release has no "ID", so systemd merges no extension';
    return decide("error", { rule: "host-id" }, reason, { fix: 'Add "ID=" to the host\'s os-release' });
  }
  if (release === undefined || release.assignments.length === 0) {
    const what = release === undefined ? "systemd finds no release file in it" : "its release file has no assignments";
    return decide("reject", { rule: "release-file" }, what, {
      fix: release === undefined ? `Add a release file for "${name}"` : 'Add "ID=" and the host\'s version to it',
      log: `Extension '${name}' carries no extension-release data, ignoring extension.`,
    });
  }
  pass({ rule: "release-file" });

  if (systemd >= since.scope) {
    const key = `${prefix}_SCOPE`;
    const written = release.assignments.findLast((assignment) => assignment.name === key)?.text;
    const allowed = (written ?? "system portable").split(/\s+/).filter((word) => word !== "");
    const step = { rule: "scope", ...(written === undefined ? {} : { extension: written }), host: scope } as const;
    if (!allowed.includes(scope)) {
      const reason =
        written === undefined
          ? `without "${key}", an extension is for the booted system and portable services, not for the ${scope}`
          : `"${key}=${written}" does not name "${scope}"`;
      return decide("reject", step, reason, {
        fix: `Write "${key}=${[...allowed, scope].join(" ")}"`,
        log: `Extension '${name}' is not suitable for scope ${scope}, ignoring extension.`,
      });
    }
    pass(step);
  }

  const wanted = release.get("ARCHITECTURE")?.text;
  if (systemd >= since.architecture && architecture !== undefined) {
    const step = { rule: "architecture", ...optional("extension", wanted), host: architecture } as const;
    if (wanted !== undefined && wanted !== "_any" && wanted !== architecture) {
      return decide("reject", step, `"ARCHITECTURE=${wanted}" does not match the kernel's "${architecture}"`, {
        fix: `Build it for "${architecture}", or set "ARCHITECTURE=${architecture}" if it already is`,
        log: `Extension '${name}' is for architecture '${wanted}', but deployed on top of '${architecture}'.`,
      });
    }
    pass(step);
  }
  return matchId(question, release, decide, pass, prefix);
}

type Decide = (
  verdict: Verdict,
  step: Omit<MatchStep, "outcome">,
  reason: string,
  more?: { fix?: string; log?: string },
) => MatchResult;

/** The second half: whose extension it is, and for which version of that system. */
function matchId(
  { name, host, systemd, class: extensionClass }: MatchQuestion,
  release: ReleaseFile,
  decide: Decide,
  pass: (step: Omit<MatchStep, "outcome">) => void,
  prefix: string,
): MatchResult {
  const id = release.get("ID")?.text;
  const hostId = host.id ?? "";
  const idStep = { rule: "id", ...optional("extension", id), ...optional("host", host.id) } as const;
  if (id === undefined) {
    return decide("reject", idStep, 'its release file has no "ID"', {
      fix: `Add "ID=${hostId}", or "ID=_any" for every host`,
      log: `Extension '${name}' does not contain ID in extension-release but requested to match '${hostId}' or be '_any'`,
    });
  }
  if (id === "_any" && systemd >= since.any) {
    return decide("match", idStep, '"ID=_any" matches every host', { log: `Extension '${name}' matches '_any' OS.` });
  }
  if (id !== hostId && !(systemd >= since.idLike && host.idLike.includes(id))) {
    return decide("reject", idStep, idReason(id, host, systemd), {
      fix: id === "_any" ? `Set "ID=${hostId}"` : `Set "ID=${hostId}" in an extension for this host`,
      log: `Extension '${name}' is for OS '${id}', but deployed on top of '${hostId}'.`,
    });
  }
  pass(idStep);

  const isConfext = extensionClass === "confext";
  const levelKey = `${prefix}_LEVEL`;
  const level = release.get(levelKey)?.text;
  const hostLevel = isConfext ? host.confextLevel : host.sysextLevel;
  if (host.versionId === undefined && hostLevel === undefined) {
    const reason = "the host has no version, so only the ID is compared";
    return decide("match", { rule: "rolling" }, reason, {
      log: `No version info on the host (rolling release?), but ID in ${name} matched.`,
    });
  }
  const fits = { log: `Version info of extension '${name}' matches host.` };
  if (level !== undefined && hostLevel !== undefined) {
    const step = { rule: "level", extension: level, host: hostLevel } as const;
    if (level === hostLevel) return decide("match", step, `"${levelKey}=${level}" matches the host's level`, fits);
    return decide("reject", step, `"${levelKey}=${level}" does not match the host's level "${hostLevel}"`, {
      fix: `Set "${levelKey}=${hostLevel}" if it is built for this host`,
      log: `Extension '${name}' is for ${extensionClass} API level '${level}', but running on ${extensionClass} API level '${hostLevel}'`,
    });
  }
  const version = release.get("VERSION_ID")?.text;
  if (host.versionId === undefined) {
    const step = { rule: "level", host: hostLevel ?? "" } as const;
    const reason = `the host has a level but no version, and the extension has no level, so nothing is compared`;
    return decide("match", step, reason, fits);
  }
  const step = { rule: "version-id", ...optional("extension", version), host: host.versionId } as const;
  if (version === undefined) {
    const passedOver = level === undefined ? "" : `; the host has no level to compare with "${levelKey}"`;
    return decide("reject", step, `its release file has no "VERSION_ID"${passedOver}`, {
      fix: `Add "VERSION_ID=${host.versionId}"`,
      log: `Extension '${name}' does not contain VERSION_ID in extension-release but requested to match '${host.versionId}'`,
    });
  }
  if (version === host.versionId) return decide("match", step, `"VERSION_ID=${version}" matches the host`, fits);
  return decide("reject", step, `"VERSION_ID=${version}" does not match the host's "${host.versionId}"`, {
    fix: `Set "VERSION_ID=${host.versionId}" if it is built for this host`,
    log: `Extension '${name}' is for OS '${version}', but deployed on top of '${host.versionId}'.`,
  });
}

function idReason(id: string, { id: hostId = "", idLike }: HostRelease, systemd: number): string {
  if (id === "_any")
    return `systemd ${systemd} compares "ID=_any" literally; systemd ${since.any} and later match it with every host`;
  if (idLike.includes(id)) {
    return `"ID=${id}" is in ID_LIKE of "${hostId}", which only systemd ${since.idLike} and later check`;
  }
  if (id.toLowerCase() === hostId.toLowerCase())
    return `"ID=${id}" does not match "${hostId}"; the comparison is case-sensitive`;
  return `"ID=${id}" does not match the host's "${hostId}"`;
}

function optional<Key extends string>(key: Key, value: string | undefined): { readonly [Name in Key]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [Name in Key]?: string });
}
