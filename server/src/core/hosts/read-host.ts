// A host by its files, such as the machine itself or the unpacked root of an image.
import { readElf } from "../model/elf.ts";
import { listOrNothing, readText } from "../model/read-text.ts";
import type { Tree } from "../model/tree.ts";
import type { Host } from "../tables/host.ts";
import { hostOfFile } from "./os-release.ts";

/** Where os-release is, in systemd's order (os-release(5)). */
const releasePlaces = ["etc/os-release", "usr/lib/os-release"];
/** Folders with systemd's private library, whose name has the version; below `usr/lib` the triplet may stand before. */
const libraryFolders = ["usr/lib/systemd", "usr/lib64/systemd", "lib/systemd"];
/** Programs that every host has, for its architecture. */
const programs = ["usr/lib/systemd/systemd", "lib/systemd/systemd", "usr/bin/sh", "bin/sh"];

/** The host whose root folder a tree is; undefined when it has no os-release file that is one. */
export async function readHost(tree: Tree, name: string): Promise<Host | undefined> {
  for (const place of releasePlaces) {
    const text = await readText(tree, place);
    const host = text === undefined ? undefined : hostOfFile(name, text);
    if (host === undefined) continue;
    const systemd = await systemdVersion(tree);
    const architecture = await architectureOf(tree);
    return {
      ...host,
      ...(systemd === undefined ? {} : { systemd }),
      architectures: architecture === undefined ? [] : [architecture],
    };
  }
  return undefined;
}

async function systemdVersion(tree: Tree): Promise<number | undefined> {
  const triplets = (await listOrNothing(tree, "usr/lib")).filter(({ name }) => /-linux-\w+$/.test(name));
  for (const folder of [...libraryFolders, ...triplets.map(({ name }) => `usr/lib/${name}/systemd`)]) {
    for (const { name } of await listOrNothing(tree, folder)) {
      const version = /^libsystemd-(?:shared|core)-(\d{3})[^/]*\.so$/.exec(name)?.[1];
      if (version !== undefined) return Number(version);
    }
  }
  return undefined;
}

async function architectureOf(tree: Tree): Promise<string | undefined> {
  for (const program of programs) {
    try {
      const elf = await readElf((offset, length) => tree.read(program, offset, length));
      if (elf?.architecture !== undefined) return elf.architecture;
    } catch {
      // Not there, or not to be read: the next one may be.
    }
  }
  return undefined;
}
