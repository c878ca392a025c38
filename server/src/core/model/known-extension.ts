// The extensions around the definitions of a tree: its own, and the others of the workspace.
import type { ReleaseFile } from "./release-file.ts";
import type { OtherTree } from "./tree-context.ts";
import type { TreeFacts } from "./tree-facts.ts";
import type { KnownExtension } from "./update-context.ts";

/** The extension whose tree the facts are of, and those beside it; a tree without a release file is none. */
export function knownExtensions(
  { extension, releases }: Pick<TreeFacts, "extension" | "releases">,
  others: readonly OtherTree[] = [],
): KnownExtension[] {
  const release = extension.releaseFiles.map((path) => releases.get(path)).find((file) => file !== undefined);
  const own: KnownExtension[] =
    release === undefined
      ? []
      : [{ name: extension.name, class: extension.class, release: fieldsOf(release), own: true }];
  const beside = others.flatMap((other): KnownExtension[] =>
    other.release === undefined
      ? []
      : [{ name: other.name, class: extension.class, release: fieldsOf(other.release), own: false }],
  );
  return [...own, ...beside];
}

/** The fields of a release file that count. */
export function fieldsOf(file: ReleaseFile): ReadonlyMap<string, string> {
  const names = new Set(file.assignments.map(({ name }) => name));
  return new Map(
    [...names].flatMap((name) => {
      const text = file.get(name)?.text;
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}
