// Finds the differences of two trees as a bounded number of rows, with modes, owners, times and links as text.
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
  /** Absent where there is nothing to show, such as for content; `""` for missing attributes. */
  readonly before?: string;
  readonly after?: string;
}

/** A path that differs. */
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
  /** In the order of paths; at most `maxRows`. */
  readonly rows: readonly ChangeRow[];
  readonly counts: Readonly<Record<TreeChange["change"], number>>;
  /** Bytes by which all files together have grown. */
  readonly grown: number;
  /** What could not be compared; sentences without their full stops. */
  readonly caveats: readonly string[];
}

/** The page draws this many rows without delay, and nobody reads more. */
export const maxRows = 5000;

export interface FindChangesOptions {
  readonly ignore?: readonly Aspect[];
  readonly signal: CancelSignal;
  /** Called with how many paths were compared so far. */
  readonly onProgress?: (entries: number) => void;
  readonly caveats?: readonly string[];
}

/** The changes that lead from `before` to `after`. Throws an ImageError when a file cannot be read. */
export async function findChanges(
  before: FileTree,
  after: FileTree,
  { ignore = [], signal, onProgress, caveats = [] }: FindChangesOptions,
): Promise<Changes> {
  const options = { ignore, signal, onProgress: ({ entries }: { entries: number }) => onProgress?.(entries) };
  // The root is not merged on hosts, and its time is that of the build.
  const all = (await diffTrees(before, after, options)).filter(({ path }) => path !== "");
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { change } of all) counts[change] += 1;
  const rows: ChangeRow[] = [];
  for (const change of all.slice(0, maxRows)) {
    const row = rowOf(change);
    rows.push(change.aspects.includes("xattrs") ? await withXattrs(row, before, after, signal) : row);
  }
  return { rows, counts, grown: all.reduce((sum, { bytes }) => sum + bytes, 0), caveats };
}

/** The row with the attributes that differ. */
async function withXattrs(row: ChangeRow, a: FileTree, b: FileTree, signal: CancelSignal): Promise<ChangeRow> {
  const read = async (tree: FileTree): Promise<readonly string[]> =>
    Array.from((await tree.xattrs(row.path, signal)) ?? [], ([name, value]) => `${name}=${xattrText(value)}`);
  const [old, now] = await Promise.all([read(a), read(b)]);
  const only = (some: readonly string[], others: readonly string[]): string =>
    some.filter((text) => !others.includes(text)).join(", ");
  const told = { aspect: "xattrs", before: only(old, now), after: only(now, old) } as const;
  return { ...row, aspects: row.aspects.map((one) => (one.aspect === "xattrs" ? told : one)) };
}

/** The value in quotes, or in hexadecimal when it is not printable. */
function xattrText(value: Uint8Array): string {
  const bytes = Buffer.from(value);
  const text = bytes.toString("latin1");
  return /^[ -~]*$/.test(text) ? `"${text}"` : `0x${bytes.toString("hex")}`;
}

function rowOf({ path, change, type, aspects, before, after }: TreeChange): ChangeRow {
  // For a file, another size implies other content; for a link, it implies another target.
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
