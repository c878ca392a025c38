// Checks of units that need the whole tree: what starts them, and what they run.
import type { TreeCheck } from "../check.ts";

export const unitInTreeChecks: readonly TreeCheck[] = [];
