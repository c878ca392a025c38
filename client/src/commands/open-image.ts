// "Open Image…": adds an image to the Images view, from a dialog or as its argument.
import { l10n, Uri, window } from "vscode";
import { imageEndings } from "../../../image/src/index.ts";
import type { Services } from "../services.ts";
import { showInView } from "./browse-image.ts";

export async function openImage(services: Services, args: readonly unknown[]): Promise<void> {
  const [first] = args;
  const uris = first instanceof Uri ? [first] : await askForImages();
  for (const uri of uris) await showInView(services, uri);
}

/** Endings of images that come compressed as a whole; of a name the last ending counts. */
const packedEndings = ["zst", "xz", "gz"];

async function askForImages(): Promise<readonly Uri[]> {
  const picked = await window.showOpenDialog({
    title: l10n.t("Open Image"),
    openLabel: l10n.t("Open Image"),
    canSelectMany: true,
    filters: { [l10n.t("Disk images")]: [...imageEndings, ...packedEndings], [l10n.t("All files")]: ["*"] },
  });
  return picked ?? [];
}
