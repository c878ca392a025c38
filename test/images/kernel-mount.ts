// What the kernel shows of an image that it has mounted, against what we read of it.
import assert from "node:assert/strict";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withPrivateMounts } from "../support/private-mounts.ts";

const program = fileURLToPath(new URL("compare-with-mount.ts", import.meta.url));

/** Bytes of an image that the kernel mounts, as for a partition. */
export interface MountedPart {
  readonly offset: number;
  readonly size: number;
}

/**
 * Mounts the image, which has a file system of `type`, and asserts that we read the same: names, types, modes, owners,
 * times, links, devices, targets, attributes, and the whole of every file. Gives how many files have attributes.
 */
export function assertAsKernelShows(image: string, type: string, part?: MountedPart): number {
  const mount = mkdtempSync(path.join(tmpdir(), "sysext-mount-"));
  const place = part === undefined ? "" : `,offset=${part.offset},sizelimit=${part.size}`;
  const script = 'mount -t "$3" -o "loop,ro$4" "$1" "$2"; "$5" "$6" "$1" "$2"; umount "$2"';
  try {
    const { status, output } = withPrivateMounts(script, image, mount, type, place, process.execPath, program);
    assert.equal(status, 0, output);
    const { differences, xattrs } = JSON.parse(output) as { differences: unknown[]; xattrs: number };
    assert.deepEqual(differences, []);
    return xattrs;
  } finally {
    rmdirSync(mount);
  }
}
