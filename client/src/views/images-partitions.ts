// Partitions of disks as items of the Images view.
import { l10n, ThemeIcon, type TreeItem, TreeItemCollapsibleState } from "vscode";
import type { OpenDisk, Partition } from "../../../image/src/index.ts";
import { partitionFacts } from "./partition-facts.ts";
import { plainMarkdown } from "./plain-markdown.ts";

/** Fills the item of a partition. */
export async function describePartition(item: TreeItem, disk: OpenDisk, partition: Partition): Promise<void> {
  const { readable, label, description, icon, lines } = await partitionFacts(disk, partition, l10n);
  item.label = label;
  item.description = description;
  item.iconPath = new ThemeIcon(icon);
  item.collapsibleState = readable ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  item.contextValue = readable ? "partition.readable" : "partition.closed";
  item.tooltip = plainMarkdown(lines);
  item.accessibilityInformation = { label: `${label}, ${description}` };
}
