// The table of the checks of units, and running them over a file, and over a unit with its drop-ins.

import { readUnit, sourcesOf, type Unit } from "../../model/unit.ts";
import type { UnitContext } from "../../model/unit-context.ts";
import type { Entry, UnitFile } from "../../model/unit-file.ts";
import type { CheckFacts, UnitCheck, UnitFileCheck } from "../check.ts";
import type { Finding, TreeFinding } from "../finding.ts";
import { legacyKey, noEffect, notForType, replaced, tooNew } from "./catalog.ts";
import { checkValues } from "./check-values.ts";
import {
  beforeDevice,
  duplicateDependency,
  failureHandler,
  isolateSeveral,
  selfDependency,
  userAction,
} from "./dependencies.ts";
import { dynamicUser, managedUsers, pamKillMode, privatePids, workingDirectoryApi } from "./execution.ts";
import { fileMode } from "./file-mode.ts";
import { dropInSuffix, fileName } from "./file-names.ts";
import { inlineComment } from "./inline-comment.ts";
import { aliasImpossible, defaultInstance, templateType } from "./install.ts";
import { linkedName } from "./linked-name.ts";
import { readableMessage } from "./message.ts";
import { apiMount, automountOptions, automountRoot, mountWithoutWhat, whereMismatch } from "./mount.ts";
import { noCommand, severalCommands } from "./service-commands.ts";
import {
  dbusWithoutName,
  forkingPrivatePids,
  oneshotExitType,
  oneshotRestart,
  refreshOnReload,
  runtimeMaxOneshot,
  simpleCredentials,
  usbFunctions,
} from "./service-conflicts.ts";
import { extraRuntime, jobTimeout, randomizedDelay, restartDelay, restartSteps } from "./service-restart.ts";
import { scopeFile, sliceName, sliceParent } from "./slice-and-scope.ts";
import { acceptListener, acceptService, maxConnections, noListen, socketSymlinks } from "./socket.ts";
import { suppressed } from "./suppression.ts";
import { blankAfterBackslash, emptyKey, lineTooLong, missingEquals, outsideSection, sectionHeader } from "./syntax.ts";
import { noTrigger, triggeredMissing, triggersItself, unitTwice } from "./triggers.ts";
import { unknownKey, unknownSection, wrongSection } from "./unknown.ts";
import { valueChecks } from "./value-checks.ts";

/** Checks of one file, in the order of their findings at one place. */
const fileChecks: readonly UnitFileCheck[] = [
  fileMode,
  lineTooLong,
  sectionHeader,
  outsideSection,
  missingEquals,
  emptyKey,
  blankAfterBackslash,
  unknownSection,
  wrongSection,
  unknownKey,
  legacyKey,
  noEffect,
  notForType,
  tooNew,
  replaced,
  inlineComment,
];

/** Checks of a whole unit. */
const wholeChecks: readonly UnitCheck[] = [
  noCommand,
  severalCommands,
  oneshotRestart,
  oneshotExitType,
  dbusWithoutName,
  forkingPrivatePids,
  runtimeMaxOneshot,
  simpleCredentials,
  usbFunctions,
  refreshOnReload,
  restartSteps,
  restartDelay,
  randomizedDelay,
  extraRuntime,
  dynamicUser,
  privatePids,
  managedUsers,
  pamKillMode,
  workingDirectoryApi,
  noListen,
  maxConnections,
  acceptListener,
  acceptService,
  socketSymlinks,
  noTrigger,
  triggersItself,
  unitTwice,
  triggeredMissing,
  whereMismatch,
  mountWithoutWhat,
  apiMount,
  automountRoot,
  automountOptions,
  sliceName,
  sliceParent,
  scopeFile,
  selfDependency,
  beforeDevice,
  failureHandler,
  isolateSeveral,
  duplicateDependency,
  jobTimeout,
  userAction,
  aliasImpossible,
  defaultInstance,
  templateType,
];

/** All checks of units, for documentation and settings. Values can be too new as well, which is in the table once. */
export const unitChecks: readonly CheckFacts[] = [
  ...fileChecks,
  ...valueChecks,
  ...wholeChecks,
  fileName,
  dropInSuffix,
  linkedName,
];

/** Checks one file by itself; findings come in the order of the text. */
export function checkUnitFile(file: UnitFile, context: UnitContext): Finding[] {
  // An empty file masks the unit, which is all that is to say of it.
  if (file.text === "") return [];
  const findings: Finding[] = [];
  for (const check of fileChecks) {
    check.run(file, context, (span, message, { fixes = [], severity = check.severity } = {}) => {
      findings.push({ check: check.id, severity, span, message: readableMessage(message), fixes });
    });
  }
  checkValues(file.entries, context, (check, severity, span, message, { fixes = [] } = {}) => {
    findings.push({ check, severity, span, message: readableMessage(message), fixes });
  });
  return sorted(findings.filter((finding) => !suppressed(file, finding)));
}

/** Checks a unit as a whole; what its files say by themselves is not repeated. */
export function checkWholeUnit(unit: Unit, context: UnitContext): TreeFinding[] {
  const { main } = unit;
  if (main === undefined || main.file.text === "" || context.template) return [];
  const findings: TreeFinding[] = [];
  const facts = { ...unit, ...readUnit(unit) };
  for (const check of wholeChecks) {
    if (check.types !== undefined && !check.types.includes(unit.name.type)) continue;
    check.run(facts, context, (at, message, { fixes = [], severity = check.severity, span } = {}) => {
      const source = at?.source ?? main;
      const place = span ?? (at === undefined ? main.file.head : placeOf(at.entry));
      findings.push({
        check: check.id,
        severity,
        span: place,
        message: readableMessage(message),
        fixes,
        path: source.path,
      });
    });
  }
  const files = new Map(sourcesOf(unit).map(({ path, file }) => [path, file]));
  return sorted(
    findings.filter((finding) => {
      const file = files.get(finding.path);
      return file === undefined || !suppressed(file, finding);
    }),
  );
}

function placeOf({ node }: Entry): Finding["span"] {
  return node.value.text === "" ? node.key : node.value.span;
}

function sorted<Found extends Finding>(findings: Found[]): Found[] {
  return findings.sort((a, b) => a.span.start - b.span.start);
}
