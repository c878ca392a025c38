// "Open Image…": adds an image to the Images view, from a dialog or as its argument.
import { l10n, Uri, window } from "vscode";
import { showInView } from "./browse-image.ts";
import type { Parts } from "./parts.ts";

export async function openImage(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [first] = args;
  const uris = first instanceof Uri ? [first] : await askForImages();
  for (const uri of uris) await showInView(parts, uri);
}

async function askForImages(): Promise<readonly Uri[]> {
  const picked = await window.showOpenDialog({
    title: l10n.t("Open Image"),
    openLabel: l10n.t("Open Image"),
    canSelectMany: true,
    filters: { [l10n.t("Disk images")]: ["raw", "sqsh", "squashfs", "img"], [l10n.t("All files")]: ["*"] },
  });
  return picked ?? [];
}
