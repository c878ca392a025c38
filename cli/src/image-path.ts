// Paths inside images as users write them, and images as commands open them.
import { type OpenImageFile, openImageFile } from "../../image/src/node/index.ts";
import { about, Failure } from "./failure.ts";

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

/** Opens the image at `file` for `use` and closes it again; whatever goes wrong is told about `file`. */
export function withImage<Result>(
  file: string,
  use: (image: OpenImageFile) => Promise<Result>,
  { anyDisk = false, ...options }: WithImageOptions = {},
): Promise<Result> {
  return about(file, async () => {
    const image = await openImageFile(file, options);
    try {
      if (image.format === "disk" && !anyDisk) throw new Failure(image.facts.warning ?? "it has no files", file);
      return await use(image);
    } finally {
      await image.close();
    }
  });
}
