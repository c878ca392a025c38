// `sysext extract`: files of an image on disk.
import { type ExtractProgress, type ExtractSummary, extractTree } from "../../../image/src/node/index.ts";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { exitStatus, Failure } from "../failure.ts";
import { partitionOption, readPartition, treePath, withImage } from "../image-path.ts";
import { bytesText, countText, durationText } from "../report/amounts.ts";
import { printable } from "../report/printable.ts";
import { progressLineOf } from "../report/progress.ts";

const positionals = ["IMAGE", "[PATH…]"];
/** Entries that were not extracted are listed up to this number; the rest is counted. */
const maxLines = 20;

export const extractCommand = defineCommand({
  name: "extract",
  summary: "extract files from an image to a folder",
  positionals,
  options: {
    output: { value: "DIR", summary: "the folder to write to; created if missing" },
    force: { summary: "replace existing files" },
    partition: partitionOption,
    json: { summary: "print one JSON object instead of the summary" },
  },
  details: [
    "PATH is a file or folder in the image, and keeps its path below DIR. Without PATH, everything is extracted.",
    "Modes, times, links and holes are restored; owners and devices only for root, extended attributes only if setfattr is installed.",
    "Nothing is written outside DIR. The exit status is 2 if an entry was not extracted.",
  ],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("extract", positionals, given);
    const [image = "", ...paths] = given;
    const { output } = values;
    if (output === undefined || output === "") {
      throw new Failure('option "--output DIR" is missing');
    }
    const partition = readPartition(values.partition);
    const started = performance.now();
    const summary = await withImage(
      image,
      { stderr, signal },
      async ({ tree, handle }) => {
        const progress = progressLineOf(stderr, progressText);
        let last: ExtractProgress = { entries: 0, bytes: 0 };
        try {
          return await extractTree(tree, paths.length === 0 ? [""] : paths.map(treePath), output, {
            force: values.force === true,
            mayRunPrograms: true,
            image: { handle },
            signal,
            onProgress: (now) => {
              last = now;
              progress.show(now);
            },
          });
        } catch (error) {
          await progress.clear();
          if (last.entries > 0) await stderr.write(stoppedText(image, output, last));
          throw error;
        } finally {
          await progress.clear();
        }
      },
      partition,
    );
    const seconds = (performance.now() - started) / 1000;
    await stderr.write(troubleText(image, summary));
    await stdout.write(values.json ? summaryJson(output, summary, seconds) : summaryText(output, summary, seconds));
    return summary.leftOut.length === 0 ? exitStatus.done : exitStatus.failed;
  },
});

/** What was done before the end came. */
function stoppedText(image: string, output: string, { entries }: ExtractProgress): string {
  const what = `${countText(entries, "entry was", "entries were")} extracted to "${output}"`;
  return `${printable(`sysext: ${image}: ${what} before the command stopped; no file is incomplete`)}\n`;
}

function progressText({ entries, bytes }: ExtractProgress): string {
  return `${countText(entries, "entry", "entries")}, ${bytesText(bytes)}`;
}

function summaryText(output: string, summary: ExtractSummary, seconds: number): string {
  const { files, folders, symlinks, special, bytes } = summary;
  const parts = [
    countText(files, "file"),
    countText(folders, "folder"),
    countText(symlinks, "symlink"),
    ...(special === 0 ? [] : [countText(special, "device or fifo", "devices and fifos")]),
  ];
  return printable(
    `extracted ${parts.join(", ")} (${bytesText(bytes)}) to "${output}" in ${durationText(seconds)}`,
  ).concat("\n");
}

function summaryJson(output: string, summary: ExtractSummary, seconds: number): string {
  return `${JSON.stringify({ output, ...summary, seconds: Math.round(seconds * 1000) / 1000 }, null, 2)}\n`;
}

/** What is not as it is in the image, a line each. */
function troubleText(image: string, { leftOut, notRestored }: ExtractSummary): string {
  const lines = leftOut.slice(0, maxLines).map(({ path, reason }) => `"${path}" was not extracted: ${reason}`);
  const more = leftOut.length - lines.length;
  if (more > 0) lines.push(`${countText(more, "more was", "more were")} not extracted; --json lists all`);
  if (leftOut.some(({ isThere }) => isThere)) lines.push("use --force to replace existing files");
  lines.push(...notRestored.map((what) => `not restored: ${what}`));
  return lines.map((line) => `${printable(`sysext: ${image}: ${line}`)}\n`).join("");
}
