// The user's settings, as far as the server needs them. Values that are not valid count as not set.
import { firstSystemd, type Severity, type SeverityOverrides } from "../core/index.ts";

export interface Settings {
  readonly severities: SeverityOverrides;
  /** The lowest version of systemd that extensions are for. */
  readonly systemd?: number;
  /** Whether unit files count wherever they are, or in extension trees only. */
  readonly unitScope: "everywhere" | "trees";
  readonly inlayHints: boolean;
  /** The hosts that extensions are for whose project file names none. */
  readonly hosts: readonly string[];
}

export const defaultSettings: Settings = { severities: {}, unitScope: "everywhere", inlayHints: true, hosts: [] };

const severities: readonly string[] = ["error", "warning", "info", "hint", "off"];

/** Reads the section `sysext` as an editor sends it. */
export function parseSettings(section: unknown): Settings {
  const systemd = member(section, "targetSystemd");
  const hosts = member(section, "hosts");
  const overrides: Record<string, Severity | "off"> = {};
  const given = member(member(section, "checks"), "severity");
  for (const [id, severity] of Object.entries(typeof given === "object" && given !== null ? given : {})) {
    if (isSeverity(severity)) overrides[id] = severity;
  }
  return {
    severities: overrides,
    unitScope: member(member(section, "units"), "scope") === "trees" ? "trees" : "everywhere",
    hosts: Array.isArray(hosts) ? hosts.filter((host): host is string => typeof host === "string" && host !== "") : [],
    inlayHints: member(member(section, "inlayHints"), "enabled") !== false,
    ...(typeof systemd === "number" && systemd >= firstSystemd ? { systemd } : {}),
  };
}

/** Whether the options with which an editor starts the server say that the user trusts the workspace. */
export function readsTrust(options: unknown): boolean {
  return member(options, "trusted") === true;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function isSeverity(value: unknown): value is Severity | "off" {
  return typeof value === "string" && severities.includes(value);
}
