// Paths inside images as users write them, and images as commands open them.
import { type OpenImageFile, openImageFile } from "../../image/src/node/index.ts";
import { about } from "./failure.ts";

/** From `/usr/bin/`, `./usr/bin` or `usr/bin` to the path in the tree, `usr/bin`. */
export function treePath(written: string): string {
  return written
    .split("/")
    .filter((name) => name !== "" && name !== ".")
    .join("/");
}

/** Opens the image at `file` for `use` and closes it again; whatever goes wrong is told about `file`. */
export function withImage<Result>(file: string, use: (image: OpenImageFile) => Promise<Result>): Promise<Result> {
  return about(file, async () => {
    const image = await openImageFile(file);
    try {
      return await use(image);
    } finally {
      await image.close();
    }
  });
}
