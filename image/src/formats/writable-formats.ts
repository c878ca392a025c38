// The table of image formats that can be written; command line, settings, schema and builds read it.
import { squashfsFormat } from "../squashfs/format.ts";
import type { WritableFormat } from "./writable-format.ts";

/** The first one is the default. */
export const writableFormats = [squashfsFormat] as const satisfies readonly [WritableFormat, ...WritableFormat[]];

/** Everything besides the tree that decides the bytes of an image, by format. */
export type BuildPlan = ReturnType<(typeof writableFormats)[number]["planOf"]>;
