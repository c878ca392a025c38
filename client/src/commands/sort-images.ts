// "Sort by …": the order of the entries in the Images view.

import type { CommandRun } from "../services.ts";
import type { EntryOrder } from "../views/entry-order.ts";

export const sortImagesByName = sortBy("name");
export const sortImagesBySize = sortBy("size");
export const sortImagesByStoredSize = sortBy("stored");
export const sortImagesByType = sortBy("type");
export const sortImagesByTime = sortBy("time");

/** Menus have no checks, so each order has a second command, whose title has one. */
function sortBy(order: EntryOrder): CommandRun {
  return async ({ imagesView }) => await imagesView.order.set(order);
}
