// Runs a program of Debian 13 that makes images, on a folder of the host.
import assert from "node:assert/strict";
import path from "node:path";
import { withPrivateMounts } from "../support/private-mounts.ts";
import { debian13, findTool } from "../support/tools.ts";

/** The program sees `folder` under this name. */
export const inside = "/mnt";

/** Runs a program with `folder` mounted at `inside`; throws when it fails. */
export function runOfDebian13(program: string, folder: string, ...args: readonly string[]): void {
  const file = `/${path.relative(debian13, findTool(program) ?? "")}`;
  const script = `root=$1; folder=$2; shift 2; mkdir -p "$root${inside}"; mount --bind "$folder" "$root${inside}"; exec chroot "$root" "$@"`;
  const { status, output } = withPrivateMounts(script, debian13, folder, file, ...args);
  assert.equal(status, 0, `${program} ${args.join(" ")}: ${output.slice(-2000)}`);
}
