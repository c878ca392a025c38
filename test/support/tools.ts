// Asks for the real programs that a test compares with, and for throw-away folders to run them in.
import { accessSync, constants, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";

/** The script that installs the programs, as a reader types it in the project's folder. */
export const installCommand = "scripts/install-debian-packages.sh";

const script = readFileSync(new URL(`../../${installCommand}`, import.meta.url), "utf8");

/** A root folder with the programs that no older Debian packages; the install script makes it. */
export const debian13 = script.match(/^debian_13=(\S+)$/m)?.[1] ?? "";

/** The install script's line about a program: its package, and the release when that has to be a certain one. */
function findRow(
  program: string,
): { readonly debianPackage: string; readonly release: string | undefined } | undefined {
  const table = script.match(/^table='\n([^']*)'/m)?.[1] ?? "";
  for (const line of table.split("\n")) {
    const [name, debianPackage, release] = line.split(/\s+/);
    if (name === program && debianPackage) return { debianPackage, release };
  }
  return undefined;
}

/** The Debian package that brings a program; throws for a program that the install script does not know. */
export function packageOf(program: string): string {
  const row = findRow(program);
  if (row === undefined) {
    throw new Error(`"${program}" is not in the table of ${installCommand}; add it with its Debian package.`);
  }
  return row.release === undefined ? row.debianPackage : `${row.debianPackage} of ${row.release}`;
}

/**
 * Where a program is, or undefined; the folders that only root has on its PATH are looked at too. One of Debian 13 is
 * looked for in the root folder of that alone, and runs only with `chroot`.
 */
export function findTool(program: string): string | undefined {
  const folders =
    findRow(program)?.release === undefined
      ? [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/sbin", "/sbin"]
      : ["usr/bin", "usr/sbin", "usr/lib/systemd"].map((folder) => path.join(debian13, folder));
  return folders
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, program))
    .find(isExecutable);
}

/**
 * True when all programs are here. Otherwise the test is skipped with a message that names program and package, and the
 * answer is false; with CI=true the test fails instead, for there nothing may be left out.
 */
export function requireTool(t: TestContext, ...programs: readonly string[]): boolean {
  const reasons = programs
    .map((program) => ({ program, debianPackage: packageOf(program) }))
    .filter(({ program }) => findTool(program) === undefined)
    .map(({ program, debianPackage }) => `${program} (Debian package ${debianPackage})`);
  return reasons.length === 0 || skip(t, `needs ${reasons.join(", ")}`);
}

/** True when the test runs as root, which mounting asks for; otherwise skips, or fails in CI, like `requireTool`. */
export function requireRoot(t: TestContext): boolean {
  return process.getuid?.() === 0 || skip(t, "needs root, to mount");
}

/** A new empty folder that is removed with all it holds when the test is over. */
export function tempFolder(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "sysext-test-")));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Skips a test for a reason that begins with "needs"; with CI=true it fails instead. */
export function skip(t: TestContext, reason: string): false {
  if (process.env["CI"] === "true") throw new Error(`Nothing is skipped in CI, but this test ${reason}.`);
  t.skip(reason);
  return false;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not a program: either way another folder may have it
  }
}
