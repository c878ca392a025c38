// Merges the hello example with the real systemd-sysext, as a folder and as the image that we build from it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { tempFolder } from "../support/tools.ts";

const tree = path.join(projectFolder, "examples", "hello");

/** Merges an extension ($2) over a new root below $1, shows what came out, and separates the two again. */
const merge = `
mount -t tmpfs tmpfs /run
root=$1/root
mkdir -p "$root/etc" "$root/usr/lib" "$root/var/lib/extensions"
printf 'ID=example\\nVERSION_ID=1\\n' | tee "$root/etc/os-release" >"$root/usr/lib/os-release"
cp -a "$2" "$root/var/lib/extensions/"
SYSTEMD_LOG_LEVEL=info systemd-sysext --root="$root" merge
"$root/usr/bin/hello"
ls "$root/usr/lib/systemd/system"
systemd-sysext --root="$root" unmerge
`;

function assertMerges(work: string, extension: string): void {
  const { status, output } = withPrivateMounts(merge, work, extension);
  assert.equal(status, 0, output);
  assert.match(output, /Using extensions 'hello'/);
  assert.match(output, /^Hello from a system extension on /m);
  assert.match(output, /^hello\.socket$/m);
}

test("systemd merges the hello tree as a folder", (t) => {
  if (canMount(t, "systemd-sysext")) assertMerges(tempFolder(t), tree);
});

test("systemd merges the image that we build from the hello tree", (t) => {
  if (!canMount(t, "systemd-sysext", "losetup")) return;
  const work = tempFolder(t);
  const image = path.join(work, "hello.raw");
  const cli = path.join(projectFolder, "dist", "cli.cjs");
  execFileSync(process.execPath, [cli, "build", tree, "--output", image], { stdio: "pipe" });
  assertMerges(work, image);
});
