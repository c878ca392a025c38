// Listing images, and reading one small file, as whole processes beside unsquashfs.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { makeSquashfs } from "../test/images/sample-tree.ts";
import { type Measured, measureInTurn, median, type Program } from "./measure.ts";

export const title = "list 100,000 entries, a root, and read one small file (whole processes, median of 9)";

const rounds = 9;
const folders = 100;
const perFolder = 999;

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const source = path.join(work, "source");
    for (let i = 0; i < folders; i++) {
      mkdirSync(path.join(source, `usr/share/folder-${i}`), { recursive: true });
      for (let k = 0; k < perFolder; k++)
        writeFileSync(path.join(source, `usr/share/folder-${i}/file-${k}`), k % 5 === 0 ? `${k}\n` : "");
    }
    const image = path.join(work, "image.raw");
    makeSquashfs(source, image);
    const file = "usr/share/folder-50/file-500";
    for (const [what, ours, theirs] of [
      ["everything, with all facts", ["ls", image, "--recursive", "--long"], ["-lln", image]],
      ["the root", ["ls", image], ["-l", "-max-depth", "1", image]],
      ["one small file", ["cat", image, file], ["-cat", image, file]],
    ] as const) {
      const [sysext, unsquashfs] = measureInTurn(
        [program(ours), { name: "unsquashfs", command: "unsquashfs", args: theirs }],
        rounds,
      );
      if (sysext === undefined || unsquashfs === undefined) continue;
      const ratio = median(sysext.seconds) / median(unsquashfs.seconds);
      console.log(`  ${what}: ${text(sysext)}; unsquashfs ${text(unsquashfs)}; ratio ${ratio.toFixed(2)}`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function program(args: readonly string[]): Program {
  return { name: "sysext", command: process.execPath, args: [path.join(projectFolder, "dist/cli.cjs"), ...args] };
}

function text({ seconds, peakMegabytes }: Measured): string {
  return `${(median(seconds) * 1000).toFixed(0)} ms, ${peakMegabytes?.toFixed(0) ?? "?"} MB`;
}
