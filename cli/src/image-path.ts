// Paths inside images as users write them, and images as commands open them.
import { type OpenImageFile, openImageFile } from "../../image/src/node/index.ts";
import type { CommandContext } from "./command.ts";
import { about, Failure } from "./failure.ts";
import { printable } from "./report/printable.ts";
import { progressLineOf, unpackText } from "./report/progress.ts";

/** From `/usr/bin/`, `./usr/bin` or `usr/bin` to the path in the tree, `usr/bin`. */
export function treePath(written: string): string {
  return written
    .split("/")
    .filter((name) => name !== "" && name !== ".")
    .join("/");
}

export interface WithImageOptions {
  /** Number of the one partition of a disk to open. */
  readonly partition?: number;
  /** Whether a disk will do of which no files can be read. */
  readonly anyDisk?: boolean;
}

/** The option by which a command takes one partition of a disk. */
export const partitionOption = { value: "N", summary: "the partition of a disk image to read" } as const;

/** The option as `withImage` takes it. Throws a Failure if it is not a valid number. */
export function readPartition(written: string | undefined): WithImageOptions {
  if (written === undefined) return {};
  if (!/^[1-9]\d{0,5}$/.test(written)) {
    throw new Failure(`"${written}" is not a valid partition number; "sysext info" lists the partitions`);
  }
  return { partition: Number(written) };
}

/** The parts of the process that unpacking needs: where progress is shown, and what cancels it. */
export type UnpackContext = Pick<CommandContext, "stderr" | "signal">;

/**
 * Opens the image at `file` for `use` and closes it again; whatever goes wrong is told about `file`. One that is compressed is
 * unpacked first, and standard error says so.
 */
export function withImage<Result>(
  file: string,
  context: UnpackContext,
  use: (image: OpenImageFile) => Promise<Result>,
  { anyDisk = false, ...options }: WithImageOptions = {},
): Promise<Result> {
  return about(file, async () => {
    const image = await openUnpacked(file, context, options);
    try {
      if (image.compressedWith !== undefined) {
        const what = `it is compressed with ${image.compressedWith}, which hosts do not accept; decompress it before you deploy it`;
        await context.stderr.write(`${printable(`sysext: ${file}: ${what}`)}\n`);
      }
      if (image.format === "disk" && !anyDisk) throw new Failure(image.facts.warning ?? "it has no files", file);
      return await use(image);
    } finally {
      await image.close();
    }
  });
}

async function openUnpacked(
  file: string,
  { stderr, signal }: UnpackContext,
  options: Pick<WithImageOptions, "partition">,
): Promise<OpenImageFile> {
  const line = progressLineOf(stderr, unpackText);
  try {
    const progress = (done: number, total: number) => line.show({ done, total });
    return await openImageFile(file, { ...options, signal, unpack: { signal, progress } });
  } finally {
    await line.clear();
  }
}
