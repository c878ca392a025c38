// The order in which the Images view shows entries, remembered for the workspace.
import { commands, type Disposable, type Event, EventEmitter, type Memento } from "vscode";
import { contextKeys } from "../../../shared/src/ids.ts";
import { type EntryOrder, entryOrders } from "./entry-order.ts";

export interface ImagesOrder extends Disposable {
  readonly current: EntryOrder;
  set(order: EntryOrder): Promise<void>;
  readonly onDidChange: Event<void>;
}

const key = "sysext.imagesOrder";

export function createImagesOrder(memory: Memento): ImagesOrder {
  const changes = new EventEmitter<void>();
  const remembered = memory.get<string>(key);
  let current = entryOrders.find((order) => order === remembered) ?? "name";
  const tell = (): void => void commands.executeCommand("setContext", contextKeys.imagesOrder, current);
  tell();
  return {
    get current() {
      return current;
    },
    async set(order) {
      if (order === current) return;
      current = order;
      tell();
      changes.fire();
      await memory.update(key, order);
    },
    onDidChange: changes.event,
    dispose: () => changes.dispose(),
  };
}
