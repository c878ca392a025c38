// Checks the files of systemd-sysupdate of a tree, and one of them by itself or among those that count together with it.
import { definitionAt, setsAround, type TreeUpdates } from "../../model/read-update-set.ts";
import { readUnit, type UnitSource } from "../../model/unit.ts";
import type { Entry, UnitFile } from "../../model/unit-file.ts";
import { type KnownExtension, type UpdateContext, updateContext } from "../../model/update-context.ts";
import type { UpdateDefinition } from "../../model/update-set.ts";
import type { Finding, TreeFinding } from "../finding.ts";
import { checkValues } from "../unit/check-values.ts";
import { readableMessage } from "../unit/message.ts";
import { suppressed } from "../unit/suppression.ts";
import { definitionChecks, fileChecks } from "./index.ts";
import { isLineBroken } from "./syntax.ts";
import { rankInUpdate } from "./value-checks.ts";

/**
 * Checks a parsed file at `path`: what it says by itself, what its values are, and what of the whole definition lies in it.
 * `definition` is the one that it is a part of; that file alone when it is left out. Findings come in the order of the text.
 */
export function checkUpdate(
  file: UnitFile,
  path: string,
  context: UpdateContext,
  definition: UpdateDefinition | undefined = definitionAt(context.set, path) ?? definitionOfFile(file, path, context),
): Finding[] {
  // An empty file masks the definition, which is all that is to say of it.
  if (file.text === "") return [];
  const findings: Finding[] = [];
  for (const check of fileChecks) {
    check.run(file, context, (span, message, { fixes = [], severity = check.severity } = {}) => {
      findings.push({ check: check.id, severity, span, message: readableMessage(message), fixes });
    });
  }
  const entries = file.entries.filter((entry) => !isLineBroken(file, entry));
  checkValues(
    entries,
    context,
    (check, severity, span, message, { fixes = [] } = {}) => {
      findings.push({ check, severity, span, message: readableMessage(message), fixes });
    },
    rankInUpdate,
  );
  if (definition?.main !== undefined && !context.template) {
    findings.push(...checkDefinition(definition, { path, file }, context));
  }
  return findings
    .filter((finding) => !suppressed(file, finding))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function definitionOfFile(
  file: UnitFile,
  path: string,
  { location }: Pick<UpdateContext, "location">,
): UpdateDefinition | undefined {
  if (location === undefined) return undefined;
  const source: UnitSource = { path, file };
  return location.form === "definition" ? { location, main: source, dropIns: [] } : { location, dropIns: [source] };
}

/** What is to say of a definition as a whole, of that what lies in one of its files. */
function checkDefinition(definition: UpdateDefinition, shown: UnitSource, context: UpdateContext): Finding[] {
  const { main, location } = definition;
  if (main === undefined) return [];
  const findings: Finding[] = [];
  const facts = { ...definition, ...readUnit(definition) };
  for (const check of definitionChecks) {
    if (!(check.kinds ?? ["transfer"]).includes(location.kind)) continue;
    check.run(facts, context, (at, message, { fixes = [], severity = check.severity, span } = {}) => {
      if ((at?.source ?? main).path !== shown.path) return;
      const place = span ?? (at === undefined ? shown.file.head : placeOf(at.entry));
      findings.push({ check: check.id, severity, span: place, message: readableMessage(message), fixes });
    });
  }
  return findings;
}

function placeOf({ node }: Entry): Finding["span"] {
  return node.value.text === "" ? node.key : node.value.span;
}

/** What is around the definitions of a tree. */
export interface UpdateCheckContext {
  /** The lowest version of systemd that has to work; the newest when it is left out. */
  readonly systemd?: number;
  readonly extensions?: readonly KnownExtension[];
}

/** Checks all definitions of a tree, in the order in which they were found. */
export function checkTreeUpdates({ files, sets }: TreeUpdates, around: UpdateCheckContext = {}): TreeFinding[] {
  return files.flatMap(({ path, file, location }) => {
    const context = updateContext(location, { ...around, ...setsAround(sets, location) });
    return checkUpdate(file, path, context).map((finding) => ({ ...finding, path }));
  });
}
