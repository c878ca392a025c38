// Entry of the command line: lets node keep compiled code between runs, which is much of what a short command takes.
import { enableCompileCache } from "node:module";
import { cacheFolder } from "../../image/src/node/index.ts";

// Not there in older versions of node, to which the command line says that they are too old.
if (process.env["NODE_COMPILE_CACHE"] === undefined) enableCompileCache?.(cacheFolder("compiled"));
void import("./main.ts");
