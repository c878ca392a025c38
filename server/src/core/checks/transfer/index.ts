// The tables of the checks of systemd-sysupdate's files.
import type { CheckFacts, UpdateCheck, UpdateFileCheck } from "../check.ts";
import { lineChecks } from "./syntax.ts";

/** Checks of one file, in the order of their findings at one place. */
export const fileChecks: readonly UpdateFileCheck[] = [...lineChecks];

/** Checks of a definition with its drop-ins, and of those around it. */
export const definitionChecks: readonly UpdateCheck[] = [];

/** All checks of systemd-sysupdate's files, for documentation and settings. */
export const updateChecks: readonly CheckFacts[] = [];
