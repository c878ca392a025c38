// "Open Overview": what an image is, on one page.
import { commands } from "vscode";
import { viewTypes } from "../../../shared/src/ids.ts";
import { isPacked } from "../images/packed-hint.ts";
import { requiredImage } from "./image-argument.ts";
import type { Parts } from "./parts.ts";

export async function openOverview(parts: Parts, args: readonly unknown[]): Promise<void> {
  const image = requiredImage(parts, args).with({ fragment: "" });
  await commands.executeCommand(
    "vscode.openWith",
    image,
    isPacked(image) ? viewTypes.packedOverview : viewTypes.overview,
  );
}
