// Checks of what lies where in a tree, with which modes, owners and contents.
import type { TreeCheck } from "../check.ts";
import { layoutChecks } from "./layout.ts";

export const treeChecks: readonly TreeCheck[] = [...layoutChecks];
