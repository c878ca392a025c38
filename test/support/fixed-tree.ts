// What a quick fix makes of a tree: texts, modes and places of its files.
import assert from "node:assert/strict";
import type { ExampleFile, ExampleTree, Fix } from "../../server/src/core/index.ts";
import { applyFix } from "./check-fixture.ts";

/** The files of a tree after a fix of a finding at `path`; fails where the fix cannot be made there. */
export function fixTree(files: ExampleTree, path: string, fix: Fix): ExampleTree {
  const facts = new Map(Object.entries(files).map(([at, file]) => [at, factsOf(file)]));
  const texts = new Map([...facts].map(([at, { content = "" }]) => [at, content]));
  for (const change of fix.changes) {
    if (change.kind === "mode") assert.ok(facts.has(change.path), `"${change.path}" gets a mode, but it is not there`);
    if (change.kind !== "remove") continue;
    const { path: removed } = change;
    const isThere = [...facts.keys()].some((at) => at === removed || at.startsWith(`${removed}/`));
    assert.ok(isThere, `"${removed}" is to be removed, but it is not there`);
  }
  const result: Record<string, ExampleFile> = {};
  for (const [at, text] of applyFix(texts, path, fix)) {
    const old = facts.get(oldPath(at, fix)) ?? {};
    const modes = fix.changes.flatMap((change) => (change.kind === "mode" && change.path === at ? [change.mode] : []));
    const [mode = old.mode] = modes;
    const isText = old.bytes === undefined && old.target === undefined && (old.type ?? "file") === "file";
    result[at] = { ...old, ...(isText ? { content: text } : {}), ...(mode === undefined ? {} : { mode }) };
  }
  return result;
}

/** Where the file that a fix leaves at a path was before. */
function oldPath(at: string, { changes }: Fix): string {
  for (const change of changes) {
    if (change.kind !== "rename") continue;
    if (at === change.to || at.startsWith(`${change.to}/`)) return change.from + at.slice(change.to.length);
  }
  return at;
}

/** A tree with all that is left out of its files said, for comparisons. */
export function wholeTree(files: ExampleTree): ExampleTree {
  return Object.fromEntries(Object.entries(files).map(([at, file]) => [at, wholeFile(factsOf(file))]));
}

function wholeFile(file: ExampleFile): ExampleFile {
  const { type = file.target === undefined ? "file" : "symlink" } = file;
  const isText = type === "file" && file.bytes === undefined;
  return { type, mode: type === "directory" ? 0o755 : 0o644, ...(isText ? { content: "" } : {}), ...file };
}

function factsOf(file: string | ExampleFile): ExampleFile {
  return typeof file === "string" ? { content: file } : file;
}
