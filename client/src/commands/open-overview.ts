// "Open Overview": what an image is, on one page.
import { commands } from "vscode";
import { viewTypes } from "../../../shared/src/ids.ts";
import { isPacked } from "../images/packed-hint.ts";
import type { Services } from "../services.ts";
import { requiredImage } from "./image-argument.ts";

export async function openOverview(services: Services, args: readonly unknown[]): Promise<void> {
  const image = requiredImage(services, args).with({ fragment: "" });
  await commands.executeCommand(
    "vscode.openWith",
    image,
    isPacked(image) ? viewTypes.packedOverview : viewTypes.overview,
  );
}
