// What systemd-sysupdate makes of a transfer and its drop-ins: defaults, derived and inherited values, or why it refuses it.
import { sourcesOf, type UnitSource } from "../model/unit.ts";
import type { UpdateDefinition } from "../model/update-set.ts";
import { type Pattern, parsePattern } from "../values/parse-pattern.ts";
import type { TargetType } from "../values/wildcards.ts";
import type { SpecifierValues } from "./specifier-values.ts";
import type { SourceType, Transfer, TransferSide } from "./transfer.ts";
import type { DraftSide, TransferDraft } from "./transfer-draft.ts";
import { faultOfTransfer } from "./transfer-faults.ts";
import { readSetting, uniquePatterns } from "./transfer-settings.ts";
import type { PlanFault } from "./update-plan.ts";

export interface ReadTransfer {
  readonly id: string;
  readonly path: string;
  /** Undefined when systemd refuses the definition. */
  readonly transfer?: Transfer;
  /** The first that systemd refuses it for. */
  readonly fault?: PlanFault;
  /** What is not known of it, or taken otherwise than it is written. */
  readonly notes: readonly PlanFault[];
}

/** The first systemd that reads drop-ins of transfers. */
const firstDropIns = 257;
const defaultInstances = 3;
const unlimited = 2n ** 64n - 1n;

/** Reads a definition that has a main file as a version of systemd does. Never throws. */
export function readTransfer(
  { location, main, dropIns }: UpdateDefinition & { readonly main: UnitSource },
  systemd: number,
  specifiers: SpecifierValues,
): ReadTransfer {
  const notes: PlanFault[] = [];
  const { id } = location;
  const { path } = main;
  const draft: TransferDraft = {
    source: { relativeTo: "root", patterns: [] },
    target: { relativeTo: "root", patterns: [] },
    features: [],
    requisiteFeatures: [],
    protectedVersions: [],
    instancesMax: 0n,
    removeTemporary: true,
    given: {},
  };
  for (const source of sourcesOf(systemd < firstDropIns ? { main, dropIns: [] } : { main, dropIns })) {
    const fault = readSource(draft, source, systemd, specifiers, notes);
    if (fault !== undefined) return { id, path, fault: { path: source.path, message: fault }, notes };
  }
  const { source, target } = draft;
  if (target.type === undefined) {
    const derived = derivedTarget(source.type, target.path);
    if (derived !== undefined) target.type = derived;
  }
  if (target.patterns.length === 0) target.patterns = inherited(source.patterns);
  const message = faultOfTransfer(draft);
  if (message !== undefined) return { id, path, fault: { path, message }, notes };
  return { id, path, transfer: finish(id, path, draft), notes };
}

/** `draft` has been found to be without faults. */
function finish(id: string, path: string, draft: TransferDraft): Transfer {
  const { source, target, instancesMax, minVersion, currentSymlink, given } = draft;
  const fallback = target.type === "partition" ? undefined : defaultInstances;
  const most = instancesMax === 0n ? fallback : instancesMax === unlimited ? undefined : Number(instancesMax);
  return {
    id,
    path,
    source: { ...side(source), type: source.type as SourceType },
    target: { ...side(target), type: target.type as TargetType },
    features: draft.features,
    requisiteFeatures: draft.requisiteFeatures,
    ...(minVersion === undefined ? {} : { minVersion }),
    protectedVersions: draft.protectedVersions,
    ...(most === undefined ? {} : { instancesMax: most }),
    ...(currentSymlink === undefined ? {} : { currentSymlink }),
    removeTemporary: draft.removeTemporary,
    given,
  };
}

function side({ path = "", relativeTo, patterns }: DraftSide): Omit<TransferSide<string>, "type"> {
  return { path: path.length > 1 && path.startsWith("/") ? path.replace(/\/+$/, "") : path, relativeTo, patterns };
}

function derivedTarget(source: string | undefined, path = ""): TargetType | undefined {
  switch (source) {
    case "url-file":
    case "regular-file":
      return path.startsWith("/dev/") ? "partition" : "regular-file";
    case "url-tar":
    case "tar":
    case "directory":
      return "directory";
    case "subvolume":
      return "subvolume";
    default:
      return undefined;
  }
}

/** What is looked for in any folder at the source is stored in the target's own. */
function inherited(patterns: readonly Pattern[]): Pattern[] {
  return uniquePatterns(patterns.map(({ text }) => parsePattern(text.replace(/^\*\*\//, ""), { specifiers: false })));
}

/** Reads one file into the draft; gives the sentence for which systemd refuses it. */
function readSource(
  draft: TransferDraft,
  { path, file }: UnitSource,
  systemd: number,
  specifiers: SpecifierValues,
  notes: PlanFault[],
): string | undefined {
  const headers = file.sections.flatMap(({ header }) => header ?? []);
  const broken = headers.find(({ valid }) => !valid)?.span.start;
  const note = (message: string) => void notes.push({ path, message });
  for (const entry of file.entries) {
    if (broken !== undefined && entry.node.span.start > broken) break;
    if (entry.setting === undefined || entry.setting.since > systemd) continue;
    const fault = readSetting(draft, entry, { systemd, specifiers, note });
    if (fault !== undefined) return fault;
  }
  return broken === undefined ? undefined : brokenHeader(file.text, broken);
}

function brokenHeader(text: string, start: number): string {
  const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? "";
  return `"${line}" begins with "[" but is not a section header; end it with "]"`;
}
