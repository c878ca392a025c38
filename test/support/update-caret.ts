// A file of systemd-sysupdate with the caret `$0` in it, and the files of its set around it, for tests of features.
import assert from "node:assert/strict";
import { type UnitFeatureContext, updateFeatureContext } from "../../server/src/core/features/unit/context.ts";
import { setOfFiles, type TreeUpdateFile } from "../../server/src/core/model/read-update-set.ts";
import { parseUnitFile, type UnitFile } from "../../server/src/core/model/unit-file.ts";
import { type UpdateContext, updateContext } from "../../server/src/core/model/update-context.ts";
import { locateUpdate, type UpdateLocation } from "../../server/src/core/model/update-location.ts";
import { extractCaret } from "./fixture.ts";

export interface UpdateCaret {
  readonly text: string;
  readonly file: UnitFile;
  readonly location: UpdateLocation;
  readonly offset: number;
  readonly context: UnitFeatureContext;
}

/** The files of a tree by path, as they are read from it. */
export function updateFiles(texts: Readonly<Record<string, string>>): TreeUpdateFile[] {
  return Object.entries(texts).map(([path, text]) => {
    const location = locateUpdate(path);
    assert.ok(location, path);
    return { path, location, file: parseUnitFile(text, { type: location.kind, template: location.template }) };
  });
}

/** Reads a marked text as the file at a path of a tree, `around` as the others of its set. */
export function updateCaret(
  marked: string,
  path = "usr/lib/sysupdate.d/demo.transfer",
  around: Readonly<Record<string, string>> = {},
  known: Partial<Pick<UpdateContext, "systemd" | "extensions">> = {},
): UpdateCaret {
  const { text, offset } = extractCaret(marked);
  const files = updateFiles({ ...around, [path]: text });
  const own = files.find((candidate) => candidate.path === path);
  assert.ok(own);
  const { file, location } = own;
  const context = updateFeatureContext(location.kind, updateContext(location, { set: setOfFiles(files), ...known }));
  return { text, file, location, offset, context };
}
