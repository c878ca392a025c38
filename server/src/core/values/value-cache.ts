// Keeps what was read of values, since a keystroke changes one of a file's thousands and units repeat each other's.
import type { UnitSetting } from "../tables/find-unit-setting.ts";
import { type Reading, readValue, type ValuePlace } from "./read-value.ts";

/** How many readings a half of the cache holds. Two halves are kept, and the older one is dropped when the newer is full. */
const halfSize = 20_000;
/** Longer values are rare, and reading them again costs less than keeping them. */
const longestKept = 500;

type Half = Map<UnitSetting, Map<string, Reading>>;

let newer: Half = new Map();
let older: Half = new Map();
let size = 0;

/** The same as `readValue`, which depends on nothing but its arguments. */
export function readValueOnce(text: string, place: ValuePlace): Reading {
  if (text.length > longestKept) return readValue(text, place);
  const key = `${place.systemd} ${place.section} ${text}`;
  const known = newer.get(place.setting)?.get(key);
  if (known !== undefined) return known;
  const reading = older.get(place.setting)?.get(key) ?? readValue(text, place);
  keep(place.setting, key, reading);
  return reading;
}

function keep(setting: UnitSetting, key: string, reading: Reading): void {
  if (size >= halfSize) {
    older = newer;
    newer = new Map();
    size = 0;
  }
  const values = newer.get(setting);
  if (values === undefined) newer.set(setting, new Map([[key, reading]]));
  else values.set(key, reading);
  size += 1;
}
