// Completion of paths on the host, from the files that the tree puts there.
import type { TreeEntry } from "../../model/tree.ts";
import type { Offer } from "../../values/grammar.ts";
import type { Completion } from "../completion.ts";
import type { ValueCaret } from "./caret.ts";
import type { UnitFeatureContext } from "./context.ts";

/** The hierarchies that an extension can have something in. */
const hierarchies = ["usr", "opt", "etc"];
/** What is a link into /usr on every host. */
const merged = ["bin", "sbin", "lib", "lib64"];
/** Folders in which systemd looks for programs that are named without one. */
const programFolders = ["usr/local/bin", "usr/local/sbin", "usr/bin", "usr/sbin"];

/** The entries of the folder that the path at the caret leads to; where it begins, the folders that there can be. */
export async function completePath(
  wanted: "paths" | "executables",
  { from, to }: Offer,
  { text, at, spanOf }: ValueCaret,
  { list }: UnitFeatureContext,
): Promise<Completion[]> {
  if (list === undefined) return [];
  const read = async (folder: string): Promise<readonly TreeEntry[]> => {
    try {
      return await list(folder);
    } catch {
      return []; // a folder that is not there has no entries
    }
  };
  const typed = text.slice(from, at);
  if (!typed.startsWith("/")) {
    if (/[%$~"']/.test(typed)) return [];
    const span = spanOf(from, to);
    const programs = wanted === "executables" ? await listPrograms(read) : [];
    return [
      ...programs.map((path) => completionOf(path, path, "file", span)),
      ...hierarchies.map((name) => completionOf(`/${name}/`, `/${name}/`, "folder", span)),
    ];
  }
  const slash = text.lastIndexOf("/", at - 1);
  const next = text.slice(at, to).indexOf("/");
  const span = spanOf(slash + 1, next < 0 ? to : at + next);
  const folder = folderInTree(text.slice(from, slash));
  if (folder === undefined) return [];
  if (folder === "")
    return [...hierarchies].map((name) => completionOf(name, nameText(name, next < 0), "folder", span));
  const entries = await read(folder);
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => !/[\s%\\"'$;]/.test(name))
    .map(({ name, type }) =>
      type === "directory"
        ? completionOf(name, nameText(name, next < 0), "folder", span)
        : completionOf(name, name, "file", span),
    );
}

/** A folder's name with the slash behind it, unless there is one already. */
function nameText(name: string, isLast: boolean): string {
  return isLast ? `${name}/` : name;
}

function completionOf(label: string, text: string, kind: "file" | "folder", span: Completion["span"]): Completion {
  return { label, kind, detail: "", documentation: "", span, text, continues: text.endsWith("/") };
}

async function listPrograms(read: (folder: string) => Promise<readonly TreeEntry[]>): Promise<string[]> {
  const found = await Promise.all(
    programFolders.map(async (folder) =>
      (await read(folder)).filter(({ type }) => type !== "directory").map(({ name }) => `/${folder}/${name}`),
    ),
  );
  return found.flat().sort();
}

/** The tree's folder for one on the host; empty for the root, undefined for what an extension cannot have. */
function folderInTree(path: string): string | undefined {
  const names = path.split("/").filter((name) => name !== "");
  if (names.includes("..") || names.includes(".") || path.includes("%")) return undefined;
  const [first] = names;
  if (first === undefined) return "";
  if (merged.includes(first)) return ["usr", ...names].join("/");
  return hierarchies.includes(first) ? names.join("/") : undefined;
}
