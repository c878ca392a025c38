// Finds in what two trees differ, as rows to show: bounded, with the words for modes, owners, times and links.
import {
  type Aspect,
  type CancelSignal,
  type ChangedFile,
  diffTrees,
  type FileTree,
  modeText,
  type TreeChange,
} from "../../../image/src/index.ts";

export interface ChangedAspect {
  readonly aspect: Aspect;
  /** Missing where a word would not help, as with content. */
  readonly before?: string;
  readonly after?: string;
}

/** What is shown of a changed path. */
export interface ChangeRow {
  readonly path: string;
  readonly change: TreeChange["change"];
  readonly type: TreeChange["type"];
  readonly aspects: readonly ChangedAspect[];
  /** Bytes of a file on either side. */
  readonly sizeBefore?: number;
  readonly sizeAfter?: number;
}

export interface Changes {
  /** In the order of paths; not more than `mostRows`. */
  readonly rows: readonly ChangeRow[];
  readonly counts: Readonly<Record<TreeChange["change"], number>>;
  /** Bytes by which all files together grew. */
  readonly grown: number;
}

/** Nobody reads more rows, and a page stays quick with them. */
export const mostRows = 5000;

/** What has to be done to `before` to make it `after`, but for the ignored. Throws an ImageError for what cannot be read. */
export async function findChanges(
  before: FileTree,
  after: FileTree,
  ignore: readonly Aspect[],
  signal: CancelSignal,
): Promise<Changes> {
  // The folder above the hierarchies is no host's business, and has the time of the build.
  const all = (await diffTrees(before, after, { ignore, signal })).filter(({ path }) => path !== "");
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { change } of all) counts[change] += 1;
  return {
    rows: all.slice(0, mostRows).map(rowOf),
    counts,
    grown: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function rowOf({ path, change, type, aspects, before, after }: TreeChange): ChangeRow {
  // Another size of a file is other content, which nobody needs to be told twice; that of a link is another target.
  const told = aspects.filter((aspect) =>
    aspect === "size" ? type === "file" : aspect !== "content" || !aspects.includes("size"),
  );
  return {
    path,
    change,
    type,
    aspects: told.map((aspect) => describeAspect(aspect, before, after)),
    ...(before?.type === "file" ? { sizeBefore: before.size } : {}),
    ...(after?.type === "file" ? { sizeAfter: after.size } : {}),
  };
}

function describeAspect(aspect: Aspect, a: ChangedFile | undefined, b: ChangedFile | undefined): ChangedAspect {
  if (aspect === "size") return { aspect: "content" };
  const word = wordsOf[aspect];
  if (word === undefined || a === undefined || b === undefined) return { aspect };
  return { aspect, before: word(a), after: word(b) };
}

const wordsOf: Readonly<Partial<Record<Aspect, (file: ChangedFile) => string>>> = {
  mode: modeText,
  owner: ({ uid, gid }) => `${uid}:${gid}`,
  mtime: ({ mtime }) => timeText(mtime),
  type: ({ type }) => type,
  target: ({ target }) => target ?? "",
};

function timeText(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? String(seconds) : `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
