// The tree of an extension, in a folder or in an image, with what core says of it.
import path from "node:path";
import { decodeName, type FileTree } from "../../image/src/index.ts";
import { hostFolder } from "../../image/src/node/index.ts";
import {
  asOther,
  checkDocumentation,
  checkReadTree,
  describeTree,
  type ExtensionTree,
  findMaker,
  type LineIndex,
  lineIndex,
  nameOfImage,
  readProject,
  readTreeFacts,
  type TreeCheckOptions,
  type TreeFacts,
  type TreeFinding,
  type TreePlace,
} from "../../server/src/core/index.ts";
import { about } from "./failure.ts";
import { namedHosts } from "./hosts.ts";
import { type ReadableTree, readableTree } from "./readable-tree.ts";
import type { ReportedFinding } from "./report/finding.ts";

export interface OpenTree {
  /** What the user calls it; the paths of findings begin with it. */
  readonly label: string;
  readonly tree: ReadableTree;
  readonly place: TreePlace;
  /** Whether it is that of an image. */
  readonly image: boolean;
}

/** The tree in a folder on the host. */
export async function folderTree(label: string): Promise<OpenTree> {
  const folder = path.resolve(label);
  const [name, parent] = [path.basename(folder), path.dirname(folder)];
  const maker = await findMaker(hostFolder(parent), name);
  const place = { folder: name, parent: path.basename(parent), ...(maker === undefined ? {} : { maker }) };
  return { label, tree: readableTree(hostFolder(folder)), place, image: false };
}

/** The tree in an image; systemd knows it by the name of the image's file. */
export function imageTree(label: string, files: FileTree): OpenTree {
  return { label, tree: readableTree(files), place: { folder: nameOfImage(path.basename(label)) }, image: true };
}

/** Throws what kept files of the tree from being read. */
export async function describeOpenTree({ tree, place }: OpenTree): Promise<ExtensionTree> {
  const description = await describeTree(tree, place);
  tree.throwFault();
  return description;
}

/** All findings in several trees of one workspace, which are judged beside each other. */
export async function checkOpenTrees(
  trees: readonly OpenTree[],
  options: TreeCheckOptions,
): Promise<ReportedFinding[]> {
  const read: { readonly open: OpenTree; readonly facts: TreeFacts }[] = [];
  for (const open of trees) {
    read.push({ open, facts: await about(open.label, () => readTreeFacts(open.tree, open.place)) });
  }
  const reported: ReportedFinding[] = [];
  for (const { open, facts } of read) {
    const others = read.flatMap(({ open: other, facts: beside }) =>
      other === open || beside.extension.class !== facts.extension.class ? [] : [asOther(beside)],
    );
    reported.push(...(await about(open.label, () => checkOpenTree(open, { ...options, others }, facts))));
  }
  return reported;
}

/** All findings in a tree, by file and place. Throws what kept files of the tree from being read. */
export async function checkOpenTree(
  open: OpenTree,
  options: TreeCheckOptions,
  known?: TreeFacts,
): Promise<ReportedFinding[]> {
  const hosts = options.hosts === undefined ? await hostsOfProject(open) : {};
  const facts = known ?? (await readTreeFacts(open.tree, open.place));
  const findings = await checkReadTree(open.tree, open.place, facts, { image: open.image, ...hosts, ...options });
  open.tree.throwFault();
  const byFile = Map.groupBy(findings, (finding) => finding.path);
  const reported: ReportedFinding[] = [];
  for (const [file, inFile] of [...byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const lines = lineIndex(await textOf(open.tree, file));
    inFile.sort((a, b) => a.span.start - b.span.start);
    for (const finding of inFile) reported.push(reportedFinding(joinedPath(open.label, file), lines, finding));
  }
  return reported;
}

/** The hosts that the tree's project file names; paths count from the tree. Throws a Failure about one that is none. */
async function hostsOfProject({ label, tree, image }: OpenTree): Promise<Pick<TreeCheckOptions, "hosts" | "base">> {
  const { hosts } = image ? { hosts: [] } : await readProject(tree);
  return await namedHosts(hosts, label);
}

/** Core looks at no more of a file. */
const maxTextBytes = 1 << 20;

/** The text as core decodes it: a character for each byte that is no UTF-8. Nothing for a file that should be there. */
async function textOf(tree: ReadableTree, file: string): Promise<string> {
  try {
    return decodeName(await tree.read(file, 0, maxTextBytes));
  } catch {
    return ""; // the finding is that it is missing
  }
}

/** A finding of a text as reports show it. */
export function reportedFinding(
  file: string,
  lines: LineIndex,
  { check, severity, span, message, fixes }: Omit<TreeFinding, "path">,
): ReportedFinding {
  const start = lines.position(span.start);
  const end = lines.position(span.end);
  const [fix] = fixes;
  return {
    file,
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
    severity,
    code: check,
    message,
    url: checkDocumentation(check),
    ...(fix === undefined ? {} : { fix: fix.title }),
  };
}

/** With `/` on every system, and without a `.` in front. */
export function joinedPath(label: string, file: string): string {
  const joined = path.join(label, file);
  return path.sep === "/" ? joined : joined.replaceAll(path.sep, "/");
}
