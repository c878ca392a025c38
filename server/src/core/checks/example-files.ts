// The files of a check's examples: for its page in the documentation, and for tests that hold the check to them.
import { releaseFolders, releasePath, releasePrefix } from "../model/release-location.ts";
import type { CheckFacts, ExampleTree, TextExample } from "./check.ts";

/** A file that makes a folder a tree, and is nothing to talk about. */
const content = { "usr/bin/demo": { mode: 0o755 } } as const;

/** The files that show a check's mistake and its repair, without what every tree has. */
export function exampleFiles({ id, example }: CheckFacts): { readonly bad: ExampleTree; readonly good: ExampleTree } {
  if ("badTree" in example) return { bad: example.badTree, good: example.goodTree };
  const { bad, badPath, good, name: _other, ...place } = example;
  const path = badPath ?? textPath(id, example);
  const { goodUnit: unit = place.unit } = place;
  return {
    bad: bad === "" && badPath === undefined ? {} : { [path]: bad },
    good: { [textPath(id, unit === undefined ? place : { ...place, unit })]: good },
  };
}

/** All files of an example's tree. A bad example without any files lacks the release file. */
export function exampleTree(files: ExampleTree): ExampleTree {
  const folders = Object.values(releaseFolders).map((folder) => `${folder}/${releasePrefix}`);
  const hasRelease = Object.keys(files).some((path) => folders.some((folder) => path.startsWith(folder)));
  const isBare = Object.keys(files).length === 0;
  return { ...content, ...(hasRelease || isBare ? {} : { [releasePath("sysext", "demo")]: "ID=_any\n" }), ...files };
}

/** Where the file of an example lies, by what the check is about. */
function textPath(id: string, { name = "demo", unit, folder }: Partial<TextExample>): string {
  if (id.startsWith("project/")) return "sysext.json";
  if (id.startsWith("unit/")) return `${folder ?? "usr/lib/systemd/system"}/${unit ?? "demo.service"}`;
  if (id.startsWith("transfer/")) return `${folder ?? "usr/lib/sysupdate.demo.d"}/${unit ?? "demo.transfer"}`;
  return releasePath("sysext", name);
}
