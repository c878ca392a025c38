// "Refresh" of the Merged view.
import type { Services } from "../services.ts";

export async function refreshMerged({ mergedView }: Services): Promise<void> {
  mergedView.refresh();
}
