// The extensions in a root's search path, or those that the user names, as candidates for a merge.
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { ImageError, memoryTree, resolvePath } from "../../image/src/index.ts";
import { hostFolder, openImageFile } from "../../image/src/node/index.ts";
import {
  architectures,
  type ExtensionClass,
  type ExtensionImage,
  type Host,
  type ImageKind,
  type MergeCandidate,
  pickVersion,
  readImageFacts,
  readImageName,
  readTreeFiles,
  searchPath,
  type Tree,
} from "../../server/src/core/index.ts";
import { describeOpenTree, folderTree } from "./extension-tree.ts";
import { about } from "./failure.ts";
import { readableTree } from "./readable-tree.ts";

/** All extensions in the search path of the root at `root`, in its order; what is no extension by its name is left out. */
export async function candidatesInRoot(
  root: string,
  extensionClass: ExtensionClass,
  host: Host,
  systemd: number,
): Promise<MergeCandidate[]> {
  const initrd = statSync(path.join(root, "etc/initrd-release"), { throwIfNoEntry: false }) !== undefined;
  const candidates: MergeCandidate[] = [];
  for (const folder of searchPath(extensionClass, systemd, initrd)) {
    for (const fileName of namesIn(path.join(root, folder))) {
      const found = await candidateAt(root, `${folder}/${fileName}`, host, systemd);
      if (found !== undefined) candidates.push(found);
    }
  }
  return candidates;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // most roots have few of these folders
  }
}

async function candidateAt(
  root: string,
  inRoot: string,
  host: Host,
  systemd: number,
): Promise<MergeCandidate | undefined> {
  const file = await followInside(root, inRoot);
  const found = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  if (file === undefined || found === undefined) return undefined;
  const kind: ImageKind = found.isDirectory() ? "directory" : found.isBlockDevice() ? "block" : "file";
  const fileName = inRoot.slice(inRoot.lastIndexOf("/") + 1);
  const named = readImageName(fileName, kind, systemd);
  if (named.kind === "ignored") return undefined;
  if (named.kind === "image") return await readCandidate(inRoot, fileName, kind, file);
  const { chosen } = pickVersion(namesIn(file), {
    name: named.name,
    suffix: named.suffix,
    known: new Set(architectures),
    architectures: host.architectures,
  });
  if (chosen === undefined) return undefined;
  const picked = named.raw ? `${named.name}.raw` : named.name;
  return await readCandidate(
    `${inRoot}/${chosen.fileName}`,
    picked,
    named.raw ? "file" : "directory",
    path.join(file, chosen.fileName),
  );
}

/** The file that a path in a root leads to: absolute links begin at the root, and none leads out of it. */
async function followInside(root: string, inRoot: string): Promise<string | undefined> {
  try {
    return path.join(root, await resolvePath(hostFolder(path.resolve(root)), inRoot));
  } catch {
    return undefined; // a link to nowhere is no extension to systemd either
  }
}

async function readCandidate(shown: string, fileName: string, kind: ImageKind, file: string): Promise<MergeCandidate> {
  if (kind === "directory") return await candidateOf(shown, fileName, kind, readableTree(hostFolder(file)));
  try {
    const image = await openImageFile(file);
    try {
      return await candidateOf(shown, fileName, kind, readableTree(image.tree));
    } finally {
      await image.close();
    }
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    const candidate = await candidateOf(shown, fileName, kind, readableTree(memoryTree({})));
    return { ...candidate, image: { ...candidate.image, damage: error.message } };
  }
}

async function candidateOf(shown: string, fileName: string, kind: ImageKind, tree: Tree): Promise<MergeCandidate> {
  const image: ExtensionImage = { fileName, kind, ...(await readImageFacts(tree)) };
  return { path: shown, image, files: await readTreeFiles(tree) };
}

/** The trees and images that the user names, as if they all lay in one folder of the search path. */
export async function namedCandidates(given: readonly string[]): Promise<MergeCandidate[]> {
  const candidates: MergeCandidate[] = [];
  for (const name of given) {
    candidates.push(
      await about(name, async () => {
        if (!statSync(name).isDirectory()) return await readCandidate(name, path.basename(name), "file", name);
        const open = await folderTree(name);
        const { name: extension } = await describeOpenTree(open);
        return await candidateOf(name, `${extension}.raw`, "file", open.tree);
      }),
    );
  }
  return candidates;
}
