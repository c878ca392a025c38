// "Close Image": takes opened images off the Images view; the files themselves stay.

import { requiredImage } from "./image-argument.ts";
import { imageFiles } from "./image-files.ts";
import type { Parts } from "./parts.ts";

export async function closeImage(parts: Parts, args: readonly unknown[]): Promise<void> {
  const images = imageFiles(parts, args).map(({ image }) => image);
  for (const image of images.length > 0 ? images : [requiredImage(parts, args)]) {
    await parts.images.close(image.with({ fragment: "" }).toString());
  }
}
