// "Lay Out Versioned Image": an image under a name with its version, and the symlink under whose name hosts merge it.
import { l10n, Uri, window } from "vscode";
import { reasonOf, UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { lookAt, type PlacedVersion, placeVersion } from "../updates/place-version.ts";
import { buildImage } from "./build-image.ts";
import { revealFile } from "./reveal-image.ts";
import { type ChosenExtension, chooseExtension } from "./updated-extension.ts";

/**
 * Lays out an image, or builds that of a tree first. A key binding may bring `{ version }` as the second argument.
 * Returns the URI of the versioned image; undefined when the user changed their mind.
 */
export async function layOutVersion(services: Services, args: readonly unknown[]): Promise<Uri | undefined> {
  const chosen = await chooseExtension(services, args);
  if (chosen === undefined) return undefined;
  const version = versionOf(args[1]) ?? (await askVersion(chosen));
  if (version === undefined) return undefined;
  const layout = await services.analysis.updates.versionedLayout({ extension: chosen.extension, version });
  if ("fault" in layout) throw new UserError(l10n.t("Nothing was laid out: {0}.", layout.fault));
  if (chosen.hostFolder.scheme !== "file") {
    throw new UserError(l10n.t("Images are laid out only on this machine's disks; copy the extension to one."));
  }
  const place: PlacedVersion = { folder: chosen.hostFolder.fsPath, ...layout };
  if (!(await isFree(place, version))) return undefined;
  const image =
    chosen.image ??
    ("tree" in chosen.extension ? await buildImage(services, [Uri.parse(chosen.extension.tree)]) : undefined);
  if (image === undefined) return undefined;
  try {
    await placeVersion(image.fsPath, place);
  } catch (error) {
    throw new UserError(l10n.t("The image could not be laid out: {0}.", reasonOf(error)), { cause: error });
  }
  const uri = Uri.joinPath(chosen.hostFolder, layout.image);
  void tell(uri, layout.symlink);
  return uri;
}

function versionOf(value: unknown): string | undefined {
  const version = typeof value === "object" && value !== null ? Reflect.get(value, "version") : undefined;
  return typeof version === "string" ? version : undefined;
}

async function askVersion({ name, version = "" }: ChosenExtension): Promise<string | undefined> {
  return await window.showInputBox({
    title: l10n.t("Lay out a version of {0}", name),
    prompt: l10n.t("Version of the extension; sysext.json can have one as its default"),
    placeHolder: "1.0",
    value: version,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[A-Za-z0-9.~^_+-]+$/.test(text) ? undefined : l10n.t("A version has letters, digits and the signs .-_+~^"),
  });
}

async function isFree(place: PlacedVersion, version: string): Promise<boolean> {
  const occupied = await lookAt(place);
  if (occupied.symlink === "other") {
    throw new UserError(l10n.t('"{0}" exists and is not a symlink; remove it first.', place.symlink));
  }
  if (!occupied.image) return true;
  const replace = l10n.t("Replace");
  const question = l10n.t("Version {0} already exists. Replace it?", version);
  const detail = l10n.t("A host that has this version does not fetch it again; give what changed a new version.");
  return (await window.showWarningMessage(question, { modal: true, detail }, replace)) === replace;
}

async function tell(image: Uri, symlink: string): Promise<void> {
  const name = image.path.slice(image.path.lastIndexOf("/") + 1);
  const reveal = l10n.t("Reveal");
  const sentence = l10n.t("{0} is laid out, and {1} leads to it.", name, symlink);
  if ((await window.showInformationMessage(sentence, reveal)) === reveal) await revealFile(image);
}
