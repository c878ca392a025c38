// A copy of a part of the machine's own /usr/lib: what real programs install, up to a bounded size.
import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { run } from "./sample-tree.ts";

/**
 * Copies folders of /usr/lib, in the order of their names, into `folder`/usr/lib until `limit` bytes are reached.
 * A folder that would pass the limit is left out, so that the copy has many folders rather than one large one.
 */
export function copyMachineTree(folder: string, limit: number): void {
  const target = path.join(folder, "usr/lib");
  mkdirSync(target, { recursive: true });
  let total = 0;
  for (const name of readdirSync("/usr/lib").sort()) {
    const source = path.join("/usr/lib", name);
    const size = Number.parseInt(run("du", "--summarize", "--bytes", source), 10);
    if (total + size > limit) continue;
    total += size;
    run("cp", "--archive", source, target);
  }
}
