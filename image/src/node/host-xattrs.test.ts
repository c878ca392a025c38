import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDump } from "./host-xattrs.ts";

test("a dump of getfattr is read with odd names and empty values", () => {
  const dump = [
    "# file: usr/bin/ping",
    "security.capability=0x0100000200200000",
    "",
    "# file: usr/a\\012b\\303\\244",
    "user.empty",
    "user.some=0x00ff",
    "",
  ].join("\n");
  const files = parseDump(Buffer.from(dump));
  assert.deepEqual([...files.keys()], ["usr/bin/ping", "usr/a\nbä"]);
  assert.deepEqual(files.get("usr/bin/ping")?.get("security.capability"), Buffer.from("0100000200200000", "hex"));
  assert.deepEqual(files.get("usr/a\nbä")?.get("user.empty"), Buffer.alloc(0));
  assert.deepEqual(files.get("usr/a\nbä")?.get("user.some"), Buffer.from([0, 255]));
});
