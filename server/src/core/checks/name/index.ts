// Checks of the names of images and of release files that need the whole tree.
import type { TreeCheck } from "../check.ts";
import { imageNameChecks } from "./names.ts";
import { releaseInTreeChecks } from "./release-in-tree.ts";
import { unknownHost } from "./unknown-host.ts";

export const nameChecks: readonly TreeCheck[] = [...imageNameChecks, ...releaseInTreeChecks, unknownHost];
