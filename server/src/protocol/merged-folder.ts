// What is seen in a folder when all trees of the workspace are merged.
import type { ListMergedParams, MergedFolder } from "../../../shared/src/requests.ts";
import { listMerged, type MergeCandidate, mergeableFacts, planMerge } from "../core/index.ts";
import type { Session } from "./session.ts";
import { descendantUri } from "./uris.ts";

/** The folder as a host sees it; nothing where there is no such host. */
export async function listMergedFolder(
  { analysis, folders }: Session,
  { class: extensionClass, host: hostName, folder }: ListMergedParams,
  roots: readonly string[],
): Promise<MergedFolder> {
  const named = await analysis.namedHost(hostName, folders()[0]);
  if (!("host" in named)) {
    const problem = named.reason ?? `there is no known host and no file "${hostName}"`;
    return { entries: [], layers: [], leftOut: [], problem };
  }
  const { host } = named;
  const candidates: MergeCandidate[] = [];
  for (const root of roots) {
    const tree = await analysis.readTree(root);
    if (tree === undefined || tree.facts.extension.class !== extensionClass) continue;
    const { extension, files } = tree.facts;
    const image = { fileName: `${extension.name}.raw`, kind: "file", ...mergeableFacts(tree.facts) } as const;
    candidates.push({ path: root, image, files });
  }
  const plan = planMerge(candidates, extensionClass, host);
  const rootOf = new Map(plan.layers.map(({ name, path }) => [name, path]));
  return {
    hostTitle: host.title,
    layers: plan.layers.map(({ name }) => name),
    leftOut: [
      ...plan.rejected.map(({ name, reason }) => ({ name, reason })),
      ...plan.masked.map(({ name, by }) => ({ name, reason: `the tree "${by}" has the same name` })),
    ],
    entries: listMerged(plan, extensionClass, folder).map(({ name, path, file, layer, hides }) => ({
      name,
      path,
      type: file.type,
      uri: descendantUri(rootOf.get(layer) ?? "", path),
      layer,
      hides,
    })),
  };
}
