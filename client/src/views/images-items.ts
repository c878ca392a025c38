// How the nodes of the Images view look and sound.
import { l10n, ThemeColor, ThemeIcon, type TreeItem, TreeItemCollapsibleState, Uri, workspace } from "vscode";
import type { OpenImage } from "../../../image/src/index.ts";
import { commands } from "../../../shared/src/ids.ts";
import { imageUri } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { nameOf } from "../images/paths.ts";
import { formatBytes, formatCount, formatTime } from "../quantities.ts";
import { typeName } from "./entry-facts.ts";
import type { EntryNode, ImageNode, ProblemNode, RangeNode } from "./images-node.ts";

/** What a list of entries knows of one of them, so that showing it need not look again. */
export interface EntryDetails {
  /** Where a symlink leads. */
  readonly target?: string;
  /** What the order of the view is about: a size, a time. */
  readonly note?: string;
}

export interface ImageState {
  /** Whether the user opened it, in contrast to one of the workspace. */
  readonly opened: boolean;
  readonly missing: boolean;
  /** Whether it came compressed. */
  readonly packed: boolean;
}

export function describeImage(item: TreeItem, node: ImageNode, { opened, missing, packed }: ImageState): void {
  const uri = Uri.parse(node.image);
  const name = shownName(nameOf(uri.path));
  const folder = placeOfImage(uri);
  const notes = [
    ...(missing ? [l10n.t("no longer exists")] : []),
    ...(packed ? [l10n.t("compressed; hosts do not accept it")] : []),
    ...(folder === "" ? [] : [folder]),
  ];
  item.label = name;
  item.description = notes.join(" · ");
  item.iconPath = missing ? warningIcon() : new ThemeIcon(packed ? "file-zip" : "package");
  item.collapsibleState = TreeItemCollapsibleState.Collapsed;
  item.contextValue = `${opened ? "image.opened" : "image.workspace"}${packed ? ".packed" : ""}`;
  item.accessibilityInformation = { label: l10n.t("image {0}", [name, ...notes].join(", ")) };
}

/** The image's folder, relative to the workspace; empty in the workspace's only folder. */
function placeOfImage(uri: Uri): string {
  const path = workspace.getWorkspaceFolder(uri) === undefined ? uri.fsPath : workspace.asRelativePath(uri);
  return path.slice(0, Math.max(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"))));
}

export function describeFiles(item: TreeItem): void {
  item.label = l10n.t("Extension's files");
  item.description = l10n.t("what a host merges, from the root and usr partitions");
  item.iconPath = new ThemeIcon("root-folder");
  item.collapsibleState = TreeItemCollapsibleState.Collapsed;
  item.contextValue = "files";
}

export function describeEntry(item: TreeItem, node: EntryNode, { target, note }: EntryDetails): void {
  const name = shownName(nameOf(node.path));
  const uri = imageUri(Uri.parse(node.image), node.path);
  const isFolder = node.type === "directory";
  item.label = name;
  item.resourceUri = uri;
  item.iconPath = isFolder ? ThemeIcon.Folder : ThemeIcon.File;
  item.collapsibleState = isFolder ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  item.contextValue = `entry.${node.type}`;
  if (note !== undefined) item.description = note;
  item.accessibilityInformation = {
    label: [name, typeName(node.type), ...(note === undefined ? [] : [note])].join(", "),
  };
  if (node.type === "file") item.command = { command: "vscode.open", title: l10n.t("Open"), arguments: [uri] };
  if (node.type !== "symlink") return;
  const shown = shownName(target ?? "");
  item.description = `→ ${shown}`;
  item.iconPath = new ThemeIcon("file-symlink-file");
  item.command = { command: commands.openTarget, title: l10n.t("Open Target"), arguments: [node] };
  item.accessibilityInformation = { label: l10n.t("{0}, symlink to {1}", name, shown) };
}

export function describeRange(item: TreeItem, node: RangeNode): void {
  item.label = `${shownName(node.firstName)} … ${shownName(node.lastName)}`;
  item.description = l10n.t("from {0} on", formatCount(node.start + 1));
  item.collapsibleState = TreeItemCollapsibleState.Collapsed;
  item.contextValue = "range";
  item.accessibilityInformation = { label: l10n.t("{0}, entries from {1} on", item.label, node.start + 1) };
}

export function describeProblem(item: TreeItem, { message, warning }: ProblemNode): void {
  item.label = message;
  item.tooltip = message;
  item.iconPath = warning === true ? warningIcon() : new ThemeIcon("error", new ThemeColor("list.errorForeground"));
  item.contextValue = "problem";
}

function warningIcon(): ThemeIcon {
  return new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
}

/** The lines of an image's tooltip. */
export function imageLines({ format, facts, disk }: OpenImage): string[] {
  return [
    ...(disk === undefined
      ? []
      : [l10n.t("Disk with {0} partitions ({1})", formatCount(disk.partitions.length), disk.kind.toUpperCase())]),
    l10n.t("Format: {0}, {1}, blocks of {2} KiB", facts.variant ?? format, facts.compression, facts.blockSize / 1024),
    ...(facts.label === undefined || facts.label === "" ? [] : [l10n.t("Label: {0}", shownName(facts.label))]),
    facts.inodes === undefined
      ? l10n.t("Size: {0}", formatBytes(facts.bytesUsed))
      : l10n.t("Size: {0}, {1} files, folders and links", formatBytes(facts.bytesUsed), formatCount(facts.inodes)),
    ...(facts.created === undefined ? [] : [l10n.t("Made: {0}", formatTime(facts.created))]),
    ...(facts.warning === undefined ? [] : [l10n.t("Warning: {0}", facts.warning)]),
  ];
}
