// Checks of the names of images and of release files that need the whole tree.
import type { TreeCheck } from "../check.ts";
import { releaseInTreeChecks } from "../er/in-tree/release-in-tree.ts";
import { unknownHost } from "../project/unknown-host.ts";
import { imageNameChecks } from "./image-names.ts";

export const nameChecks: readonly TreeCheck[] = [...imageNameChecks, ...releaseInTreeChecks, unknownHost];
