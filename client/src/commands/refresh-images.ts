// "Refresh Images": looks for images again and reads all of them anew.
import type { Services } from "../services.ts";

export async function refreshImages(services: Services): Promise<void> {
  services.images.refresh();
}
