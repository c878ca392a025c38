// The files of a check's examples: for its page in the documentation, and for tests that hold the check to them.
import type { ExtensionClass } from "../model/release-context.ts";
import { releaseFolders, releasePath, releasePrefix } from "../model/release-location.ts";
import type { CheckFacts, ExampleTree, FixedTree, TextExample } from "./check.ts";

/** Files that make a folder the tree of a class, and are nothing to talk about. */
const content = { sysext: { "usr/bin/demo": { mode: 0o755 } }, confext: { "etc/demo.conf": "" } } as const;

export interface ExampleFiles {
  readonly bad: ExampleTree;
  readonly good: ExampleTree;
  /** After each of the quick fixes, in their order. */
  readonly fixed: readonly ExampleTree[];
  /** Files beside the bad and the good one without which other checks would have something to say. */
  readonly around: ExampleTree;
}

/** The files that show a check's mistake and its repair, without what every tree has. */
export function exampleFiles({ id, example }: CheckFacts): ExampleFiles {
  if ("badTree" in example) {
    const { badTree: bad, goodTree: good, fixed = [] } = example;
    return { bad, good, fixed: fixed.map((tree) => fixedFiles(tree, bad, good)), around: aroundTree(bad) };
  }
  const { bad: badText, badPath, good: goodText, fixed = [], name: _other, around = {}, ...place } = example;
  const path = badPath ?? textPath(id, example);
  const { goodUnit: unit = place.unit } = place;
  const bad = badText === "" && badPath === undefined ? {} : { [path]: badText };
  const good = { [textPath(id, unit === undefined ? place : { ...place, unit })]: goodText };
  return {
    bad,
    good,
    fixed: fixed.map((result) => {
      const isText = typeof result === "object" && "text" in result;
      return fixedFiles(isText ? { files: { [path]: result.text } } : result, bad, good);
    }),
    around: { ...(id.startsWith("unit/") ? aroundUnit(example) : aroundTree(bad)), ...around },
  };
}

/** All files of a bad example after a quick fix. */
function fixedFiles(result: FixedTree, bad: ExampleTree, good: ExampleTree): ExampleTree {
  if (result === "good") return good;
  const files: Record<string, ExampleTree[string]> = { ...bad };
  for (const [at, file] of Object.entries(result.files)) {
    if (file === undefined) delete files[at];
    else files[at] = file;
  }
  return files;
}

/** All files of an example's tree: these, those around it, and what every tree has. Without any of them it lacks the release file. */
export function exampleTree(files: ExampleTree, around: ExampleTree = {}): ExampleTree {
  const given = { ...around, ...files };
  if (hasRelease(given, "confext")) return { ...content.confext, ...given };
  const isBare = Object.keys(given).length === 0;
  return { ...content.sysext, ...(isBare || hasRelease(given, "sysext") ? {} : anyHost), ...given };
}

function hasRelease(files: ExampleTree, kind: ExtensionClass): boolean {
  return Object.keys(files).some((path) => path.startsWith(`${releaseFolders[kind]}/${releasePrefix}`));
}

/** A release file that fits every host. */
const anyHost = { [releasePath("sysext", "demo")]: "ID=_any\n" };

/** What is around a bad example that says nothing of it; a fix that removes all of its files leaves a tree nonetheless. */
function aroundTree(bad: ExampleTree): ExampleTree {
  const isNamed = hasRelease(bad, "sysext") || hasRelease(bad, "confext");
  return isNamed || Object.keys(bad).length === 0 ? {} : anyHost;
}

/** Where the file of an example lies, by what the check is about. */
function textPath(id: string, { name = "demo", unit, folder }: Partial<TextExample>): string {
  if (id.startsWith("project/")) return "sysext.json";
  if (id.startsWith("unit/")) return `${folder ?? unitFolder}/${unit ?? "demo.service"}`;
  if (id.startsWith("transfer/")) return `${folder ?? "usr/lib/sysupdate.demo.d"}/${unit ?? "demo.transfer"}`;
  return releasePath("sysext", name);
}

const unitFolder = "usr/lib/systemd/system";

/** A release file that makes hosts find the unit of an example, and a target that starts it. */
function aroundUnit({ unit = "demo.service", goodUnit = unit }: TextExample): ExampleTree {
  const upheld = [...new Set([unit, goodUnit])].filter((name) => !name.includes("/")).join(" ");
  return {
    [releasePath("sysext", "demo")]: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
    [`${unitFolder}/multi-user.target.d/10-around.conf`]: `[Unit]\nUpholds=${upheld}\n`,
  };
}
