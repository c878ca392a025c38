// Checking a tree of 50,000 files: as a whole process, and again in the server's manner after one of them changed.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { hostFolder } from "../image/src/node/index.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { checkWholeTree, readTreeFacts, renewTreeFacts } from "../server/src/core/index.ts";
import { measureInTurn, median } from "./measure.ts";

export const title = "check a tree of 50,000 files, and again after one changed";

const files = 50_000;
const perFolder = 250;
/** A file in so many is a program of the machine. */
const programShare = 50;
const rounds = 5;
const changes = 20;

export async function run(): Promise<void> {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "sysext-bench-")), "demo");
  try {
    makeTree(folder);
    const [cold] = measureInTurn(
      [
        {
          name: "sysext check",
          command: "sh",
          args: [
            "-c",
            '"$@" >/dev/null || test $? = 1',
            "sh",
            process.execPath,
            path.join(projectFolder, "dist/cli.cjs"),
            "check",
            folder,
          ],
        },
      ],
      rounds,
    );
    if (cold === undefined) return;
    console.log(
      `  whole process: ${median(cold.seconds).toFixed(2)} s, ${cold.peakMegabytes?.toFixed(0) ?? "?"} MB at most`,
    );
    await measureChange(folder);
  } finally {
    rmSync(path.dirname(folder), { recursive: true });
  }
}

async function measureChange(folder: string): Promise<void> {
  const tree = hostFolder(folder);
  const place = { folder: "demo" };
  let facts = await readTreeFacts(tree, place);
  checkWholeTree(facts);
  const times: number[] = [];
  for (let i = 0; i < changes; i++) {
    const changed = `usr/share/demo/d${i}/f1`;
    writeFileSync(path.join(folder, changed), `changed ${i}\n`);
    const start = performance.now();
    facts = await renewTreeFacts(facts, tree, place, [changed], facts.units);
    checkWholeTree(facts);
    times.push(performance.now() - start);
  }
  console.log(`  after one file changed: ${median(times).toFixed(0)} ms, ${Math.max(...times).toFixed(0)} ms at most`);
}

function makeTree(folder: string): void {
  const programs = readdirSync("/usr/bin")
    .map((name) => `/usr/bin/${name}`)
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true && statSync(file).size < 200_000);
  mkdirSync(path.join(folder, "usr/lib/extension-release.d"), { recursive: true });
  writeFileSync(
    path.join(folder, "usr/lib/extension-release.d/extension-release.demo"),
    "ID=_any\nARCHITECTURE=x86-64\n",
  );
  for (let i = 0; i < files; i++) {
    const into = path.join(folder, `usr/share/demo/d${Math.floor(i / perFolder)}`);
    if (i % perFolder === 0) mkdirSync(into, { recursive: true });
    const file = path.join(into, `f${i % perFolder}`);
    const program = programs[i % programs.length];
    if (i % programShare === 0 && program !== undefined) {
      copyFileSync(program, file);
      chmodSync(file, 0o755);
    } else writeFileSync(file, `file ${i}\n`);
  }
}
