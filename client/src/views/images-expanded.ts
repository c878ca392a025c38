// Which nodes of the Images view are expanded, remembered for the workspace: VS Code forgets it with the window.
import type { Memento } from "vscode";

export interface ExpandedNodes {
  has(id: string): boolean;
  expanded(id: string): void;
  collapsed(id: string): void;
}

const key = "sysext.expandedInImages";
/** The ones that were expanded last; a window does not open more folders than these by itself. */
const maxExpanded = 300;

export function createExpandedNodes(memory: Memento): ExpandedNodes {
  const ids = new Set(memory.get<string[]>(key, []));
  const remember = (): void => void memory.update(key, [...ids]);
  return {
    has: (id) => ids.has(id),
    expanded(id) {
      ids.delete(id);
      ids.add(id);
      const [oldest] = ids;
      if (ids.size > maxExpanded && oldest !== undefined) ids.delete(oldest);
      remember();
    },
    collapsed(id) {
      if (ids.delete(id)) remember();
    },
  };
}
