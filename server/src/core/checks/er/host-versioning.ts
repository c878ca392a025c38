// How sure it is that a host has a VERSION_ID, by the ID that an extension names.
import type { Severity } from "../../model/severity.ts";

/** Systems of which every release has a VERSION_ID. */
const versioned = new Set([
  "flatcar",
  "fedora",
  "ubuntu",
  "rhel",
  "centos",
  "rocky",
  "almalinux",
  "opensuse-leap",
  "opensuse-tumbleweed",
  "opensuse-microos",
  "opensuse-leap-micro",
  "opensuse-aeon",
  "sles",
  "sl-micro",
  "sle-micro",
  "azurelinux",
  "mariner",
  "amzn",
  "steamos",
  "gnomeos",
  "nixos",
  "photon",
]);

/** Systems without one, on which no version is ever compared. */
const rolling = new Set(["arch", "archarm", "artix", "cachyos", "endeavouros", "void", "gentoo", "solus"]);

/**
 * Severity of a release file that no host with a VERSION_ID accepts: undefined where the hosts have none, and only
 * `info` for a system of which that is not known (also Debian, whose testing release has none).
 */
export function severityWithoutVersion(id: string): Severity | undefined {
  if (rolling.has(id)) return undefined;
  return versioned.has(id) ? "error" : "info";
}
