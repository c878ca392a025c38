// "Open Image…": adds an image to the Images view, from a dialog or as its argument.
import { l10n, Uri, window } from "vscode";
import type { Services } from "../services.ts";
import { showInView } from "./browse-image.ts";

export async function openImage(services: Services, args: readonly unknown[]): Promise<void> {
  const [first] = args;
  const uris = first instanceof Uri ? [first] : await askForImages();
  for (const uri of uris) await showInView(services, uri);
}

/** What a file dialog takes for an image; the last ending of a name counts there. */
const imageEndings = [
  ...["raw", "img", "ddi", "sqsh", "squashfs", "sqfs", "erofs", "ext4", "btrfs", "efi", "vfat", "tar", "cpio"],
  ...["zst", "xz", "gz"],
];

async function askForImages(): Promise<readonly Uri[]> {
  const picked = await window.showOpenDialog({
    title: l10n.t("Open Image"),
    openLabel: l10n.t("Open Image"),
    canSelectMany: true,
    filters: { [l10n.t("Disk images")]: imageEndings, [l10n.t("All files")]: ["*"] },
  });
  return picked ?? [];
}
