// `sysext info`: what an image is, without its files.

import { type FileTree, ImageError, type Partition, type PartitionTable } from "../../../image/src/index.ts";
import type { OpenImageFile } from "../../../image/src/node/index.ts";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { exitStatus } from "../failure.ts";
import { partitionOption, readPartition, withImage } from "../image-path.ts";
import { bytesText } from "../report/amounts.ts";
import { timeText } from "../report/listing.ts";
import { printable } from "../report/printable.ts";

const positionals = ["IMAGE"];

export const infoCommand = defineCommand({
  name: "info",
  summary: "show the format of an image and its release file",
  positionals,
  options: { partition: partitionOption, json: { summary: "one JSON object" } },
  details: [],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("info", positionals, given);
    const [file = ""] = given;
    const info = await withImage(file, { stderr, signal }, (image) => readInfo(file, image), {
      ...readPartition(values.partition),
      anyDisk: true,
    });
    await stdout.write(values.json ? `${JSON.stringify(info, null, 2)}\n` : infoText(info));
    return exitStatus.done;
  },
});

interface ReleaseFile {
  readonly path: string;
  readonly name: string;
  readonly class: "sysext" | "confext";
  readonly content: string;
}

/** The JSON of `sysext info`. */
interface ImageInfo {
  readonly image: string;
  readonly format: string;
  /** Which kind of its format it is, where that has kinds. */
  readonly variant?: string;
  readonly compression: string;
  /** What the whole file is compressed with; what is said of bytes is about its content. */
  readonly compressedWith?: string;
  readonly blockSize: number;
  /** Bytes of the file, and of the file system in it. */
  readonly bytes: number;
  readonly bytesUsed: number;
  /** Absent where the file system does not count them, or does not say when it was made. */
  readonly inodes?: number;
  /** Seconds since 1970. */
  readonly created?: number;
  /** The name of the file system. */
  readonly label?: string;
  /** What the release files say; absent when there is not exactly one. */
  readonly name?: string;
  readonly class?: "sysext" | "confext";
  readonly releaseFiles: readonly ReleaseFile[];
  /** Why what is in it may not be what a host would see. */
  readonly warning?: string;
  /** Of a disk; what is said of a file system is about that of the root partition, or else of the usr partition. */
  readonly partitionTable?: PartitionTable;
}

async function readInfo(
  file: string,
  { format, facts, fileSize, compressedWith, tree, disk }: OpenImageFile,
): Promise<ImageInfo> {
  const releaseFiles = [
    ...(await readReleaseFiles(tree, "usr/lib/extension-release.d", "sysext")),
    ...(await readReleaseFiles(tree, "etc/extension-release.d", "confext")),
  ];
  const [only] = releaseFiles;
  const { variant, compression, blockSize, inodes, created, label, bytesUsed, warning } = facts;
  return {
    image: file,
    format,
    ...(variant === undefined ? {} : { variant }),
    compression,
    ...(compressedWith === undefined ? {} : { compressedWith }),
    blockSize,
    bytes: fileSize,
    bytesUsed,
    ...(inodes === undefined ? {} : { inodes }),
    ...(created === undefined ? {} : { created }),
    ...(label === undefined ? {} : { label }),
    ...(only !== undefined && releaseFiles.length === 1 ? { name: only.name, class: only.class } : {}),
    releaseFiles,
    ...(warning === undefined ? {} : { warning }),
    ...(disk === undefined ? {} : { partitionTable: disk }),
  };
}

const prefix = "extension-release.";
/** Release files have a few lines; no more of a longer one is shown. */
const shownBytes = 64 * 1024;

async function readReleaseFiles(tree: FileTree, folder: string, kind: ReleaseFile["class"]): Promise<ReleaseFile[]> {
  const entries = await listIfThere(tree, folder);
  const files = entries.filter(({ name, type }) => type === "file" && name.startsWith(prefix));
  return Promise.all(
    files.map(async ({ name }) => {
      const path = `${folder}/${name}`;
      const content = new TextDecoder().decode(await tree.read(path, 0, shownBytes));
      return { path, name: name.slice(prefix.length), class: kind, content };
    }),
  );
}

async function listIfThere(tree: FileTree, folder: string) {
  try {
    return await tree.list(folder);
  } catch (error) {
    if (error instanceof ImageError && error.kind === "io") return []; // an image of the other class, or of none
    throw error;
  }
}

function infoText(info: ImageInfo): string {
  const rows = [
    ["Image", info.image],
    ["Format", info.variant === undefined ? info.format : `${info.format} (${info.variant})`],
    ["Compression", info.compression],
    ["Block size", `${info.blockSize / 1024} KiB`],
    ["Size", info.bytes === info.bytesUsed ? bytesText(info.bytes) : sizesText(info)],
    ...(info.inodes === undefined ? [] : [["Files and folders", String(info.inodes)]]),
    ...(info.created === undefined ? [] : [["Created", `${timeText(info.created)} UTC`]]),
    ...(info.label === undefined ? [] : [["Label", info.label]]),
    ...(info.name === undefined ? [] : [["Extension", `${info.name} (${info.class})`]]),
    ...(info.warning === undefined ? [] : [["Warning", info.warning]]),
  ];
  const width = Math.max(...rows.map(([label = ""]) => label.length)) + 2;
  const partitions = info.partitionTable === undefined ? [] : partitionLines(info.partitionTable);
  const lines = rows.map(([label = "", value = ""]) => `${`${label}:`.padEnd(width)}${printable(value)}\n`);
  lines.push(...partitions);
  if (info.releaseFiles.length === 0)
    lines.push(
      `${partitions.length === 0 ? "" : "\n"}No release file: systemd does not take this image for an extension.\n`,
    );
  for (const { path, content } of info.releaseFiles) {
    lines.push(`\n${printable(path)}:\n`);
    for (const line of content.trimEnd().split("\n")) lines.push(`  ${printable(line)}\n`);
  }
  return lines.join("");
}

function sizesText({ bytes, bytesUsed }: ImageInfo): string {
  return `${bytesText(bytes)} (file system ${bytesText(bytesUsed)})`;
}

function partitionLines({ kind, sectorSize, copy, partitions }: PartitionTable): string[] {
  const from = copy === "backup" ? ", read from its backup since the first copy is damaged" : "";
  return [
    `\nPartitions (${kind.toUpperCase()}, sectors of ${sectorSize} bytes${from}):\n`,
    ...partitions.map((partition) => `  ${printable(partitionText(partition))}\n`),
  ];
}

function partitionText({ number, role, type, architecture, label, size, uuid, ...flags }: Partition): string {
  const what = [role ?? `type ${type}`, architecture].filter((word) => word !== undefined).join(" ");
  const marks = [
    flags.readOnly ? "read-only" : "",
    flags.growFileSystem ? "grows" : "",
    flags.noAuto ? "not taken by itself" : "",
  ].filter((mark) => mark !== "");
  const name = label === "" ? "" : `"${label}"`;
  return [`${number}: ${what}`, name, bytesText(size), uuid, ...marks].filter((part) => part !== "").join(", ");
}
