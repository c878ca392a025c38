// The trees of checks' examples, for the documentation and for tests.

import type { FileTree } from "../../image/src/tree/file-tree.ts";
import { type MemoryFile, memoryTree } from "../../image/src/tree/memory-tree.ts";
import {
  asOther,
  type BaseSystem,
  type CheckFacts,
  type ExampleFile,
  type ExampleTree,
  exampleTree,
  findHost,
  readTreeFacts,
  type TreeCheckOptions,
} from "../../server/src/core/index.ts";

/** The tree of an example, with what every tree has. */
export function treeOfExample(files: ExampleTree, around: ExampleTree = {}): FileTree {
  return treeOf(exampleTree(files, around));
}

/** A tree of these files and no others. */
export function treeOf(files: ExampleTree): FileTree {
  return memoryTree(
    Object.fromEntries(
      Object.entries(files).map(([path, file]) => [path, typeof file === "string" ? file : memoryFile(file)]),
    ),
  );
}

function memoryFile({ bytes, content, xattrs, ...facts }: ExampleFile): MemoryFile {
  const attributes = Object.entries(xattrs ?? {}).map(([name, value]) => [name, new TextEncoder().encode(value)]);
  return {
    ...facts,
    ...(bytes === undefined ? (content === undefined ? {} : { content }) : { content: bytes }),
    ...(attributes.length === 0 ? {} : { xattrs: Object.fromEntries(attributes) }),
  };
}

/** What is around the tree of an example. */
export async function optionsOfExample({ example }: CheckFacts): Promise<TreeCheckOptions> {
  const systemd = example.systemd === undefined ? {} : { systemd: example.systemd };
  if (!("badTree" in example)) return systemd;
  const { hosts = [], unknownHosts = [], base, image = false, others = {} } = example;
  return {
    ...systemd,
    image,
    unknownHosts: unknownHosts.map((name) => ({ name })),
    hosts: hosts.map((id) => {
      const host = findHost(id);
      if (host === undefined) throw new Error(`there is no host "${id}"`);
      return host;
    }),
    ...(base === undefined ? {} : { base: baseOf(base) }),
    others: await Promise.all(
      Object.entries(others).map(async ([name, files]) =>
        asOther(await readTreeFacts(treeOf(files), { folder: name })),
      ),
    ),
  };
}

/** A base system with these paths, of which folders end in a slash and symlinks in an `@`, and the folders above them. */
function baseOf(paths: readonly string[]): BaseSystem {
  const types = new Map<string, "file" | "directory" | "symlink">();
  for (const path of paths) {
    const plain = path.replace(/[/@]$/, "");
    const parts = plain.split("/");
    for (let depth = 1; depth < parts.length; depth++) types.set(parts.slice(0, depth).join("/"), "directory");
    types.set(plain, path.endsWith("/") ? "directory" : path.endsWith("@") ? "symlink" : "file");
  }
  return { typeOf: (path) => types.get(path) };
}
