// Tells units outside of systemd's folders from other programs' files with the same endings, by name and text.
import { unitTypes } from "./unit-patterns.ts";

/** How many lines of a file are looked at. */
const maxLines = 200;

const types = unitTypes.join("|");
const unitName = new RegExp(`^[^/]+\\.(?:${types})$`);
const dropInName = new RegExp(`^[^/]+\\.(?:${types})\\.d/[^/]+\\.conf$`);

/** Folders whose files belong to other programs: services of D-Bus, and containers of Podman. */
const foreignFolder = /\/(?:dbus-1|containers\/systemd)\//;
const foreignHeader = /^\s*\[D-BUS Service\]/;
const unitHeader = /^\s*\[(?:Unit|Service|Socket|Timer|Path|Mount|Automount|Swap|Slice|Scope|Target|Device|Install)\]/;

/** Whether a file at this path, with `/` between its parts, is called as a unit or as the drop-in of one. */
export function isCalledAsUnit(path: string): boolean {
  if (foreignFolder.test(path)) return false;
  const [folder = "", name = ""] = path.split("/").slice(-2);
  return unitName.test(name) || dropInName.test(`${folder}/${name}`);
}

/** Whether the first lines of a text have a header as units do. */
export function looksLikeUnit(lines: { readonly count: number; at(line: number): string }): boolean {
  let found = false;
  for (let line = 0; line < Math.min(lines.count, maxLines); line++) {
    const text = lines.at(line);
    if (foreignHeader.test(text)) return false;
    found ||= unitHeader.test(text);
  }
  return found;
}
