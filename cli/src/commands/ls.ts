// `sysext ls`: what is in an image.
import type { CancelSignal, FileTree, WalkedEntry } from "../../../image/src/index.ts";
import { walkTree } from "../../../image/src/index.ts";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { exitStatus } from "../failure.ts";
import { partitionOption, readPartition, treePath, withImage } from "../image-path.ts";
import { bufferedOutput } from "../output.ts";
import { jsonLine, type ListedEntry, longLine } from "../report/listing.ts";
import { printable } from "../report/printable.ts";

const positionals = ["IMAGE", "[PATH]"];

export const lsCommand = defineCommand({
  name: "ls",
  summary: "list the files in an image",
  positionals,
  options: {
    recursive: { summary: "list what is in folders too" },
    long: { summary: "with mode, links, owner, group, size, time (UTC) and a symlink's target" },
    partition: partitionOption,
    json: { summary: "one JSON object a line; values of extended attributes are base64" },
  },
  details: ["PATH is a folder or file in the image, its root when there is none. Owners are shown as numbers."],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("ls", positionals, given);
    const [image = "", path = ""] = given;
    const output = bufferedOutput(stdout);
    const list = async ({ tree }: { tree: FileTree }): Promise<void> => {
      const { json = false, long = false, recursive = false } = values;
      for await (const entry of await entriesOf(tree, treePath(path), recursive, signal)) {
        const facts = json || long ? await readEntry(tree, entry, json) : undefined;
        const line = facts === undefined ? `${printable(entry.path)}\n` : json ? jsonLine(facts) : longLine(facts);
        const full = output.write(line);
        if (full !== undefined) await full;
      }
      await output.flush();
    };
    await withImage(image, { stderr, signal }, list, readPartition(values.partition));
    return exitStatus.done;
  },
});

async function entriesOf(
  tree: FileTree,
  path: string,
  recursive: boolean,
  signal: CancelSignal,
): Promise<AsyncIterable<WalkedEntry> | Iterable<WalkedEntry>> {
  const { type } = await tree.stat(path, signal);
  if (type !== "directory") return [{ path, type }];
  if (recursive) return walkTree(tree, path, signal);
  const prefix = path === "" ? "" : `${path}/`;
  const entries = await tree.list(path, signal);
  return entries.map(({ name, type }) => ({ path: prefix + name, type }));
}

async function readEntry(tree: FileTree, { path, type }: WalkedEntry, withXattrs: boolean): Promise<ListedEntry> {
  const stat = await tree.stat(path);
  const target = type === "symlink" ? await tree.readLink(path) : undefined;
  const xattrs = withXattrs ? await tree.xattrs(path) : undefined;
  return {
    path,
    stat,
    ...(target === undefined ? {} : { target }),
    ...(xattrs === undefined ? {} : { xattrs }),
  };
}
