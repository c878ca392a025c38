// Extracting 1 GB as a whole process, beside unsquashfs on all cores.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { copyMachineTree } from "../test/images/machine-tree.ts";
import { makeSquashfs } from "../test/images/sample-tree.ts";
import { measureInTurn, median, type Program } from "./measure.ts";

export const title = "extract 1 GB of /usr/lib (whole processes, median of 3)";

const rounds = 3;
const bytes = 1_000_000_000;

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const source = path.join(work, "source");
    copyMachineTree(source, bytes);
    for (const compression of ["gzip", "zstd"]) {
      const image = path.join(work, `${compression}.raw`);
      makeSquashfs(
        source,
        image,
        "-comp",
        compression,
        ...(compression === "zstd" ? ["-Xcompression-level", "3"] : []),
      );
      const target = path.join(work, "target");
      const sysext = ["node", path.join(projectFolder, "dist/cli.cjs"), "extract", image, "--output", target];
      const unsquashfs = ["unsquashfs", "-quiet", "-no-progress", "-dest", target, image];
      const [ours, theirs] = measureInTurn([emptied(target, sysext), emptied(target, unsquashfs)], rounds);
      if (ours === undefined || theirs === undefined) continue;
      const [a, b] = [median(ours.seconds), median(theirs.seconds)];
      console.log(
        `  ${compression}, ${Math.round(statSync(image).size / 1e6)} MB: ${a.toFixed(1)} s, ${ours.peakMegabytes?.toFixed(0) ?? "?"} MB; unsquashfs ${b.toFixed(1)} s, ${theirs.peakMegabytes?.toFixed(0) ?? "?"} MB; ratio ${(a / b).toFixed(2)}`,
      );
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A program that begins with an empty target; what removing takes is the same for all. */
function emptied(target: string, [name = "", ...args]: readonly string[]): Program {
  const command = name === "node" ? process.execPath : name;
  return {
    name,
    command: "sh",
    args: ["-c", 'rm -rf "$1"; shift; exec "$@" >/dev/null', "sh", target, command, ...args],
  };
}
