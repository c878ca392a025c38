// The table of value classes: what each name in the catalogue of settings stands for.
import { boolean, oneOf, tristate } from "./choices.ts";
import { command } from "./commands.ts";
import { environment, logFields, variables, variablesOrAssignments } from "./environment.ts";
import type { Grammar } from "./grammar.ts";
import { bytes, cpuQuota, integer, memory, mode, percent, quota, tasksMax } from "./numbers.ts";
import * as paths from "./paths.ts";
import { signal } from "./signals.ts";
import { installUnits, instance, unit, units } from "./unit-names.ts";
import { user, users } from "./users.ts";

/** A text that systemd takes as it is. */
const text: Grammar = {
  syntax: "text",
  read() {
    // Nothing about it can be wrong.
  },
};

const largest = 2 ** 32 - 1;

/** Makes the grammar of a class from the arguments behind its name. */
const makers: Readonly<Record<string, (...args: readonly string[]) => Grammar>> = {
  text: () => text,
  ignored: () => text,
  boolean: () => boolean,
  tristate: () => tristate,
  "boolean-or": (list = "") => oneOf(list, { boolean: true }),
  enum: (list = "", least, most) =>
    oneOf(list, least === undefined || most === undefined ? {} : { range: [Number(least), Number(most)] }),
  integer: (least, most, ...words) =>
    integer({
      ...(least === undefined ? {} : { least: Number(least) }),
      ...(most === undefined ? {} : { most: Number(most) }),
      words,
    }),
  unsigned: (...words) => integer({ least: 0, most: largest, words }),
  mode: () => mode,
  bytes: () => bytes,
  memory: () => memory,
  percent: () => percent,
  "cpu-quota": () => cpuQuota,
  "tasks-max": () => tasksMax,
  quota: () => quota,
  signal: () => signal,
  command: () => command,
  path: () => paths.path,
  paths: () => paths.paths,
  "flagged-paths": () => paths.flaggedPaths,
  "colon-paths": () => paths.colonPaths,
  "working-directory": () => paths.workingDirectory,
  "pid-file": () => paths.pidFile,
  "condition-path": () => paths.conditionPath,
  "root-hash": () => paths.rootHash,
  "root-hash-signature": () => paths.rootHashSignature,
  "mount-node": () => paths.mountNode,
  "environment-file": () => paths.environmentFile,
  units: (...types) => units(...types),
  unit: (...types) => unit(...types),
  "install-units": () => installUnits,
  instance: () => instance,
  environment: () => environment,
  variables: () => variables,
  "variables-or-assignments": () => variablesOrAssignments,
  "log-fields": () => logFields,
  user: () => user,
  users: () => users,
};

const made = new Map<string, Grammar>();

/** The grammar of a class as the catalogue writes it: its name and arguments. A class without one is text. */
export function findGrammar(description: string): Grammar {
  const known = made.get(description);
  if (known !== undefined) return known;
  const [name = "", ...args] = description.split(" ");
  const grammar = makers[name]?.(...args) ?? text;
  made.set(description, grammar);
  return grammar;
}
