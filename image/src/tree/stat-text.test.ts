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
