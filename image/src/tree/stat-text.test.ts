// Modes and device numbers read as in ls.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceNumbers, modeText } from "./stat-text.ts";

test("modes read as in ls, special bits too", () => {
  assert.equal(modeText({ type: "file", mode: 0o755 }), "-rwxr-xr-x");
  assert.equal(modeText({ type: "directory", mode: 0o1777 }), "drwxrwxrwt");
  assert.equal(modeText({ type: "file", mode: 0o4711 }), "-rws--x--x");
  assert.equal(modeText({ type: "file", mode: 0o7644 }), "-rwSr-Sr-T");
  assert.equal(modeText({ type: "symlink", mode: 0o777 }), "lrwxrwxrwx");
  assert.equal(modeText({ type: "char", mode: 0o600 }), "crw-------");
});

test("device numbers come out of the kernel's encoding", () => {
  assert.deepEqual(deviceNumbers(0x103), { major: 1, minor: 3 });
  assert.deepEqual(deviceNumbers(0x10010301), { major: 259, minor: 65_537 });
});

test("every type has its letter, and every bit its place", () => {
  const letters = (["file", "directory", "symlink", "char", "block", "fifo", "socket"] as const).map(
    (type) => modeText({ type, mode: 0 })[0],
  );
  assert.equal(letters.join(""), "-dlcbps");
  const bits = [0o400, 0o200, 0o100, 0o040, 0o020, 0o010, 0o004, 0o002, 0o001];
  assert.deepEqual(
    bits.map((mode) => modeText({ type: "file", mode })),
    [
      "-r--------",
      "--w-------",
      "---x------",
      "----r-----",
      "-----w----",
      "------x---",
      "-------r--",
      "--------w-",
      "---------x",
    ],
  );
  assert.deepEqual(
    [0o4000, 0o2000, 0o1000].map((mode) => modeText({ type: "file", mode })),
    ["---S------", "------S---", "---------T"],
  );
});

test("device numbers have 12 bits of major and 20 of minor", () => {
  assert.deepEqual(deviceNumbers(0xffffffff), { major: 0xfff, minor: 0xfffff });
  assert.deepEqual(deviceNumbers(0xfff00), { major: 0xfff, minor: 0 });
  assert.deepEqual(deviceNumbers(0xfff000ff), { major: 0, minor: 0xfffff });
});
