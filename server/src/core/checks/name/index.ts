// Checks of the names of extensions and of their images that need the whole tree.
import type { TreeCheck } from "../check.ts";
import { imageNameChecks } from "./image-names.ts";
import { order } from "./order.ts";

export const nameChecks: readonly TreeCheck[] = [...imageNameChecks, order];
