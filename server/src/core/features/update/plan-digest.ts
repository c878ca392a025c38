// What somebody reads of a plan: lists cut to a length that fits a page, and an example where nothing is found.

import type { PlanFault, PlannedMiss, PlannedVersion, TransferPlan, UpdatePlan } from "../../updates/update-plan.ts";
import { parsePattern } from "../../values/parse-pattern.ts";
import type { WildcardLetter } from "../../values/wildcards.ts";

export interface PlanDigest extends Pick<UpdatePlan, "newest" | "current" | "candidate" | "faults"> {
  /** What is worth knowing and stops nothing. */
  readonly notes: readonly PlanFault[];
  readonly versions: readonly PlannedVersion[];
  readonly moreVersions: number;
  readonly transfers: readonly TransferDigest[];
}

export interface TransferDigest {
  readonly id: string;
  readonly path: string;
  readonly disabled?: string;
  readonly sourcePath: string;
  readonly sourcePatterns: readonly string[];
  /** A name that the first pattern of the source would match. */
  readonly example?: string;
  /** How many files of the source match. */
  readonly matching: number;
  readonly download?: {
    readonly version: string;
    readonly name: string;
    /** Bytes. */
    readonly size?: number;
    readonly storedAs: string;
    readonly decompressed: boolean;
  };
  readonly remove: readonly string[];
  /** What an interrupted update has left, which would be removed as well. */
  readonly leftovers: readonly string[];
  readonly symlink?: { readonly path: string; readonly target: string };
  readonly misses: readonly (Omit<PlannedMiss, "pattern"> & { readonly pattern: string })[];
  readonly moreMisses: number;
}

const maxVersions = 100;
const maxMisses = 50;
const maxFaults = 50;

export function digestPlan(plan: UpdatePlan): PlanDigest {
  const { versions, transfers, faults, notes = [], newest, current, candidate } = plan;
  return {
    ...(newest === undefined ? {} : { newest }),
    ...(current === undefined ? {} : { current }),
    ...(candidate === undefined ? {} : { candidate }),
    versions: versions.slice(0, maxVersions),
    moreVersions: Math.max(0, versions.length - maxVersions),
    transfers: transfers.map(digestTransfer),
    faults: faults.slice(0, maxFaults),
    notes: notes.slice(0, maxFaults),
  };
}

function digestTransfer(transfer: TransferPlan): TransferDigest {
  const { id, path, source, download, remove, leftovers = [], symlink, disabledReason, enabled } = transfer;
  const [first = ""] = source.patterns;
  const example = exampleName(first);
  return {
    id,
    path,
    ...(enabled ? {} : { disabled: disabledReason ?? "its features are disabled" }),
    sourcePath: source.path,
    sourcePatterns: source.patterns,
    ...(example === undefined ? {} : { example }),
    matching: source.instances.length,
    ...(download === undefined ? {} : { download: digestDownload(download) }),
    remove: remove.map(({ name }) => name),
    leftovers: leftovers.slice(0, maxMisses),
    ...(symlink === undefined ? {} : { symlink }),
    misses: source.misses
      .slice(0, maxMisses)
      .map((miss) => ({ ...miss, pattern: source.patterns[miss.pattern] ?? "" })),
    moreMisses: Math.max(0, source.misses.length - maxMisses),
  };
}

function digestDownload({
  version,
  name,
  size,
  storedAs,
  storedName,
  decompressed,
}: NonNullable<TransferPlan["download"]>): NonNullable<TransferDigest["download"]> {
  return {
    version,
    name,
    ...(size === undefined ? {} : { size }),
    storedAs: storedAs ?? storedName,
    decompressed: decompressed ?? false,
  };
}

/** Texts that the wildcards take. */
const samples: Readonly<Record<WildcardLetter, string>> = {
  v: "1.0",
  u: "6d7a0f0e-6c6f-4bd5-9a3c-0b1f7a3c2e51",
  f: "0",
  a: "0",
  g: "0",
  r: "1",
  t: "1700000000000000",
  m: "0444",
  s: "1048576",
  d: "0",
  l: "3",
  h: "0123456789abcdef".repeat(4),
};

/** A name that a pattern matches in which specifiers are replaced; undefined for a faulty one. */
export function exampleName(pattern: string): string | undefined {
  const { parts, faults } = parsePattern(pattern, { specifiers: false });
  if (faults.length > 0) return undefined;
  return parts
    .map((part) => {
      switch (part.kind) {
        case "literal":
          return part.text;
        case "slash":
          return "/";
        case "wildcard":
          return samples[part.wildcard.letter];
        default:
          return "";
      }
    })
    .join("");
}
