// "Reveal in Merged View": where the host sees a file of an image, if an extension of the workspace brings it.
import { l10n } from "vscode";
import { shownName } from "../images/odd-names.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { requiredFiles } from "./image-files.ts";

export async function revealInMerged(services: Services, args: readonly unknown[]): Promise<void> {
  const [{ path }] = requiredFiles(services, args);
  const node = await services.mergedView.find(path);
  if (node === undefined) {
    throw new UserError(
      l10n.t(
        '"/{0}" is not in the Merged view: no tree of this workspace that the host merges has it.',
        shownName(path),
      ),
    );
  }
  await services.mergedTree.reveal(node, { select: true, focus: true, expand: 1 });
}
