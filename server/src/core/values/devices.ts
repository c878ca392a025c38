// Settings about a device: its node, and behind blanks what is said of it.

import type { Meaning } from "../model/value-reading.ts";
import { type Grammar, type Offer, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { bytesText, meantBytes, readBytes } from "./numbers.ts";
import { checkPath } from "./paths.ts";
import { formatTimeSpan, parseTimeSpan } from "./time-span.ts";
import { faultQuote, placeIn, relaxedWords, splitWords } from "./words.ts";

/** What stands behind the device. */
interface Rest {
  /** What is missing when there is nothing: "a weight from 1 to 10000". */
  readonly needs: string;
  readonly optional?: boolean;
  readonly choices?: Offer["choices"];
  read(rest: Word, reader: Reader): void;
}

type ReadDevice = (device: Word, reader: Reader) => void;

/** DEVICE REST: the device may be quoted, the rest is taken as it is. */
function deviceAnd(syntax: string, rest: Rest, readDevice: ReadDevice = readPath): Grammar {
  return {
    syntax,
    expanded(text) {
      const end = splitWords(text, relaxedWords)[0]?.end ?? 0;
      return text.slice(0, end) + " ".repeat(text.length - end);
    },
    read(value, reader) {
      const device = splitWords(value.text, relaxedWords)[0];
      if (device === undefined) return;
      const place = placeIn(value, device);
      if (device.openQuote !== undefined) return void faultQuote(reader, place);
      readDevice(place, reader);
      const start = device.end + (/^[ \t\r\n]*/.exec(value.text.slice(device.end))?.[0].length ?? 0);
      const behind = partOf(value, start);
      if (behind.text !== "") {
        rest.read(behind, reader);
      } else if (!rest.optional && !reader.isOpen(value)) {
        reader.fault(value, 0, value.text.length, {
          check: "unit/invalid-value",
          message: `"${value.text}" needs ${rest.needs} after the device`,
        });
      }
    },
    offer(value, at) {
      const device = splitWords(value.text, relaxedWords)[0];
      if (device === undefined || at < device.start) return { from: at, to: at, choices: [], around: "paths" };
      if (at <= device.end) return { from: device.start, to: device.end, choices: [], around: "paths" };
      return rest.choices === undefined
        ? undefined
        : { from: at - wordBefore(value.text, at), to: at, choices: rest.choices };
    },
  };
}

function wordBefore(text: string, at: number): number {
  return /[^ \t\r\n]*$/.exec(text.slice(0, at))?.[0].length ?? 0;
}

function readPath(device: Word, reader: Reader): void {
  if (reader.isOpen(device)) return;
  const { text } = device;
  if (text.startsWith("/") || goesUp(text)) return void checkPath(device, reader);
  // systemd takes it, and then looks from the folder that it happens to run in.
  const whole = `/dev/${text.replace(/^dev\//, "")}`;
  reader.fault(device, 0, text.length, {
    check: "unit/relative-path",
    severity: "info",
    message: `"${text}" does not begin with a slash; use the full path of the device, such as "${whole}"`,
    replacements: [whole],
  });
}

/** Whether a path has `..` among its parts. */
function goesUp(path: string): boolean {
  return path.split("/").includes("..");
}

function numberRest(needs: string, read: (text: string) => Meaning | undefined, meant?: typeof meantBytes): Rest {
  return {
    needs,
    read(rest, reader) {
      const meaning = read(rest.text);
      if (meaning !== undefined) {
        return void pieceWord(reader, rest, rest.text === "infinity" ? "keyword" : "number", meaning);
      }
      const replacements = meant?.(rest.text);
      reader.fault(rest, 0, rest.text.length, {
        check: "unit/invalid-value",
        message: `"${rest.text}" is not ${needs}${replacements === undefined ? "" : `; did you mean "${replacements[0]}"?`}`,
        ...(replacements === undefined ? {} : { replacements }),
      });
    },
  };
}

const noLimit = [{ text: "infinity", detail: "no limit" }];

/** A device and how much of it a second; suffixes are powers of 1000 here. */
export const deviceLimit: Grammar = deviceAnd(
  "a device and a number per second (`/dev/sda 5M`; powers of 1000), or `infinity`",
  {
    ...numberRest(
      'a number above 0, such as "5M", or "infinity"',
      (text) => {
        if (text === "infinity") return "no limit";
        const amount = readBytes(text, 1000);
        return amount === undefined || amount === 0 ? undefined : () => bytesText(amount);
      },
      meantBytes,
    ),
    choices: noLimit,
  },
);

export const deviceWeight: Grammar = deviceAnd(
  "a device and a weight from 1 to 10000 (`/dev/sda 100`)",
  numberRest("a weight from 1 to 10000", (text) => {
    const weight = readInteger(text);
    return weight !== undefined && weight >= 1 && weight <= 10_000 ? `weight ${weight}; 100 is usual` : undefined;
  }),
);

export const deviceLatency: Grammar = deviceAnd(
  "a device and a time span (`/dev/sda 25ms`)",
  numberRest('a time span, such as "25ms"', (text) => {
    const span = parseTimeSpan(text, { defaultUnit: "s" });
    return "fault" in span ? undefined : () => formatTimeSpan(span.usec);
  }),
);

const rights: ReadonlyMap<string, string> = new Map([
  ["r", "read"],
  ["w", "write"],
  ["m", "create the node"],
]);

/** A device node or a group of drivers, and what may be done with it. */
export const deviceAllow: Grammar = deviceAnd(
  "a device (`/dev/null`, `char-pts`, `block-*`) and the allowed access: `r`, `w` and `m`",
  {
    needs: 'access such as "rw"',
    optional: true,
    choices: ["r", "rw", "rwm"].map((text) => ({ text, detail: rightsText(text) })),
    read(rest, reader) {
      if (/^[rwm]+$/.test(rest.text)) {
        return void pieceWord(reader, rest, "keyword", () => rightsText(rest.text));
      }
      const letters = rest.text.toLowerCase().replaceAll(/[ ,|+]/g, "");
      const meant = /^[rwm]+$/.test(letters) ? letters : undefined;
      reader.fault(rest, 0, rest.text.length, {
        check: "unit/invalid-value",
        message: `"${rest.text}" is not a valid device access; use the letters "r", "w" and "m" without spaces`,
        ...(meant === undefined ? {} : { replacements: [meant] }),
      });
    },
  },
  (device, reader) => {
    if (reader.isOpen(device)) return;
    const { text } = device;
    if (/^(?:char|block)-/.test(text)) return void pieceWord(reader, device, "keyword", driversText(text));
    if (text.startsWith("/") && goesUp(text)) return void checkPath(device, reader);
    if (/^\/+(?:dev|run\/+systemd\/+inaccessible)(?:\/|$)/.test(text)) return void pieceWord(reader, device, "path");
    const meant = /^[a-z0-9]+$/.test(text) ? [`/dev/${text}`] : undefined;
    reader.fault(device, 0, text.length, {
      check: "unit/invalid-value",
      message: `"${text}" is not a device; use a path below "/dev", or "char-" or "block-" and the name of a driver`,
      ...(meant === undefined ? {} : { replacements: meant }),
    });
  },
);

function rightsText(letters: string): string {
  return [...new Set(letters)].map((letter) => rights.get(letter)).join(", ");
}

function driversText(text: string): string {
  const [kind = "", ...name] = text.split("-");
  return `all ${kind === "char" ? "character" : "block"} devices of the drivers \`${name.join("-")}\``;
}
