// Hosts: which are known, what one makes of an extension, and what it merges of several.
export { findHost, hosts } from "../hosts/find-host.ts";
export { type FoundRelease, findRelease, type NamedRelease } from "../hosts/find-release.ts";
export { type ImageKind, type NamedImage, nameFault, readImageName, searchPath } from "../hosts/image-name.ts";
export { type ExtensionImage, type Judgement, type JudgeQuestion, judgeExtension } from "../hosts/judge.ts";
export { type MatchResult, type MatchRule, type MatchStep, matchRelease, type Verdict } from "../hosts/match.ts";
export { type HostVerdict, type MatchOverrides, matchHosts } from "../hosts/match-hosts.ts";
export {
  type Collision,
  listMerged,
  type MergeCandidate,
  type MergedEntry,
  type MergeLayer,
  type MergePlan,
  mergedFolders,
  planMerge,
  type RejectedExtension,
} from "../hosts/merge-plan.ts";
export { hostOfFile, readHostRelease } from "../hosts/os-release.ts";
export { pickVersion } from "../hosts/pick-version.ts";
export { readHost } from "../hosts/read-host.ts";
export { mergeableFacts, readImageFacts } from "../hosts/read-image.ts";
export { type Scope, scopes } from "../hosts/scope.ts";
export { compareVersions } from "../hosts/version-order.ts";
export { architectureAliases, architectures } from "../tables/architectures.ts";
export type { Host, HostRelease } from "../tables/host.ts";
export { newestSystemd } from "../tables/newest-systemd.ts";
