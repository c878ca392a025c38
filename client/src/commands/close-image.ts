// "Close Image": takes opened images off the Images view; the files themselves stay.

import type { Services } from "../services.ts";
import { requiredImage } from "./image-argument.ts";
import { imageFiles } from "./image-files.ts";

export async function closeImage(services: Services, args: readonly unknown[]): Promise<void> {
  const images = imageFiles(services, args).map(({ image }) => image);
  for (const image of images.length > 0 ? images : [requiredImage(services, args)]) {
    await services.images.close(image.with({ fragment: "" }).toString());
  }
}
