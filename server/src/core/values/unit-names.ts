// Values that name units: dependencies, the unit that another one starts, and those that an installed one is added to.
import { isTemplate, isUnitType, parseUnitName, type UnitType, unitTypes } from "../model/unit-name.ts";
import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf } from "./choices.ts";
import { faultWord, type Grammar, type Offer, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { literalQuotes } from "./paths.ts";
import { bareWords, keptWords, listOf, offerInList, placeIn, plainWords, splitWords } from "./words.ts";

const maxNameLength = 255;

/** What is wrong with a unit's name where only some types are wanted; undefined for a good one. */
function faultOfName(text: string, types: readonly UnitType[], settingName: string): FaultFacts | undefined {
  const parsed = parseUnitName(text);
  const wanted = types.map((type) => `".${type}"`).join(" or ");
  if (parsed !== undefined) {
    if (types.length === 0 || types.includes(parsed.type)) return undefined;
    return {
      check: "unit/invalid-unit-name",
      message: `"${settingName}=" takes units whose names end in ${wanted}, and "${text}" is none of them; name another unit`,
    };
  }
  return literalQuotes(text) ?? separatorFault(text) ?? endingFault(text, types) ?? signsFault(text);
}

/** Names with a comma or a semicolon between them, as other programs separate words. */
function separatorFault(text: string): FaultFacts | undefined {
  const parts = text.split(/[,;]/).filter((part) => part !== "");
  if (!/[,;]/.test(text) || !parts.every((part) => parseUnitName(part) !== undefined)) return undefined;
  const meant = parts.join(" ");
  return {
    check: "unit/invalid-unit-name",
    message: `names of units are separated by blanks, so "${text}" is no name; write "${meant}"`,
    replacements: [meant],
  };
}

function endingFault(text: string, types: readonly UnitType[]): FaultFacts | undefined {
  const ending = /\.([^.]*)$/.exec(text)?.[1] ?? "";
  const stem = text.slice(0, -ending.length);
  if (isUnitType(ending.toLowerCase()) && !isUnitType(ending)) {
    const meant = `${stem}${ending.toLowerCase()}`;
    if (parseUnitName(meant) === undefined) return undefined;
    return {
      check: "unit/invalid-unit-name",
      message: `the type at a name's end is in small letters; write "${meant}"`,
      replacements: [meant],
    };
  }
  if (isUnitType(ending)) return undefined;
  const meant = `${text}.${types[0] ?? "service"}`;
  if (parseUnitName(meant) === undefined) return undefined;
  return {
    check: "unit/dependency-without-suffix",
    message: `"${text}" does not end in a unit's type, so systemd passes over it; did you mean "${meant}"?`,
    replacements: [meant],
  };
}

function signsFault(text: string): FaultFacts {
  const check = "unit/invalid-unit-name";
  if (text.length > maxNameLength) {
    return { check, message: `"${text.slice(0, 40)}…" is longer than the 255 characters of a unit's name; shorten it` };
  }
  if (text.startsWith("/")) {
    const name = text.slice(text.lastIndexOf("/") + 1);
    const replacements = parseUnitName(name) === undefined ? {} : { replacements: [name] };
    return {
      check,
      message: `"${text}" is a path, where units are named without their folder; write "${name}"`,
      ...replacements,
    };
  }
  if (/^(?:@|\.)/.test(text)) {
    return { check, message: `"${text}" has nothing before its "${text.charAt(0)}"; write the unit's name in full` };
  }
  const sign = /[^A-Za-z0-9:_.\\@-]/u.exec(text)?.[0];
  return {
    check,
    message:
      sign === undefined
        ? `"${text}" is no name of a unit; write one with its type, such as "demo.service"`
        : `"${text}" has a "${sign}", which names of units cannot have; systemd-escape tells how to write it`,
  };
}

/** A name before its specifiers are replaced: what does not depend on them. */
function faultOfOpenName(text: string, types: readonly UnitType[], settingName: string): FaultFacts | undefined {
  let endsOpen = false;
  const filled = text.replaceAll(/%([A-Za-z0-9%])/g, (written, letter: string, at: number) => {
    if (letter === "%") return "%";
    endsOpen = at + written.length === text.length;
    return "x"; // any letter will do where it is not the end
  });
  const fault = !endsOpen || /[^A-Za-z0-9:_.\\@-]/.test(filled) ? faultOfName(filled, types, settingName) : undefined;
  if (fault === undefined) return undefined;
  return { check: fault.check, message: fault.message.replaceAll(filled, text) };
}

function readName(word: Word, reader: Reader, types: readonly UnitType[]): boolean {
  const open = reader.isOpen(word);
  const fault = (open ? faultOfOpenName : faultOfName)(word.text, types, reader.setting.name);
  if (fault === undefined) pieceWord(reader, word, "unit", open ? undefined : () => describeUnit(word.text));
  else faultWord(reader, word, fault);
  return fault === undefined;
}

const special = findWords("SpecialUnit");

/** What a well-known unit is for. */
function describeUnit(name: string): string | undefined {
  return special.find(({ word }) => word === name)?.description;
}

function offerUnits(word: Word, reader: Reader, types: readonly UnitType[]): Offer {
  const choices = special
    .filter(({ word: name, last }) => {
      const type = parseUnitName(name)?.type;
      return last === undefined && type !== undefined && (types.length === 0 || types.includes(type));
    })
    .filter(({ since }) => since <= reader.systemd)
    .map(choiceOf);
  return { from: 0, to: word.text.length, choices, around: { units: types } };
}

function typesOf(names: readonly string[]): UnitType[] {
  return unitTypes.filter((type) => names.includes(type));
}

function namesSyntax(types: readonly UnitType[]): string {
  return types.length === 0
    ? "names of units"
    : `names of units that end in ${types.map((type) => `\`.${type}\``).join(", ")}`;
}

/** A list of units, of all types when none is given; quotes belong to the names. */
export function units(...typeNames: readonly string[]): Grammar {
  const types = typesOf(typeNames);
  const element: Grammar = {
    syntax: "a unit's name",
    read: (word, reader) => void readName(word, reader, types),
    offer: (word, _at, reader) => offerUnits(word, reader, types),
  };
  return listOf(element, plainWords, `${namesSyntax(types)}, separated by blanks`);
}

/** One unit that systemd loads, of all types when none is given. */
export function unit(...typeNames: readonly string[]): Grammar {
  const types = typesOf(typeNames);
  return {
    syntax:
      types.length === 0
        ? "a unit's name"
        : `a unit's name that ends in ${types.map((type) => `\`.${type}\``).join(" or ")}`,
    read(word, reader) {
      if (word.text === "") {
        return faultWord(reader, word, {
          check: "unit/invalid-unit-name",
          message: `"${reader.setting.name}=" needs a unit's name; write one, or leave the setting out`,
        });
      }
      if (!readName(word, reader, types) || reader.isOpen(word)) return;
      const parsed = parseUnitName(word.text);
      if (parsed === undefined) return;
      // Timers and paths name their unit without loading it, and put their own instance in.
      const loads = types.length > 0;
      if (loads && isTemplate(parsed)) {
        faultWord(reader, word, {
          check: "unit/invalid-unit-name",
          message: `"${word.text}" is a template, and "${reader.setting.name}=" needs one of its instances; write a name behind the "@"`,
        });
      } else if (parsed.type === "slice" && reader.setting.name === "Slice") reportSlice(word, parsed.prefix, reader);
    },
    offer: (word, _at, reader) => offerUnits(word, reader, types),
  };
}

/** A slice's name says in which slices it is, so that not every name is one of a slice. */
function reportSlice(word: Word, prefix: string, reader: Reader): void {
  const instance = word.text.includes("@");
  if (prefix === "-" || !(instance || /^-|-$|--/.test(prefix))) return;
  faultWord(reader, word, {
    check: "unit/invalid-unit-name",
    message: instance
      ? `"${word.text}" has an "@", which names of slices cannot have; write a plain name`
      : `"${word.text}" has a dash without a name on both sides, where a slice's name lists the slices that it is in; write "a-b.slice" for b in a`,
  });
}

const installed: Grammar = {
  syntax: "a unit's name",
  read: (word, reader) => void readName(word, reader, []),
  offer: (word, _at, reader) => offerUnits(word, reader, []),
};

/** The lists of [Install], which are read when the unit is enabled. */
export const installUnits: Grammar = {
  syntax: "names of units, separated by blanks",
  read(value, reader) {
    // Also= knows no quotes, and Alias= may say in which folder of links the name is put.
    const { name } = reader.setting;
    for (const split of splitWords(value.text, name === "Also" ? bareWords : keptWords)) {
      const word = placeIn(value, split);
      const folder =
        name === "Alias" ? /^[^/]+\.(?:wants|requires|upholds)\/(?=.)/.exec(word.text)?.[0].length : undefined;
      readName(folder === undefined ? word : partOf(word, folder), reader, []);
    }
  },
  offer: (value, at, reader) => offerInList(value, at, reader, installed, keptWords),
};

/** What stands behind the @ of a template's name. */
export const instance: Grammar = {
  syntax: "the instance of a template, what stands behind the `@`",
  read(word, reader) {
    if (reader.isOpen(word)) return;
    const sign = /[^A-Za-z0-9:_.\\@-]/u.exec(word.text)?.[0];
    if (sign === undefined) return pieceWord(reader, word, "unit");
    faultWord(reader, word, {
      check: "unit/invalid-unit-name",
      message: `"${word.text}" has a "${sign}", which names of units cannot have; systemd-escape tells how to write it`,
    });
  },
};
