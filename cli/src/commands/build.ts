// `sysext build`: the image of a tree.
import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import {
  type BuildCounts,
  type BuildPlan,
  buildPlan,
  commandOptions,
  describePlan,
  optionsOfPlan,
  writtenByCommand,
} from "../../../image/src/index.ts";
import { buildImageFile, type ImageFileRequest } from "../../../image/src/node/index.ts";
import { type ExtensionTree, matchHosts } from "../../../server/src/core/index.ts";
import { checkCount } from "../arguments.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { withExtension } from "../extension-image.ts";
import { checkOpenTree, describeOpenTree, folderTree } from "../extension-tree.ts";
import { about, exitStatus, Failure } from "../failure.ts";
import { namedHosts } from "../hosts.ts";
import { bytesText, countText, durationText } from "../report/amounts.ts";
import { printable } from "../report/printable.ts";
import { progressLine } from "../report/progress.ts";
import { textReport } from "../report/text.ts";
import { programVersion } from "../version.ts";

const positionals = ["TREE"];

export const buildCommand = defineCommand({
  name: "build",
  summary: "build an image from an extension tree",
  positionals,
  options: {
    output: {
      value: "FILE",
      summary: "the image file; default: NAME.raw in the current folder; a missing folder is created",
    },
    ...commandOptions(),
    force: { summary: "build without a release file, and replace a file that is not an image" },
    json: { summary: "print one JSON object instead of the summary" },
  },
  details: [
    "TREE is a folder with usr, opt or, for a configuration extension, etc. Other files are not included in the image.",
    'The defaults of options are those under "build" in sysext.json, if it sets them.',
    "SOURCE_DATE_EPOCH sets the time of the image, and no file in it has a later time.",
  ],
  async run({ values, positionals: given }, context) {
    checkCount("build", positionals, given);
    const [folder = ""] = given;
    const { force = false } = values;
    const tree = await about(folder, () => openFolder(folder));
    const plan = await about(undefined, async () =>
      buildPlan({
        hierarchies: tree.hierarchies,
        sources: [writtenByCommand(values), tree.project.build],
        environment: context.environment,
      }),
    );
    if (tree.problem !== undefined && (!force || tree.hierarchies.length === 0))
      throw new Failure(tree.problem, folder);
    const findings = await about(folder, () => folderTree(folder).then((tree) => checkOpenTree(tree, {})));
    await context.stderr.write(textReport(findings, programVersion()));

    const output = outputFile(values.output, tree);
    const started = performance.now();
    const request = { folder, output, plan, mayRunPrograms: true, force };
    const counts = await about(output, () => buildImage(request, context));
    const seconds = (performance.now() - started) / 1000;
    const merges = await mergesOn(folder, context);
    const built: Built = { tree, output, plan, counts, seconds, ...(merges === undefined ? {} : { merges }) };
    await context.stdout.write(values.json ? await builtJson(built) : builtText(built));
    return exitStatus.done;
  },
});

interface Built {
  readonly tree: ExtensionTree;
  readonly output: string;
  readonly plan: BuildPlan;
  readonly counts: BuildCounts;
  readonly seconds: number;
  /** The titles of the hosts that it merges on, of those in the project file; undefined when that names none. */
  readonly merges?: { readonly on: readonly string[]; readonly hosts: number };
}

async function mergesOn(folder: string, context: CommandContext): Promise<Built["merges"]> {
  return await withExtension(folder, context, async ({ image, class: extensionClass, project }) => {
    const { hosts } = await namedHosts(project?.hosts ?? [], folder);
    if (hosts.length === 0) return undefined;
    const verdicts = matchHosts(image, extensionClass, hosts);
    const on = verdicts.filter(({ judgement }) => judgement.verdict === "match").map(({ host }) => host.title);
    return { on, hosts: hosts.length };
  });
}

async function openFolder(folder: string): Promise<ExtensionTree> {
  if (!statSync(folder).isDirectory()) throw new Failure("it is a file; give the folder of an extension tree", folder);
  await readdir(folder); // a folder that cannot be read would look empty
  return describeOpenTree(await folderTree(folder));
}

/** The output file; in a folder, or if none is given, it has the name that systemd expects. */
function outputFile(asked: string | undefined, tree: ExtensionTree): string {
  const name = `${tree.name}.raw`;
  if (asked === undefined) return name;
  const isFolder = /[\\/]$/.test(asked) || statSync(asked, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? path.join(asked, name) : asked;
}

async function buildImage(request: ImageFileRequest, { stderr, signal }: CommandContext): Promise<BuildCounts> {
  const progress = progressLine(stderr);
  try {
    return await buildImageFile(request, { signal, onProgress: progress.show });
  } finally {
    await progress.clear();
  }
}

async function builtJson({ tree, output, plan, counts, seconds }: Built): Promise<string> {
  const { bytes, files, reusedBytes } = counts;
  const summary = {
    image: output,
    name: tree.name,
    format: plan.format,
    ...optionsOfPlan(plan, "choice"),
    bytes,
    sha256: await about(output, () => fileDigest(output)),
    files,
    seconds: Math.round(seconds * 1000) / 1000,
    reusedBytes,
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

async function fileDigest(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function builtText({ tree, output, plan, counts, seconds, merges }: Built): string {
  const contents = [
    countText(counts.files, "file"),
    countText(counts.directories, "folder"),
    ...(counts.symlinks === 0 ? [] : [countText(counts.symlinks, "symlink")]),
  ].join(", ");
  const reused =
    counts.reusedBytes === 0 ? "" : `; ${bytesText(counts.reusedBytes)} of duplicate content are stored once`;
  const lines = [
    `${output}: ${bytesText(counts.bytes)}, ${describePlan(plan)}, in ${durationText(seconds)}`,
    `Holds ${contents} (${bytesText(counts.sourceBytes)})${reused}.`,
    ...(merges === undefined ? [] : [mergesText(merges)]),
    ...(tree.leftOut.length === 0 ? [] : [`Left out: ${tree.leftOut.join(", ")}.`]),
    ...(counts.xattrsKnown
      ? []
      : ['Extended attributes were not included; install "attr" (getfattr) to include them.']),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

/** `Merges on 1 of 5 hosts (Debian 13).` */
function mergesText({ on, hosts }: NonNullable<Built["merges"]>): string {
  const names = on.length === 0 || on.length === hosts ? "" : ` (${on.join(", ")})`;
  return `Merges on ${on.length} of ${countText(hosts, "host")}${names}.`;
}
