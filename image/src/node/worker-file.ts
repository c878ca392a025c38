// Where the code of a worker thread lies: beside this file, as source under the tests and as a bundle in dist/.
import path from "node:path";

/** The file of the worker called `name`. */
export function workerFile(name: "build-worker" | "encode-worker" | "extract-worker"): string {
  const extension = import.meta.filename.endsWith(".ts") ? "ts" : "cjs";
  return path.join(import.meta.dirname, `${name}.${extension}`);
}
