// Checks of what lies where in a tree, with which modes, owners and contents.
import type { TreeCheck } from "../check.ts";
import { badInputChecks } from "./bad-input.ts";
import { collision } from "./collision.ts";
import { contentChecks } from "./contents.ts";
import { elfChecks } from "./elf-files.ts";
import { hostServiceChecks } from "./host-services.ts";
import { layoutChecks } from "./layout.ts";
import { modeChecks } from "./modes.ts";
import { payloadChecks } from "./payload.ts";

export const treeChecks: readonly TreeCheck[] = [
  ...layoutChecks,
  ...payloadChecks,
  ...contentChecks,
  ...modeChecks,
  ...elfChecks,
  ...hostServiceChecks,
  collision,
  ...badInputChecks,
];
