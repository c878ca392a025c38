// How long a build takes beside mksquashfs: same tree, compressor, level and block size, whole processes in turn.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { copyMachineTree } from "../test/images/machine-tree.ts";
import { measureInTurn, median } from "./measure.ts";

export const title =
  "sysext build against mksquashfs, a copy of /usr/lib up to BENCH_MB (400) megabytes, median of 3 rounds";

const variants = [
  { compression: "gzip", level: 9 },
  { compression: "gzip", level: 6 },
  { compression: "zstd", level: 15 },
  { compression: "zstd", level: 3 },
];
const rounds = 3;
const blockSize = 131_072;

export function run(): void {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const tree = path.join(work, "tree");
    copyMachineTree(tree, Number(process.env["BENCH_MB"] ?? 400) * 1_000_000);
    for (const variant of variants) compare(tree, work, variant.compression, variant.level);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compare(tree: string, work: string, compression: string, level: number): void {
  const [ours, theirs] = [path.join(work, "ours.raw"), path.join(work, "theirs.raw")];
  const options = ["--compression", compression, "--level", `${level}`, "--block-size", `${blockSize}`];
  const [built, made] = measureInTurn(
    [
      {
        name: "sysext build",
        command: process.execPath,
        // The copy has no release file, which --force lets pass.
        args: [path.join(projectFolder, "dist/cli.cjs"), "build", tree, "--output", ours, "--force", ...options],
      },
      {
        name: "mksquashfs",
        command: "mksquashfs",
        args: [
          ...[tree, theirs, "-all-root", "-noappend", "-no-progress", "-quiet", "-b", `${blockSize}`],
          ...["-comp", compression, "-Xcompression-level", `${level}`],
        ],
      },
    ],
    rounds,
  );
  if (built === undefined || made === undefined) return;
  const ratio = median(built.seconds) / median(made.seconds);
  const size = statSync(ours).size / statSync(theirs).size;
  console.log(
    `  ${compression} ${level}: ${median(built.seconds).toFixed(2)} s against ${median(made.seconds).toFixed(2)} s, ` +
      `ratio ${ratio.toFixed(2)}; size ratio ${size.toFixed(3)}; ` +
      `memory ${built.peakMegabytes?.toFixed(0)} MB against ${made.peakMegabytes?.toFixed(0)} MB`,
  );
}
