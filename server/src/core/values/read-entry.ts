// Reads the value of an entry by the grammar of its setting, and keeps the reading with the entry.
import type { Entry } from "../model/unit-file.ts";
import type { Reading } from "../model/value-reading.ts";
import type { ValuePlace } from "./read-value.ts";
import { readValueOnce } from "./value-cache.ts";

/** The reading of an entry's value; undefined where nothing can be said of it. */
export function readingOf({ node, section, setting, open, kept }: Entry, systemd: number): Reading | undefined {
  if (setting === undefined || open) return undefined;
  if (kept.systemd === systemd) return kept.reading;
  const place: ValuePlace = { setting, section: section.name, systemd };
  // An empty value takes back what was assigned, and dependencies pass over it.
  if (node.value.text === "" && (setting.resets || setting.list)) return undefined;
  const reading = readValueOnce(node.value.text, place);
  kept.systemd = systemd;
  kept.reading = reading;
  return reading;
}
