// What a host merges of the extensions in its search path: which count, in which order, and what hides what.
import type { ExtensionClass } from "../model/release-context.ts";
import type { TreeFile, TreeFiles } from "../model/tree-files.ts";
import type { Host } from "../tables/host.ts";
import { readImageName } from "./image-name.ts";
import type { ExtensionImage } from "./judge.ts";
import { type MatchOverrides, matchHosts } from "./match-hosts.ts";
import { compareVersions } from "./version-order.ts";

/** An extension that lies in the search path. */
export interface MergeCandidate {
  /** What the user knows it by. */
  readonly path: string;
  readonly image: ExtensionImage;
  readonly files: TreeFiles;
}

export interface MergeLayer {
  readonly name: string;
  readonly path: string;
  readonly files: TreeFiles;
}

export interface MergePlan {
  /** What takes effect, the lowest layer first: of a path in two of them the later one is seen. */
  readonly layers: readonly MergeLayer[];
  /** What another of the same name before it in the search path hides. */
  readonly masked: readonly { readonly name: string; readonly path: string; readonly by: string }[];
  /** What the host does not take. */
  readonly rejected: readonly RejectedExtension[];
  /** Paths of which a layer has a file that hides another layer's. */
  readonly collisions: readonly Collision[];
}

export interface RejectedExtension {
  readonly name: string;
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
  readonly fix?: string;
  /** Whether the host cannot merge any extension because of this one. */
  readonly stopsMerge: boolean;
}

export interface Collision {
  readonly path: string;
  /** Names of the layers that have it, the lowest first; the last is the one that is seen. */
  readonly layers: readonly string[];
}

/** Top-level folders that are merged. */
export const mergedFolders: Readonly<Record<ExtensionClass, readonly string[]>> = {
  sysext: ["usr", "opt"],
  confext: ["etc"],
};

/**
 * The plan for candidates in the order of the search path. When one of them keeps the host from merging, the layers are
 * those that it would merge without it; see `stopsMerge` of `rejected`.
 */
export function planMerge(
  candidates: readonly MergeCandidate[],
  extensionClass: ExtensionClass,
  host: Host,
  overrides: MatchOverrides = {},
): MergePlan {
  const layers: MergeLayer[] = [];
  const masked: { name: string; path: string; by: string }[] = [];
  const rejected: RejectedExtension[] = [];
  const first = new Map<string, string>();
  for (const { path, image, files } of candidates) {
    const [verdict] = matchHosts(image, extensionClass, [host], overrides);
    if (verdict === undefined) continue;
    const named = readImageName(image.fileName, image.kind, verdict.systemd);
    const name = named.kind === "ignored" ? image.fileName : named.name;
    const by = first.get(name);
    if (named.kind !== "ignored" && by !== undefined) {
      masked.push({ name, path, by });
      continue;
    }
    const { judgement } = verdict;
    if (named.kind !== "ignored") first.set(name, path);
    if (judgement.verdict === "match") layers.push({ name, path, files });
    else if (judgement.verdict === "ignored")
      rejected.push({ name, path, rule: "name", reason: judgement.reason, stopsMerge: false });
    else {
      const { rule, reason, fix } = judgement;
      const stopsMerge = judgement.verdict === "error";
      rejected.push({ name, path, rule, reason, stopsMerge, ...(fix === undefined ? {} : { fix }) });
    }
  }
  layers.sort((a, b) => compareVersions(a.name, b.name) || (a.name < b.name ? -1 : 1));
  return { layers, masked, rejected, collisions: collisionsOf(layers, extensionClass) };
}

function collisionsOf(layers: readonly MergeLayer[], extensionClass: ExtensionClass): Collision[] {
  const owners = new Map<string, MergeLayer | MergeLayer[]>();
  for (const layer of layers) {
    for (const folder of mergedFolders[extensionClass]) {
      for (const { path } of layer.files.below(folder)) {
        const known = owners.get(path);
        if (known === undefined) owners.set(path, layer);
        else if (Array.isArray(known)) known.push(layer);
        else owners.set(path, [known, layer]);
      }
    }
  }
  const collisions: Collision[] = [];
  for (const [path, having] of owners) {
    if (!Array.isArray(having)) continue;
    // Folders are merged with each other; anything else hides what is below it.
    if (having.every(({ files }) => files.get(path)?.type === "directory")) continue;
    collisions.push({ path, layers: having.map(({ name }) => name) });
  }
  return collisions.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** An entry of a folder as it is seen when all layers are merged. */
export interface MergedEntry {
  readonly name: string;
  readonly path: string;
  readonly file: TreeFile;
  /** Name of the layer that it is seen from; of a folder that of the highest layer that has it. */
  readonly layer: string;
  /** Names of the layers whose file or folder is not seen for it. */
  readonly hides: readonly string[];
}

/** What is in a folder when all layers are merged, in order of the names; `""` has the merged folders. */
export function listMerged(
  { layers }: Pick<MergePlan, "layers">,
  extensionClass: ExtensionClass,
  folder: string,
): MergedEntry[] {
  const entries = new Map<string, MergedEntry>();
  for (const { name: layer, files } of visibleLayers(layers, folder)) {
    for (const file of files.children(folder)) {
      const name = file.path.slice(file.path.lastIndexOf("/") + 1);
      if (folder === "" && !mergedFolders[extensionClass].includes(name)) continue;
      const below = entries.get(name);
      const isMerged = below?.file.type === "directory" && file.type === "directory";
      const hides = below === undefined || isMerged ? (below?.hides ?? []) : [...below.hides, below.layer];
      if (isWhiteout(file)) entries.delete(name);
      else entries.set(name, { name, path: file.path, file, layer, hides });
    }
  }
  return Array.from(entries.values()).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The layers whose folder of a path is seen: those above the highest one that has something else, or hides all below. */
function visibleLayers(layers: readonly MergeLayer[], folder: string): readonly MergeLayer[] {
  if (folder === "") return layers;
  const parts = folder.split("/");
  let lowest = 0;
  for (const [index, { files }] of layers.entries()) {
    for (let depth = 1; depth <= parts.length; depth++) {
      const file = files.get(parts.slice(0, depth).join("/"));
      if (file === undefined) break;
      if (file.type !== "directory") lowest = index + 1;
      else if (isOpaque(file)) lowest = index;
    }
  }
  return layers.slice(lowest);
}

/** A character device 0:0 hides what lower layers have of its name (overlayfs). */
function isWhiteout({ type, rdev }: TreeFile): boolean {
  return type === "char" && rdev === 0;
}

function isOpaque({ xattrs }: TreeFile): boolean {
  const value = xattrs?.get("trusted.overlay.opaque") ?? xattrs?.get("user.overlay.opaque");
  return value !== undefined && String.fromCharCode(...value) === "y";
}
