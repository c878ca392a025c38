// `sysext check` over 2,000 units against `systemd-analyze verify` of the same files.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { measureInTurn, median } from "./measure.ts";

export const title = "check 2,000 units, beside systemd-analyze verify";

const count = 2000;
const rounds = 3;
const source = "/usr/lib/systemd/system";

export function run(): void {
  const folder = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    copyUnits(folder);
    const files = readdirSync(folder).map((name) => path.join(folder, name));
    const [ours, theirs] = measureInTurn(
      [
        {
          name: "sysext",
          command: process.execPath,
          args: [path.join(projectFolder, "dist/cli.cjs"), "check", folder],
        },
        // Either may find something wrong, which is no failure of the program.
        {
          name: "systemd-analyze",
          command: "sh",
          args: ["-c", 'systemd-analyze verify --man=no "$@" || true', "sh", ...files],
        },
      ],
      rounds,
    );
    if (ours === undefined || theirs === undefined) return;
    const [mine, other] = [median(ours.seconds), median(theirs.seconds)];
    console.log(
      `  sysext ${mine.toFixed(2)} s, systemd-analyze ${other.toFixed(2)} s: ratio ${(mine / other).toFixed(2)}`,
    );
    console.log(
      `  memory at most: ${ours.peakMegabytes?.toFixed(0) ?? "?"} MB, ${theirs.peakMegabytes?.toFixed(0) ?? "?"} MB`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Copies of the machine's units under other names; those whose names are fixed by their content stay out. */
function copyUnits(folder: string): void {
  const units = readdirSync(source).filter(
    (name) => /\.(?:service|socket|timer|path|target)$/.test(name) && statSync(path.join(source, name)).size > 0,
  );
  if (units.length === 0) throw new Error(`there are no units in ${source} to make copies of`);
  for (let i = 0; i < count; i++) {
    const name = units[i % units.length] ?? "";
    const copy = name.replace(/(@?\.\w+)$/, `-copy${i}$1`);
    writeFileSync(path.join(folder, copy), readFileSync(path.join(source, name)));
  }
}
