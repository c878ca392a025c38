// `sysext info` as text: what an image is, line by line.
import type { Content, Partition, PartitionTable, VerityState } from "../../../image/src/index.ts";
import { bytesText } from "./amounts.ts";
import { timeText } from "./listing.ts";
import { printable } from "./printable.ts";
import { type Verification, verificationLines, verityLines } from "./verity.ts";

/** A release file in an image. */
export interface ReleaseFile {
  readonly path: string;
  readonly name: string;
  readonly class: "sysext" | "confext";
  readonly content: string;
}

export interface ListedPartition extends Partition {
  /** What it holds, by its first bytes. */
  readonly content: Content;
  /** Set when the image ends before it does: bytes of it that are there. */
  readonly presentBytes?: number;
}

/** The JSON of `sysext info`. */
export interface ImageInfo {
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
  readonly partitionTable?: Omit<PartitionTable, "partitions"> & { readonly partitions: readonly ListedPartition[] };
  /** One for each file system that dm-verity guards; absent where none is. */
  readonly verity?: readonly VerityState[];
  /** With `--verify`: what came of it, in the order of `verity`. */
  readonly verification?: readonly Verification[];
}

export function infoText(info: ImageInfo): string {
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
  const lines = rows.map(([label = "", value = ""]) => `${`${label}:`.padEnd(width)}${printable(value)}\n`);
  const more = [
    ...(info.partitionTable === undefined ? [] : partitionLines(info.partitionTable)),
    ...(info.verity ?? []).flatMap((state) => ["\n", ...verityLines(state)]),
    ...(info.verification === undefined ? [] : ["\n", ...info.verification.flatMap(verificationLines)]),
  ];
  lines.push(...more);
  if (info.releaseFiles.length === 0) {
    const gap = more.length === 0 ? "" : "\n";
    lines.push(`${gap}No release file: systemd does not recognize this image as an extension.\n`);
  }
  for (const { path, content } of info.releaseFiles) {
    lines.push(`\n${printable(path)}:\n`);
    for (const line of content.trimEnd().split("\n")) lines.push(`  ${printable(line)}\n`);
  }
  return lines.join("");
}

function sizesText({ bytes, bytesUsed }: ImageInfo): string {
  return `${bytesText(bytes)} (file system ${bytesText(bytesUsed)})`;
}

function partitionLines({ kind, sectorSize, copy, partitions }: NonNullable<ImageInfo["partitionTable"]>): string[] {
  const from = copy === "backup" ? ", read from the backup because the primary copy is damaged" : "";
  return [
    `\nPartitions (${kind.toUpperCase()}, sectors of ${sectorSize} bytes${from}):\n`,
    ...partitions.map((partition) => `  ${printable(partitionText(partition))}\n`),
  ];
}

function partitionText(partition: ListedPartition): string {
  const { number, role, type, architecture, label, content, size, presentBytes, uuid, ...flags } = partition;
  const what = [role ?? `type ${type}`, architecture].filter((word) => word !== undefined).join(" ");
  const marks = [
    flags.readOnly ? "read-only" : "",
    flags.growFileSystem ? "grows" : "",
    flags.noAuto ? "not mounted automatically" : "",
  ].filter((mark) => mark !== "");
  const name = label === "" ? "" : `"${label}"`;
  const bytes =
    presentBytes === undefined
      ? bytesText(size)
      : `${bytesText(size)} of which the image contains only ${bytesText(presentBytes)}`;
  const holds = presentBytes === 0 ? "" : content.name;
  return [`${number}: ${what}`, name, holds, bytes, uuid, ...marks].filter((part) => part !== "").join(", ");
}
