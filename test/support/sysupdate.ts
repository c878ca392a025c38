// Machines that a real systemd-sysupdate updates: a root folder each, with the files that a test gives it.
//
//   if (!canUpdate(t)) return;
//   const machine = updateMachine(t, {
//     "etc/sysupdate.d/10-app.transfer": "[Transfer]\n…",
//     "srv/updates/app_1.raw": "content",
//     "var/lib/extensions": { folder: true },
//   });
//   await machine.list();              // { current: null, all: ["1"] }
//   await machine.run("update");       // { status: 0, stdout: "", log: "…" }
//   machine.files("var/lib/extensions.d");   // { "app_1.raw": "content" }
//
// Debian 12 has systemd-sysupdate in none of its packages; it comes with systemd 257 from the systemd-container package
// of Debian 13, which scripts/install-debian-packages.sh unpacks. That root is only read: its /usr lies below the one of
// the machine, all else of the machine is the test's.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { TestContext } from "node:test";
import { besidePrivateMounts, canMount } from "./private-mounts.ts";
import { debian13, tempFolder } from "./tools.ts";

/** What stands at a path: a file with this content, a symlink, or a folder (those above files are made anyway). */
export type MachineEntry = string | Uint8Array | { readonly symlink: string } | { readonly folder: true };

/** The files of a machine by path without a leading slash: definitions, sources, targets, `etc/os-release`. */
export type MachineFiles = Readonly<Record<string, MachineEntry>>;

export interface SysupdateResult {
  /** The exit status; null when it was ended by a signal, as systemd 257 is by patterns with a wildcard before a slash. */
  readonly status: number | null;
  readonly stdout: string;
  /** What it and the programs that it started said on standard error, a message a line. */
  readonly log: string;
}

/**
 * What `list` says, from the newest version to the oldest. Those installed count when some transfer has an instance of
 * them, those available only when every transfer has; a transfer that its features disable counts for nothing.
 */
export interface ListedVersions {
  /** The newest version of which some transfer has an instance in its target, be it incomplete or obsolete. */
  readonly current: string | null;
  readonly all: readonly string[];
}

/** What `list VERSION` says of one version. */
export interface ListedVersion {
  readonly version: string;
  readonly newest: boolean;
  readonly available: boolean;
  readonly installed: boolean;
  /** Older than `MinVersion=` of a transfer. */
  readonly obsolete: boolean;
  /** Named by `ProtectVersion=` of a transfer. */
  readonly protected: boolean;
  /** Some transfers have an instance of it in their target, and others have not. */
  readonly incomplete: boolean;
  /** An instance for each transfer: the one in its target, else the one in its source. */
  readonly contents: readonly { readonly type: string; readonly path: string }[];
}

export interface UpdateMachine {
  /** Where the machine's root is, to look at it and to change it between runs. */
  readonly root: string;
  /**
   * Runs systemd-sysupdate with these arguments, and resolves with what it said, whatever that is. It has no network but
   * this machine's, so a server of the test is at 127.0.0.1; `Verify=no` saves the test from signing. What a server
   * sends has to be longer than the marks of compressions, or systemd takes it for cut off.
   */
  run(...args: readonly string[]): Promise<SysupdateResult>;
  /** The same with its debug messages in the log. */
  debug(...args: readonly string[]): Promise<SysupdateResult>;
  /** All versions; rejects with the log when systemd-sysupdate fails, as it does for definitions with errors. */
  list(): Promise<ListedVersions>;
  /** One version, spelled as `list` spells it; rejects with the log when there is none. */
  version(version: string): Promise<ListedVersion>;
  /** The version that an update would install or repair, or undefined. */
  candidate(): Promise<string | undefined>;
  /**
   * What is below a folder, by path and sorted: the content of a file, `-> TARGET` for a symlink, `/` for an empty folder.
   * A folder that is not there holds nothing.
   */
  files(folder: string): Record<string, string>;
  /** Adds files, and replaces what stands at their paths. */
  write(files: MachineFiles): void;
}

/** True when machines can be updated here; skips the test, or fails it in CI, when not. */
export function canUpdate(t: TestContext): boolean {
  return canMount(t, "systemd-sysupdate");
}

/** $1 is a folder with the machine's `root`, $2 the root of Debian 13, $3 the level of the log, $4 … the arguments. */
const script = `
work=$1
root=$1/root
mount -t overlay -o "lowerdir=$root/usr:$2/usr" overlay "$root/usr"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
level=$3
shift 3
exec env -i PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8 TZ=UTC SYSTEMD_LOG_LEVEL="$level" SYSTEMD_COLORS=0 \\
  chroot "$root" /usr/lib/systemd/systemd-sysupdate "$@" >"$work/stdout" 2>"$work/log"
`;

/** A machine that is gone after the test. It is a Debian 13 unless `etc/os-release` is among the files. */
export function updateMachine(t: TestContext, files: MachineFiles): UpdateMachine {
  const work = tempFolder(t);
  const root = path.join(work, "root");
  for (const folder of ["usr", "dev", "proc", "run", "tmp", "var/lib"]) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  for (const name of ["bin", "lib", "lib64", "sbin"]) symlinkSync(`usr/${name}`, path.join(root, name));
  const machineId = "etc/machine-id";
  writeEntries(root, { [machineId]: `${"0123456789abcdef".repeat(2)}\n`, ...files });

  async function runAt(level: string, args: readonly string[]): Promise<SysupdateResult> {
    for (const name of ["stdout", "log"]) writeFileSync(path.join(work, name), "");
    const { status, output } = await besidePrivateMounts(script, work, debian13, level, ...args);
    if (output !== "") throw new Error(`the machine cannot be set up: ${output}`);
    return {
      status,
      stdout: readFileSync(path.join(work, "stdout"), "utf8"),
      log: readFileSync(path.join(work, "log"), "utf8"),
    };
  }

  async function ask<Answer>(...args: readonly string[]): Promise<Answer> {
    const { status, stdout, log } = await runAt("info", ["--json=short", ...args]);
    if (status !== 0) throw new Error(`systemd-sysupdate ${args.join(" ")} failed:\n${log}`);
    return JSON.parse(stdout) as Answer;
  }

  return {
    root,
    run: (...args) => runAt("info", args),
    debug: (...args) => runAt("debug", args),
    list: () => ask("list"),
    version: (version) => ask("list", version),
    candidate: async () => (await ask<{ readonly available: string | null }>("check-new")).available ?? undefined,
    files: (folder) => readEntries(path.join(root, folder)),
    write: (more) => writeEntries(root, more),
  };
}

function writeEntries(root: string, files: MachineFiles): void {
  for (const [file, entry] of Object.entries(files)) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    if (typeof entry === "string" || entry instanceof Uint8Array) writeFileSync(target, entry);
    else if ("symlink" in entry) symlinkSync(entry.symlink, target);
    else mkdirSync(target);
  }
}

function readEntries(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  function read(inside: string): void {
    const at = path.join(folder, inside);
    const entries = readdirSync(at, { withFileTypes: true });
    if (entries.length === 0 && inside !== "") found[inside] = "/";
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = path.posix.join(inside, entry.name);
      if (entry.isDirectory()) read(name);
      else if (entry.isSymbolicLink()) found[name] = `-> ${readlinkSync(path.join(folder, name))}`;
      else found[name] = readFileSync(path.join(folder, name), "utf8");
    }
  }
  if (existsSync(folder)) read("");
  return found;
}
