// Keeps what was read of values, since a keystroke changes one of a file's thousands and units repeat each other's.

import type { Reading } from "../model/value-reading.ts";
import { newestSystemd } from "../tables/newest-systemd.ts";
import type { UnitSetting } from "../tables/unit-setting.ts";
import { readValue, type ValuePlace } from "./read-value.ts";

/** How many readings a half of the cache holds. Two halves are kept, and the older one is dropped when the newer is full. */
const halfSize = 20_000;
/** Longer values are rare, and reading them again costs less than keeping them. */
const maxKeptLength = 500;

/** Readings by version and section, setting and text. */
type Half = Map<string, Map<UnitSetting, Map<string, Reading>>>;

let newer: Half = new Map();
let older: Half = new Map();
let size = 0;

/** The same as `readValue`, which depends on nothing but its arguments. */
export function readValueOnce(text: string, place: ValuePlace): Reading {
  if (text.length > maxKeptLength) return readValue(text, place);
  const kept = valuesIn(newer, place);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const copy = copyOf(text);
  const reading = older.get(placeKey(place))?.get(place.setting)?.get(text) ?? readValue(copy, place);
  if (size >= halfSize) {
    older = newer;
    newer = new Map();
    size = 0;
  }
  valuesIn(newer, place).set(copy, reading);
  size += 1;
  return reading;
}

/** The same text in memory of its own: a part of a file's text would keep all of it for as long as the part is kept. */
function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function placeKey({ systemd, section }: ValuePlace): string {
  return systemd === newestSystemd ? section : `${section} ${systemd}`;
}

function valuesIn(half: Half, place: ValuePlace): Map<string, Reading> {
  const key = placeKey(place);
  const settings = half.get(key) ?? new Map<UnitSetting, Map<string, Reading>>();
  if (settings.size === 0) half.set(key, settings);
  const values = settings.get(place.setting) ?? new Map<string, Reading>();
  if (values.size === 0) settings.set(place.setting, values);
  return values;
}
