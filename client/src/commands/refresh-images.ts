// "Refresh Images": looks for images again and reads all of them anew.
import type { Parts } from "./parts.ts";

export async function refreshImages(parts: Parts): Promise<void> {
  parts.images.refresh();
}
