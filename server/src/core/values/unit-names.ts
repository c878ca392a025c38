// Values that name units: dependencies, the unit that another one starts, and those that an installed one is added to.
import { isTemplate, isUnitType, parseUnitName, type UnitType, unitTypes } from "../model/unit-name.ts";
import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf } from "./choices.ts";
import { faultWord, type Grammar, type Offer, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { literalQuotes } from "./paths.ts";
import { bareWords, keptWords, listOf, offerInList, placeIn, plainWords, splitWords } from "./words.ts";

const maxNameLength = 255;

/**
 * What is wrong with a unit's name where only some types are wanted; undefined for a good one. `written` is the name as it
 * is shown, where `text` has something in place of its specifiers.
 */
function faultOfName(
  text: string,
  types: readonly UnitType[],
  settingName: string,
  written = text,
): FaultFacts | undefined {
  const parsed = parseUnitName(text);
  const wanted = types.map((type) => `".${type}"`).join(" or ");
  if (parsed !== undefined) {
    if (types.length === 0 || types.includes(parsed.type)) return undefined;
    return {
      check: "unit/invalid-unit-name",
      message: `"${settingName}=" requires units whose names end in ${wanted}; "${written}" does not`,
    };
  }
  return (
    literalQuotes(written) ??
    separatorFault(text, written) ??
    endingFault(text, types, written) ??
    signsFault(text, written)
  );
}

/** Names with a comma or a semicolon between them, as other programs separate words. */
function separatorFault(text: string, written: string): FaultFacts | undefined {
  const parts = text.split(/[,;]/).filter((part) => part !== "");
  if (!/[,;]/.test(text) || !parts.every((part) => parseUnitName(part) !== undefined)) return undefined;
  const meant = written
    .split(/[,;]/)
    .filter((part) => part !== "")
    .join(" ");
  return {
    check: "unit/invalid-unit-name",
    message: `"${written}" is not a valid unit name; separate unit names with spaces: "${meant}"`,
    replacements: [meant],
  };
}

function endingFault(text: string, types: readonly UnitType[], written: string): FaultFacts | undefined {
  const ending = /\.([^.]*)$/.exec(text)?.[1] ?? "";
  const lowered = (name: string) => `${name.slice(0, -ending.length)}${ending.toLowerCase()}`;
  if (isUnitType(ending.toLowerCase()) && !isUnitType(ending)) {
    if (parseUnitName(lowered(text)) === undefined) return undefined;
    const meant = lowered(written);
    return {
      check: "unit/invalid-unit-name",
      message: `the unit type must be in lowercase; use "${meant}"`,
      replacements: [meant],
    };
  }
  if (isUnitType(ending)) return undefined;
  const suffix = `.${types[0] ?? "service"}`;
  if (parseUnitName(`${text}${suffix}`) === undefined) return undefined;
  const meant = `${written}${suffix}`;
  return {
    check: "unit/dependency-without-suffix",
    message: `"${written}" does not end in a unit type, so systemd ignores it; did you mean "${meant}"?`,
    replacements: [meant],
  };
}

function signsFault(text: string, written: string): FaultFacts {
  const check = "unit/invalid-unit-name";
  if (text.length > maxNameLength) {
    return {
      check,
      message: `"${written.slice(0, 40)}…" is longer than 255 characters, the limit for a unit name; shorten it`,
    };
  }
  if (text.startsWith("/")) {
    const name = written.slice(written.lastIndexOf("/") + 1);
    const replacements =
      parseUnitName(text.slice(text.lastIndexOf("/") + 1)) === undefined ? {} : { replacements: [name] };
    return {
      check,
      message: `"${written}" is a path; use the unit name "${name}"`,
      ...replacements,
    };
  }
  if (/^(?:@|\.)/.test(text)) {
    return { check, message: `"${written}" has nothing before its "${text.charAt(0)}"; use the full unit name` };
  }
  const sign = /[^A-Za-z0-9:_.\\@-]/u.exec(text)?.[0];
  return {
    check,
    message:
      sign === undefined
        ? `"${written}" is not a valid unit name; use a name with its type, such as "demo.service"`
        : `"${written}" contains "${sign}", which is not valid in unit names; escape it with systemd-escape`,
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
  const fault =
    !endsOpen || /[^A-Za-z0-9:_.\\@-]/.test(filled) ? faultOfName(filled, types, settingName, text) : undefined;
  // What may be meant is not offered as a repair: nobody knows what the specifiers will be.
  return fault && { check: fault.check, message: fault.message };
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
  return types.length === 0 ? "unit names" : `unit names that end in ${types.map((type) => `\`.${type}\``).join(", ")}`;
}

/** A list of units, of all types when none is given; quotes belong to the names. */
export function units(...typeNames: readonly string[]): Grammar {
  const types = typesOf(typeNames);
  const element: Grammar = {
    syntax: "a unit name",
    read: (word, reader) => void readName(word, reader, types),
    offer: (word, _at, reader) => offerUnits(word, reader, types),
  };
  return listOf(element, plainWords, `${namesSyntax(types)}, separated by spaces`);
}

/** One unit that systemd loads, of all types when none is given. */
export function unit(...typeNames: readonly string[]): Grammar {
  const types = typesOf(typeNames);
  return {
    syntax:
      types.length === 0
        ? "a unit name"
        : `a unit name that ends in ${types.map((type) => `\`.${type}\``).join(" or ")}`,
    read(word, reader) {
      if (word.text === "") {
        return faultWord(reader, word, {
          check: "unit/invalid-unit-name",
          message: `"${reader.setting.name}=" requires a unit name; add one, or remove the setting`,
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
          message: `"${word.text}" is a template, but "${reader.setting.name}=" requires an instance; add a name after the "@"`,
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
      ? `"${word.text}" contains "@", which is not valid in slice names; use a plain name`
      : `"${word.text}" has a dash without a name on each side; use "a-b.slice" for the slice b within a`,
  });
}

const installed: Grammar = {
  syntax: "a unit name",
  read: (word, reader) => void readName(word, reader, []),
  offer: (word, _at, reader) => offerUnits(word, reader, []),
};

/** The lists of [Install], which are read when the unit is enabled. */
export const installUnits: Grammar = {
  syntax: "unit names, separated by spaces",
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
  syntax: "the instance name of a template: the text after the `@`",
  read(word, reader) {
    if (reader.isOpen(word)) return;
    const sign = /[^A-Za-z0-9:_.\\@-]/u.exec(word.text)?.[0];
    if (sign === undefined) return pieceWord(reader, word, "unit");
    faultWord(reader, word, {
      check: "unit/invalid-unit-name",
      message: `"${word.text}" contains "${sign}", which is not valid in unit names; escape it with systemd-escape`,
    });
  },
};
