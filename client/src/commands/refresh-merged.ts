// "Refresh" of the Merged view.
import type { Parts } from "./parts.ts";

export async function refreshMerged({ mergedView }: Parts): Promise<void> {
  mergedView.refresh();
}
