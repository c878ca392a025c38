// The public seam of hosts/: from what a user names to the host that it is.
export { HostError, type HostErrorKind } from "./host-error.ts";
export type { NamedHost } from "./host-kind.ts";
export { readOsRelease } from "./os-release-file.ts";
export { resolveHost } from "./resolve-host.ts";
