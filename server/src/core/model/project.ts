// The project file `sysext.json` in a tree's folder: all of it is optional, and whatever is wrong in it counts as left out.

import { isNumericBuildOption } from "../tables/build-options.ts";
import type { ExtensionClass } from "./release-context.ts";
import type { Severity, SeverityOverrides } from "./severity.ts";

/** Name of the project file, in the tree's root. */
export const projectPath = "sysext.json";

export interface Project {
  readonly name?: string;
  readonly class?: ExtensionClass;
  /** Version of the extension, as it stands in the name of a versioned image. */
  readonly version?: string;
  /** The hosts that it has to merge on: names of known hosts, or paths of os-release files relative to the tree. */
  readonly hosts: readonly string[];
  /** The lowest version of systemd that the extension is for. */
  readonly systemd?: number;
  /** Paths of the tree that something makes later: `usr/bin/demo`, or `usr/lib/demo/**` for all below a folder. */
  readonly generated: readonly string[];
  /** Paths that have to be in the tree. */
  readonly required: readonly string[];
  readonly checks: SeverityOverrides;
  readonly build: ProjectBuild;
}

/** How the image is built: option values as they were written, by the names in the table of build options. */
export type ProjectBuild = Readonly<Record<string, string | number>>;

export interface ProjectFault {
  /** Key that the fault is at; undefined for the file as a whole. */
  readonly key?: string;
  readonly message: string;
}

export interface ParsedProject {
  readonly project: Project;
  readonly faults: readonly ProjectFault[];
}

export const emptyProject: Project = { hosts: [], generated: [], required: [], checks: {}, build: {} };

/** The first version of systemd with extensions. */
export const firstSystemd = 248;

const severities: readonly string[] = ["error", "warning", "info", "hint", "off"];

/** Reads a project file; never throws. */
export function parseProject(text: string): ParsedProject {
  const faults: ProjectFault[] = [];
  const top = parseObject(text, faults);

  /** The value of a key when it passes the test; a fault when it is there and does not. */
  function take<Value>(
    from: Readonly<Record<string, unknown>>,
    key: string,
    test: (value: unknown) => value is Value,
    expected: string,
  ): Value | undefined {
    const value = from[key];
    if (value === undefined) return undefined;
    if (test(value)) return value;
    faults.push({ key, message: `"${key}" is ${JSON.stringify(value)}, but it must be ${expected}` });
    return undefined;
  }

  const name = take(top, "name", isName, "the extension's name: letters, digits and -._+, no spaces");
  const extensionClass = take(top, "class", isClass, '"sysext" or "confext"');
  const version = take(top, "version", isVersion, "a version, such as 1.2, without a slash");
  const hosts = take(top, "hosts", isTexts, "a list of host names, or of paths of os-release files") ?? [];
  const generated = take(top, "generated", isPaths, 'a list of paths in the tree, such as "usr/bin/demo"') ?? [];
  const required = take(top, "required", isPaths, 'a list of paths in the tree, such as "usr/bin/demo"') ?? [];
  const systemd = take(top, "systemd", isSystemd, `a systemd version of at least ${firstSystemd}, as a number`);
  const checks = take(top, "checks", isRecord, "an object of check ids and severities") ?? {};
  const overrides: Record<string, Severity | "off"> = {};
  for (const id of Object.keys(checks)) {
    const severity = take(checks, id, isSeverity, `one of ${severities.map((word) => `"${word}"`).join(", ")}`);
    if (severity !== undefined) overrides[id] = severity;
  }
  const build = take(top, "build", isRecord, "an object of build options") ?? {};
  const options = Object.entries(isNumericBuildOption).flatMap(([option, isNumeric]) => {
    const value = isNumeric ? take(build, option, isNumber, "a number") : take(build, option, isText, "a text");
    return value === undefined ? [] : [[option, value] as const];
  });

  return {
    project: {
      ...(name === undefined ? {} : { name }),
      ...(extensionClass === undefined ? {} : { class: extensionClass }),
      ...(version === undefined ? {} : { version }),
      ...(systemd === undefined ? {} : { systemd }),
      hosts,
      generated,
      required,
      checks: overrides,
      build: Object.fromEntries(options),
    },
    faults,
  };
}

/** The severities that a project file sets; none when there is no file. */
export function parseProjectChecks(text: string | undefined): SeverityOverrides {
  return text === undefined ? {} : parseProject(text).project.checks;
}

function parseObject(text: string, faults: ProjectFault[]): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    if (isRecord(value)) return value;
    faults.push({ message: "the file must contain one JSON object, { … }" });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    faults.push({ message: `the file is not valid JSON, so its settings are ignored; correct it: ${detail}` });
  }
  return {};
}

function isName(value: unknown): value is string {
  return isText(value) && /^[A-Za-z0-9][A-Za-z0-9._+@-]*$/.test(value);
}

function isVersion(value: unknown): value is string {
  return isText(value) && value !== "" && !value.includes("/");
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => isText(item) && item !== "");
}

function isPaths(value: unknown): value is readonly string[] {
  return isTexts(value) && value.every((path) => !path.startsWith("/") && !path.split("/").includes(".."));
}

function isClass(value: unknown): value is ExtensionClass {
  return value === "sysext" || value === "confext";
}

function isSystemd(value: unknown): value is number {
  return isNumber(value) && Number.isInteger(value) && value >= firstSystemd;
}

function isSeverity(value: unknown): value is Severity | "off" {
  return isText(value) && severities.includes(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether something makes the file at a path of the tree later. */
export function isGenerated({ generated }: Pick<Project, "generated">, path: string): boolean {
  return generated.some((pattern) =>
    pattern.endsWith("/**") ? path.startsWith(pattern.slice(0, -2)) : pattern.replace(/\/$/, "") === path,
  );
}
