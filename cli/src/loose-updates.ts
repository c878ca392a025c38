// Definitions of systemd-sysupdate that `sysext check` finds outside of extension trees: one by itself, or all below a folder.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { decodeName } from "../../image/src/index.ts";
import { hostFolder } from "../../image/src/node/index.ts";
import {
  checkTreeUpdates,
  describeTree,
  fieldsOf,
  type KnownExtension,
  lineIndex,
  locateUpdate,
  looksLikeUpdate,
  parseReleaseFile,
  parseUnitFile,
  readProject,
  readText,
  readTreeUpdates,
  setOfFiles,
  type TreeCheckOptions,
  type TreeFinding,
  type TreeUpdateFile,
  type UpdateLocation,
  withSeverities,
} from "../../server/src/core/index.ts";
import { joinedPath, reportedFinding } from "./extension-tree.ts";
import { about } from "./failure.ts";
import { readableTree } from "./readable-tree.ts";
import type { ReportedFinding } from "./report/finding.ts";

/** No more of a file is looked at to see what it is. */
const maxDefinitionBytes = 4 << 20;

/** What a file is by its place, or else by its text; undefined for no definition. */
async function identify(file: string): Promise<TreeUpdateFile | undefined> {
  const place = path.resolve(file).replaceAll(path.sep, "/");
  const located = locateUpdate(place);
  if (located === undefined && !/\.conf(?:\.\w+)?$/.test(place)) return undefined;
  const text = decodeName((await about(file, () => readFile(file))).subarray(0, maxDefinitionBytes));
  const location = located ?? (isTransfer(text) ? looseTransfer(place) : undefined);
  if (location === undefined) return undefined;
  // Others have files that end in .feature as well.
  if (location.folder === undefined && !looksLikeUpdate(text, location.kind)) return undefined;
  const options = { type: location.kind, template: location.template };
  return { path: place, file: parseUnitFile(text, options), location };
}

function looseTransfer(place: string): UpdateLocation {
  const name = path.posix.basename(place);
  return {
    kind: "transfer",
    form: "definition",
    id: name.replace(/\.conf(?:\.\w+)?$/, ""),
    suffix: ".conf",
    template: !name.endsWith(".conf"),
  };
}

/**
 * Whether two files of a folder count together. Where only its text tells what a file is, it is unknown where it is installed and
 * beside which others, but for one of the same name that is for other versions of systemd.
 */
function countTogether(a: TreeUpdateFile, b: TreeUpdateFile): boolean {
  const arePlaced = locateUpdate(a.path) !== undefined && locateUpdate(b.path) !== undefined;
  return arePlaced || a.location.id === b.location.id;
}

/** Whether a file of any name has a transfer in it. */
function isTransfer(text: string): boolean {
  return /^[ \t]*\[Source\]/m.test(text) && /^[ \t]*\[Target\]/m.test(text);
}

/** Checks a definition or drop-in together with those around it; undefined for what is none. */
export async function checkUpdateFile(
  file: string,
  options: TreeCheckOptions,
): Promise<readonly ReportedFinding[] | undefined> {
  const found = await identify(file);
  if (found === undefined) return undefined;
  const folder = path.dirname(path.resolve(file));
  const beside = found.location.root === undefined ? await filesBeside(folder, found) : [];
  const findings =
    found.location.root === undefined
      ? checkTogether([found, ...beside], options).filter((finding) => finding.path === found.path)
      : (await checkRoot(found.location.root, options)).filter((finding) => finding.path === found.location.path);
  const lines = lineIndex(found.file.text);
  return findings.map((finding) => reportedFinding(joinedPath(file, ""), lines, finding));
}

/** The other definitions of a folder, with their drop-ins: they count together. */
async function filesBeside(folder: string, file: TreeUpdateFile): Promise<TreeUpdateFile[]> {
  const { path: own, location } = file;
  const top = location.form === "drop-in" ? path.dirname(folder) : folder;
  const found: TreeUpdateFile[] = [];
  for (const entry of await about(top, () => readdir(top, { withFileTypes: true }))) {
    const place = path.join(top, entry.name);
    const inside = entry.isDirectory() && entry.name.endsWith(".d") ? await namesIn(place) : [place];
    for (const inner of entry.isFile() || entry.isDirectory() ? inside : []) {
      if (entry.isDirectory() && inside[0] === place) continue;
      const other = inner.replaceAll(path.sep, "/") === own ? undefined : await identify(inner);
      if (other !== undefined && other.location.root === undefined && countTogether(file, other)) found.push(other);
    }
  }
  return found;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await about(folder, () => readdir(folder, { withFileTypes: true }));
  return entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name));
}

/** Checks files of one folder as a set. */
function checkTogether(files: readonly TreeUpdateFile[], { systemd, overrides }: TreeCheckOptions): TreeFinding[] {
  const [first] = files;
  const sets = [setOfFiles(files, first?.location.component)];
  return withSeverities(checkTreeUpdates({ files, sets }, systemd === undefined ? {} : { systemd }), overrides ?? {});
}

/** Checks the files of a folder, those together that count so. */
function checkLoose(files: readonly TreeUpdateFile[], options: TreeCheckOptions): TreeFinding[] {
  const placed = files.filter(({ path: place }) => locateUpdate(place) !== undefined);
  const others = files.filter((file) => !placed.includes(file));
  const twins = others.filter((file) => placed.some((other) => countTogether(file, other)));
  const alone = others.filter((file) => !twins.includes(file));
  return [
    ...(placed.length === 0 ? [] : checkTogether([...placed, ...twins], options)),
    ...alone.flatMap((file) => checkTogether([file], options)),
  ];
}

/** Checks all definitions below a root, which may be that of an image under construction or of an extension. */
async function checkRoot(root: string, options: TreeCheckOptions): Promise<TreeFinding[]> {
  const folder = root === "" ? path.parse(path.resolve("/")).root : root.replaceAll("/", path.sep);
  const tree = readableTree(hostFolder(folder));
  const project = await readProject(tree);
  const systemd = options.systemd ?? project.systemd;
  const { name, class: extensionClass, releaseFiles } = await describeTree(tree, { folder: path.basename(folder) });
  const extensions: KnownExtension[] = [];
  for (const releaseFile of releaseFiles.slice(0, 1)) {
    const text = await readText(tree, releaseFile);
    if (text === undefined) continue;
    extensions.push({ name, class: extensionClass, release: fieldsOf(parseReleaseFile(text)), own: true });
  }
  const found = checkTreeUpdates(await readTreeUpdates(tree), {
    extensions,
    ...(systemd === undefined ? {} : { systemd }),
  });
  tree.throwFault();
  return withSeverities(found, { ...project.checks, ...options.overrides });
}

/** Checks the definitions among files that lie in no tree; `count` is how many of them there are. */
export async function checkLooseUpdates(
  folder: string,
  files: readonly string[],
  options: TreeCheckOptions,
): Promise<{ readonly findings: readonly ReportedFinding[]; readonly count: number }> {
  const found: (TreeUpdateFile & { readonly shown: string })[] = [];
  for (const relative of files) {
    const shown = joinedPath(folder, relative);
    const update = await identify(path.join(folder, relative));
    if (update !== undefined) found.push({ ...update, shown });
  }
  const findings: ReportedFinding[] = [];
  const groups = Map.groupBy(found, ({ path: place, location }) => {
    if (location.root !== undefined) return `root ${location.root}`;
    return path.posix.dirname(location.form === "drop-in" ? path.posix.dirname(place) : place);
  });
  for (const ours of groups.values()) {
    const root = ours[0]?.location.root;
    const all = root === undefined ? checkLoose(ours, options) : await checkRoot(root, options);
    for (const { shown, file, path: place, location } of ours) {
      const lines = lineIndex(file.text);
      const own = all.filter((finding) => finding.path === (root === undefined ? place : location.path));
      findings.push(...own.map((finding) => reportedFinding(shown, lines, finding)));
    }
  }
  return { findings, count: found.length };
}
