// A device's size is that of all its sectors, whether the kernel tells it or not.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { loopDevice } from "../../../test/support/loop-device.ts";
import { tempFolder } from "../../../test/support/tools.ts";
import { sizeByReading } from "./device-size.ts";
import { openFileSource } from "./file-source.ts";

test("a size is found by reading", async () => {
  for (const sectors of [0, 1, 2, 3, 4, 5, 7, 8, 1000, 2 ** 31 + 3, 2 ** 40 - 1]) {
    let reads = 0;
    const size = await sizeByReading(async (position, length) => {
      reads++;
      return Math.min(length, Math.max(0, sectors * 512 - position));
    });
    assert.equal(size, sectors * 512);
    assert.ok(reads < 100, `${reads} reads`);
  }
});

test("a block device gives its size and its bytes", async (t) => {
  const file = path.join(tempFolder(t), "disk");
  const bytes = Buffer.alloc(5 * 4096, "0123456789");
  writeFileSync(file, bytes);
  const device = loopDevice(t, file);
  if (device === undefined) return;
  const source = await openFileSource(device);
  assert.equal(source.size, bytes.length);
  assert.deepEqual(Buffer.from(await source.read(4095, 600)), bytes.subarray(4095, 4695));
  assert.deepEqual(Buffer.from(await source.read(0, source.size)), bytes);
  await source.close();
});

test("a character device is refused in words", async () => {
  if (process.platform === "win32") return;
  await assert.rejects(openFileSource("/dev/null"), {
    kind: "io",
    message: "it is not a regular file; name an image file or a block device",
  });
});
