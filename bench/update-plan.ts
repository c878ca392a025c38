// Planning an update against a manifest of 100,000 entries, as a whole process, beside a real systemd-sysupdate.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { randomNumbers } from "../test/support/random-numbers.ts";
import { debian13, findTool } from "../test/support/tools.ts";
import { measureInTurn, median, type Program } from "./measure.ts";

export const title = "plan an update from a manifest of 100,000 entries; 10,000 beside systemd-sysupdate";

const entries = 100_000;
/** What the real program does takes a hundred times as long for ten times as many. */
const fewEntries = 10_000;
/** One entry in so many matches nothing. */
const otherShare = 10;
const rounds = 5;

export function run(): void {
  measure(entries, (folder) => [sysext(folder, "sysext"), sysext(folder, "sysext --json", "--json")]);
  measure(fewEntries, (folder) => [sysext(folder, "sysext"), ...realProgram(folder)]);
}

function measure(count: number, programsFor: (folder: string) => Program[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    writeFileSync(path.join(folder, "SHA256SUMS"), manifest(count));
    mkdirSync(path.join(folder, "target"));
    writeFileSync(path.join(folder, "target/app_1.0.raw"), "");
    writeFileSync(path.join(folder, "app.transfer"), transfer);
    for (const { name, seconds, peakMegabytes } of measureInTurn(programsFor(folder), rounds)) {
      const memory = `${peakMegabytes?.toFixed(0) ?? "?"} MB at most`;
      console.log(`  ${count} entries, ${name}: ${median(seconds).toFixed(2)} s, ${memory}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The address is a file's, which the real program takes as well, so that no server has a part in the time. */
const transfer = `[Transfer]
Verify=no
[Source]
Type=url-file
Path=file:///updates
MatchPattern=app_@v_x86-64.raw.xz app-@v.raw
[Target]
Type=regular-file
Path=/updates/target
MatchPattern=app_@v.raw
InstancesMax=2
`;

function manifest(count: number): string {
  const next = randomNumbers(1);
  const names = new Set<string>();
  while (names.size < count) {
    const version = `${next(40)}.${next(100)}.${next(100)}-${next(10)}`;
    names.add(names.size % otherShare === 0 ? `other_${version}.raw` : `app_${version}_x86-64.raw.xz`);
  }
  const digit = () => next(16).toString(16);
  return [...names]
    .sort()
    .map((name) => `${Array.from({ length: 64 }, digit).join("")}  ${name}\n`)
    .join("");
}

function sysext(folder: string, name: string, ...more: readonly string[]): Program {
  const cli = path.join(projectFolder, "dist/cli.cjs");
  const places = ["--source", path.join(folder, "SHA256SUMS"), "--target", path.join(folder, "target")];
  const args = [process.execPath, cli, "update-plan", path.join(folder, "app.transfer"), ...places, ...more];
  return { name, command: "sh", args: ["-c", '"$@" >/dev/null', "sh", ...args] };
}

/** systemd-sysupdate in the root of Debian 13, with the folder as /updates; none where it is not installed, or not for root. */
function realProgram(folder: string): Program[] {
  if (findTool("systemd-sysupdate") === undefined || process.getuid?.() !== 0 || !existsSync(debian13)) return [];
  const root = path.join(folder, "chroot");
  for (const inside of ["usr", "dev", "proc", "run", "tmp", "updates"])
    mkdirSync(path.join(root, inside), { recursive: true });
  const script = `
    for name in bin lib lib64 sbin; do ln -sfn "usr/$name" "$1/chroot/$name"; done
    mount --bind "$2/usr" "$1/chroot/usr"
    mount --bind "$1" "$1/chroot/updates"
    mount --rbind /dev "$1/chroot/dev"
    mount -t proc proc "$1/chroot/proc"
    chroot "$1/chroot" /usr/lib/systemd/systemd-sysupdate --definitions=/updates --json=short check-new >/dev/null 2>&1`;
  const args = ["--mount", "--propagation", "private", "--", "sh", "-euc", script, "sh", folder, debian13];
  return [{ name: "systemd-sysupdate", command: "unshare", args }];
}
