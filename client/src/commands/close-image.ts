// "Close Image": takes an opened image off the Images view; the file itself stays.
import { requiredImage } from "./image-argument.ts";
import type { Parts } from "./parts.ts";

export async function closeImage(parts: Parts, args: readonly unknown[]): Promise<void> {
  await parts.images.close(requiredImage(parts, args).toString());
}
