import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileStat } from "../../../image/src/index.ts";
import { jsonLine, longLine } from "./listing.ts";

const stat: FileStat = { type: "file", mode: 0o4755, uid: 0, gid: 100, size: 1234, mtime: 1_700_000_000, nlink: 1 };

test("a long line looks like that of ls", () => {
  assert.equal(
    longLine({ path: "usr/bin/tool", stat }),
    "-rwsr-xr-x   1     0   100        1234 2023-11-14 22:13:20 usr/bin/tool\n",
  );
  assert.match(longLine({ path: "tmp", stat: { ...stat, type: "directory", mode: 0o1776 } }), /^drwxrwxrwT /);
  assert.match(longLine({ path: "g", stat: { ...stat, mode: 0o2644 } }), /^-rw-r-Sr-- /);
  assert.match(longLine({ path: "l", stat: { ...stat, type: "symlink" }, target: "a\nb" }), / l -> a\\nb\n$/);
  assert.match(longLine({ path: "sda", stat: { ...stat, type: "block", rdev: 0x1111_0370 } }), / 259, 70000 /);
});

test("a JSON line has all keys, and those that may miss only where they say something", () => {
  assert.deepEqual(JSON.parse(jsonLine({ path: "usr/bin/tool", stat, xattrs: new Map() })), {
    path: "usr/bin/tool",
    type: "file",
    mode: "4755",
    uid: 0,
    gid: 100,
    size: 1234,
    mtime: 1_700_000_000,
  });
  const full = {
    path: "x",
    stat: { ...stat, mode: 0o44, nlink: 3, rdev: 0x103 },
    target: "y",
    xattrs: new Map([["user.a", Uint8Array.from([0, 255])]]),
  };
  const { mode, nlink, rdev, target, xattrs } = JSON.parse(jsonLine(full));
  assert.deepEqual(
    { mode, nlink, rdev, target, xattrs },
    {
      mode: "0044",
      nlink: 3,
      rdev: "1:3",
      target: "y",
      xattrs: { "user.a": "AP8=" },
    },
  );
});

test("a name's odd bytes survive in JSON", () => {
  assert.equal(JSON.parse(jsonLine({ path: "odd-\udcff\n", stat })).path, "odd-\udcff\n");
});
