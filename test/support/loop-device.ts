// Gives a test a block device that the kernel makes of a file.
import { spawnSync } from "node:child_process";
import type { TestContext } from "node:test";
import { findTool, requireRoot, requireTool, skip } from "./tools.ts";

/**
 * The path of a read-only block device with the bytes of `file`, which is gone when the test is over. Skips the test, or
 * fails it in CI, and gives undefined where there is none, as in most containers.
 */
export function loopDevice(t: TestContext, file: string): string | undefined {
  if (!requireTool(t, "losetup") || !requireRoot(t)) return undefined;
  const losetup = findTool("losetup") ?? "";
  const { status, stdout, stderr } = spawnSync(losetup, ["--find", "--show", "--read-only", file], {
    encoding: "utf8",
  });
  if (status !== 0) {
    skip(t, `needs loop devices (${stderr.trim()})`);
    return undefined;
  }
  const device = stdout.trim();
  t.after(() => spawnSync(losetup, ["--detach", device]));
  return device;
}
