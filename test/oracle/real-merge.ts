// Asks the machine's own systemd-sysext which of some extensions it merges on a host, over a throw-away root.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "node:test";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { tempFolder } from "../support/tools.ts";

/** Files of an extension's tree by path. */
export type TreeFiles = Readonly<Record<string, string>>;

export interface MergeResult {
  /** Names of the extensions that take effect, sorted. */
  readonly merged: readonly string[];
  /** All that systemd-sysext said. */
  readonly log: string;
}

/** True when `mergeOn` can run here; skips the test, or fails it in CI, when not. */
export function canMerge(t: TestContext): boolean {
  return canMount(t, "systemd-sysext");
}

/** $1 is a folder with the host's `os-release` and its `extensions`. */
const script = `
mount -t tmpfs tmpfs /run
mkdir -p "$1/host/etc" "$1/host/opt" "$1/host/usr/lib" "$1/host/var/lib"
cp "$1/os-release" "$1/host/etc/os-release"
cp "$1/os-release" "$1/host/usr/lib/os-release"
mv "$1/extensions" "$1/host/var/lib/extensions"
SYSTEMD_LOG_LEVEL=debug systemd-sysext --root="$1/host" merge || true
if [ -d "$1/host/usr/share/merged" ]; then ls "$1/host/usr/share/merged" | sed 's/^/merged: /'; fi
systemd-sysext --root="$1/host" unmerge >/dev/null 2>&1 || true
`;

/** Merges folders by name on a host with this os-release file. */
export function mergeOn(
  t: TestContext,
  osRelease: string,
  extensions: Readonly<Record<string, TreeFiles>>,
): MergeResult {
  const work = tempFolder(t);
  writeFileSync(path.join(work, "os-release"), osRelease);
  for (const [name, files] of Object.entries(extensions)) {
    // What counts is what the merged root holds: systemd-sysext can fail behind its choice, and say so in its log only.
    writeTree(path.join(work, "extensions", name), { ...files, [`usr/share/merged/${name}`]: "" });
  }
  const { output } = withPrivateMounts(script, work);
  return { merged: [...output.matchAll(/^merged: (.*)$/gm)].map(([, name = ""]) => name).sort(), log: output };
}

/** Writes files below a folder. */
export function writeTree(folder: string, files: TreeFiles): void {
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
