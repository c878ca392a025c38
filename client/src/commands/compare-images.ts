// "Compare…": shows in what two images, or an image and a source tree, differ.
import { FileType, l10n, Uri, window, workspace } from "vscode";
import { imageScheme } from "../../../shared/src/ids.ts";
import { type CompareSide, sideName } from "../compare/compare-sides.ts";
import { placeOf } from "../images/image-uri.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { isExtensionsNode } from "../views/extensions-node.ts";
import { isImagesNode } from "../views/images-node.ts";

/** Arguments are those of menus: what was clicked, and all that is selected; nodes of views or URIs. */
export async function compareImages(services: Services, args: readonly unknown[]): Promise<void> {
  const [first, all] = args;
  const given =
    Array.isArray(all) && all.length > 1 ? all : first === undefined ? services.treeView.selection : [first];
  const sides: CompareSide[] = [];
  for (const value of given) {
    const side = await sideOf(services, value);
    if (side !== undefined && !sides.some(({ uri }) => uri.toString() === side.uri.toString())) sides.push(side);
  }
  if (sides.length > 2) throw new UserError(l10n.t("{0} items are selected; select two to compare.", sides.length));
  const before = sides[0] ?? (await pickSide(services, l10n.t("Compare which image or tree?"), []));
  if (before === undefined) return;
  const after = sides[1] ?? (await pickSide(services, l10n.t("Compare {0} with?", sideName(before)), [before]));
  if (after !== undefined) await services.comparePanels.show(before, after);
}

async function sideOf({ analysis }: Services, value: unknown): Promise<CompareSide | undefined> {
  if (isImagesNode(value)) return { kind: "image", uri: Uri.parse(value.image) };
  if (isExtensionsNode(value)) return { kind: "tree", uri: Uri.parse(value.tree) };
  if (!(value instanceof Uri)) return undefined;
  if (value.scheme === imageScheme) return { kind: "image", uri: placeOf(value).image };
  const found = await workspace.fs.stat(value);
  if ((found.type & FileType.Directory) === 0) return { kind: "image", uri: value };
  const tree = await analysis.describeTree(value);
  if (tree !== null) return { kind: "tree", uri: Uri.parse(tree.uri) };
  throw new UserError(
    l10n.t('"{0}" is neither an image nor an extension tree; choose one of these.', workspace.asRelativePath(value)),
  );
}

async function pickSide(
  { analysis, images }: Services,
  placeHolder: string,
  others: readonly CompareSide[],
): Promise<CompareSide | undefined> {
  const sides: CompareSide[] = [
    ...(await images.list()).map(({ uri }): CompareSide => ({ kind: "image", uri })),
    ...(await analysis.listTrees()).map(({ uri }): CompareSide => ({ kind: "tree", uri: Uri.parse(uri) })),
  ].filter(({ uri }) => !others.some((other) => other.uri.toString() === uri.toString()));
  if (sides.length === 0) {
    throw new UserError(l10n.t("Nothing to compare with; open or build an image first."));
  }
  const items = sides.map((side) => ({
    label: sideName(side),
    description: workspace.asRelativePath(side.uri),
    side,
  }));
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.side;
}
