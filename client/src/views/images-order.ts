// The order in which the Images view shows entries, remembered for the workspace.
import type { Memento } from "vscode";
import { type EntryOrder, entryOrders } from "./entry-order.ts";

export interface ImagesOrder {
  readonly current: EntryOrder;
  set(order: EntryOrder): Promise<void>;
}

const key = "sysext.imagesOrder";

/** Calls `show` with the order that was remembered, and with each other one that is set. */
export function createImagesOrder(memory: Memento, show: (order: EntryOrder) => void): ImagesOrder {
  const remembered = memory.get<unknown>(key);
  let current = entryOrders.find((order) => order === remembered) ?? "name";
  show(current);
  return {
    get current() {
      return current;
    },
    async set(order) {
      if (order === current) return;
      current = order;
      show(order);
      await memory.update(key, order);
    },
  };
}
