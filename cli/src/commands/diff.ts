// `sysext diff`: how two images or trees differ.
import { statSync } from "node:fs";
import path from "node:path";
import {
  type Aspect,
  type CompareProgress,
  diffTrees,
  type FileTree,
  sourceDateEpoch,
  storedTree,
} from "../../../image/src/index.ts";
import { hostFolder, readHostXattrs } from "../../../image/src/node/index.ts";
import { findNearest } from "../../../server/src/core/index.ts";
import { checkCount } from "../arguments.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { describeOpenTree, folderTree } from "../extension-tree.ts";
import { about, exitStatus, Failure } from "../failure.ts";
import { partitionOption, readPartition, type WithImageOptions, withImage } from "../image-path.ts";
import { bufferedOutput } from "../output.ts";
import { bytesText, countText } from "../report/amounts.ts";
import { changeJson, changeLine, totalLine } from "../report/diff.ts";
import { progressLineOf } from "../report/progress.ts";

const positionals = ["A", "B"];

/** Differences that may be ignored. */
const aspects: readonly Aspect[] = ["content", "mode", "owner", "mtime", "links", "target", "xattrs"];

export const diffCommand = defineCommand({
  name: "diff",
  summary: "show the differences between two images, or an image and a tree",
  positionals,
  options: {
    times: { summary: "also compare times" },
    ignore: { value: "LIST", summary: `differences to ignore, separated by commas: ${aspects.join(", ")}` },
    partition: partitionOption,
    json: { summary: "print one JSON array" },
  },
  details: [
    "A and B are images or extension trees. A tree is compared as a build would store it: its hierarchies, owned by root,",
    "with no time after SOURCE_DATE_EPOCH.",
    "Each line starts with + (only in B), - (only in A) or ~ (differs), and shows the difference in bytes.",
    "The exit status is 1 if they differ.",
  ],
  async run({ values, positionals: given }, context) {
    checkCount("diff", positionals, given);
    const [a = "", b = ""] = given;
    const ignore = [...readAspects(values.ignore), ...(values.times ? [] : (["mtime"] as const))];
    const partition = readPartition(values.partition);
    const progress = progressLineOf(context.stderr, progressText);
    const compare = async (before: FileTree, after: FileTree) => {
      try {
        return await diffTrees(before, after, { ignore, signal: context.signal, onProgress: progress.show });
      } finally {
        await progress.clear();
      }
    };
    const changes = await withSide(a, context, partition, (before) =>
      withSide(b, context, partition, (after) => compare(before, after)),
    );
    const output = bufferedOutput(context.stdout);
    if (values.json) await output.write(`${JSON.stringify(changes.map(changeJson), null, 2)}\n`);
    else for (const change of changes) await output.write(changeLine(change));
    await output.flush();
    if (!values.json) await context.stderr.write(totalLine(changes));
    return changes.length === 0 ? exitStatus.done : exitStatus.no;
  },
});

function progressText({ entries, bytes }: CompareProgress): string {
  return `compared ${countText(entries, "entry", "entries")}, ${bytesText(bytes)}`;
}

function readAspects(written: string | undefined): Aspect[] {
  if (written === undefined) return [];
  return written.split(",").flatMap((word): Aspect[] => {
    const name = word.trim();
    const found = aspects.find((aspect) => aspect === name);
    // A content of another length shows by its size.
    if (found !== undefined) return found === "content" ? ["content", "size"] : [found];
    const close = findNearest(name, [...aspects]);
    const hint = close === undefined ? `choose from ${aspects.join(", ")}` : `did you mean "${close}"?`;
    throw new Failure(`"${name}" cannot be ignored; ${hint}`);
  });
}

/** Opens one side, an image or the folder of a tree. */
async function withSide<Result>(
  given: string,
  context: CommandContext,
  partition: WithImageOptions,
  use: (tree: FileTree) => Promise<Result>,
): Promise<Result> {
  const isFolder = await about(given, async () => statSync(given).isDirectory());
  if (!isFolder) return await withImage(given, context, ({ tree }) => use(tree), partition);
  return await about(given, async () => {
    const { hierarchies, problem } = await describeOpenTree(await folderTree(given));
    if (hierarchies.length === 0) {
      throw new Failure(problem ?? "it has no usr or opt folder, so no image can be built from it", given);
    }
    const folder = path.resolve(given);
    const xattrs = await readHostXattrs(folder, hierarchies, context.signal);
    const latest = sourceDateEpoch(context.environment["SOURCE_DATE_EPOCH"]);
    return await use(storedTree(hostFolder(folder, xattrs === undefined ? {} : { xattrs }), hierarchies, latest));
  });
}
