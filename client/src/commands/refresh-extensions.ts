// "Refresh" of the Extensions view.
import type { Services } from "../services.ts";

export async function refreshExtensions({ extensionsView }: Services): Promise<void> {
  extensionsView.refresh();
}
