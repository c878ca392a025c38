// `sysext ls`: what is in an image.
import type { CancelSignal, FileStat, FileTree, OpenImage, TreeEntry } from "../../../image/src/index.ts";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { exitStatus } from "../failure.ts";
import { partitionOption, readPartition, treePath, withImage } from "../image-path.ts";
import { bufferedOutput } from "../output.ts";
import { jsonLine, type ListedEntry, longLine, shownLine } from "../report/listing.ts";
import { printable } from "../report/printable.ts";

const positionals = ["IMAGE", "[PATH]"];

export const lsCommand = defineCommand({
  name: "ls",
  summary: "list the files in an image",
  positionals,
  options: {
    recursive: { summary: "list folders recursively" },
    long: { summary: "show mode, links, owner, group, size, time (UTC) and symlink target" },
    partition: partitionOption,
    json: { summary: "print one JSON object per line; values of extended attributes are base64" },
  },
  details: ["PATH is a folder or file in the image; default: its root. Owners are shown as numbers."],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("ls", positionals, given);
    const [image = "", path = ""] = given;
    const output = bufferedOutput(stdout);
    const { json = false, long = false, recursive = false } = values;
    const list = async ({ tree }: OpenImage): Promise<void> => {
      const write = async (entry: ListedEntry): Promise<void> => {
        const facts = await withDetails(tree, entry, json);
        await output.write(json ? jsonLine(facts) : longLine(facts));
      };
      const listFolder = async (folder: string): Promise<void> => {
        const prefix = folder === "" ? "" : `${folder}/`;
        const shownPrefix = printable(prefix);
        for (const { name, type, stat } of await entriesOf(tree, folder, json || long, signal)) {
          // Awaiting resolved promises, and formatting texts that are not printed, would dominate the time for a large image.
          const full =
            stat === undefined
              ? output.write(`${shownPrefix}${printable(name)}\n`)
              : json || type === "symlink"
                ? write({ path: prefix + name, stat })
                : output.write(shownLine(shownPrefix + printable(name), stat));
          if (full !== undefined) await full;
          if (recursive && type === "directory") await listFolder(prefix + name);
        }
      };
      const top = treePath(path);
      const stat = await tree.stat(top, signal);
      if (stat.type === "directory") await listFolder(top);
      else if (json || long) await write({ path: top, stat });
      else await output.write(`${printable(top)}\n`);
      await output.flush();
    };
    await withImage(image, { stderr, signal }, list, readPartition(values.partition));
    return exitStatus.done;
  },
});

/** What is in a folder, with facts where they are wanted. */
async function entriesOf(
  tree: FileTree,
  folder: string,
  withStats: boolean,
  signal: CancelSignal,
): Promise<readonly (TreeEntry & { readonly stat?: FileStat })[]> {
  signal.throwIfAborted();
  if (!withStats) return await tree.list(folder, signal);
  if (tree.listWithStats !== undefined) return await tree.listWithStats(folder, signal);
  const prefix = folder === "" ? "" : `${folder}/`;
  const entries = await tree.list(folder, signal);
  return await Promise.all(
    entries.map(async (entry) => ({ ...entry, stat: await tree.stat(prefix + entry.name, signal) })),
  );
}

/** A symlink's target, and extended attributes where they are wanted. */
async function withDetails(tree: FileTree, { path, stat }: ListedEntry, withXattrs: boolean): Promise<ListedEntry> {
  const target = stat.type === "symlink" ? await tree.readLink(path) : undefined;
  const xattrs = withXattrs ? await tree.xattrs(path) : undefined;
  return {
    path,
    stat,
    ...(target === undefined ? {} : { target }),
    ...(xattrs === undefined ? {} : { xattrs }),
  };
}
