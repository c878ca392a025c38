// "Refresh" of the Extensions view.
import type { Parts } from "./parts.ts";

export async function refreshExtensions({ extensionsView }: Parts): Promise<void> {
  extensionsView.refresh();
}
