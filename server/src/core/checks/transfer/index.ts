// The tables of the checks of systemd-sysupdate's files.
import type { CheckFacts, UpdateCheck, UpdateFileCheck } from "../check.ts";
import { githubLayout, http, verifyNeedsGpg, verifyOff } from "./addresses.ts";
import { archUnscoped, osBoundWithoutW, patternNameMismatch, protectVersion } from "./extensions.ts";
import { confSuffix, mixedSuffix, suffixTooNew } from "./file-names.ts";
import { atAIsNoAuto, keepsCompression, patternDrift, patternNoValue, patternSlash } from "./patterns.ts";
import { deadSearchPath, symlinkName, symlinkOutside, versionsInSearchPath } from "./places.ts";
import {
  pathMissing,
  pathRelativeTo,
  patternMissing,
  sourceTypeMissing,
  symlinkRelative,
  typeIncompatible,
} from "./required.ts";
import { featureUndefined, greedyTail, noopDefault, setDiffers, sharedComponent } from "./sets.ts";
import { lineChecks } from "./syntax.ts";
import { featureFile, unknownKey, unknownSection } from "./unknown.ts";
import { unusedSetting } from "./unused-setting.ts";
import { updateValueChecks } from "./value-checks.ts";

/** Checks of one file, in the order of their findings at one place. */
export const fileChecks: readonly UpdateFileCheck[] = [...lineChecks, unknownSection, unknownKey, featureFile];

/** What definitions lack of what the tables below have facts of already. */
const missing: readonly UpdateCheck[] = [sourceTypeMissing, pathMissing, pathRelativeTo, suffixTooNew];

const ownChecks: readonly UpdateCheck[] = [
  typeIncompatible,
  patternMissing,
  symlinkRelative,
  atAIsNoAuto,
  patternNoValue,
  patternSlash,
  keepsCompression,
  patternDrift,
  versionsInSearchPath,
  symlinkOutside,
  symlinkName,
  deadSearchPath,
  verifyOff,
  verifyNeedsGpg,
  http,
  githubLayout,
  confSuffix,
  mixedSuffix,
  sharedComponent,
  featureUndefined,
  noopDefault,
  setDiffers,
  greedyTail,
  patternNameMismatch,
  osBoundWithoutW,
  archUnscoped,
  protectVersion,
  unusedSetting,
];

/** Checks of a definition with its drop-ins, and of those around it. */
export const definitionChecks: readonly UpdateCheck[] = [...missing, ...ownChecks];

/** All checks of systemd-sysupdate's files, for documentation and settings. */
export const updateChecks: readonly CheckFacts[] = [...fileChecks, ...updateValueChecks, ...ownChecks];
