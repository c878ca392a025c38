import assert from "node:assert/strict";
import { test } from "node:test";
import { type ImageInfo, infoText, type ListedPartition } from "./image-info.ts";

const info: ImageInfo = {
  ...{ image: "x.raw", format: "squashfs", compression: "zstd", blockSize: 131_072, bytes: 5000, bytesUsed: 5000 },
  releaseFiles: [],
};

test("an image is told line by line, with one size where both are equal", () => {
  assert.equal(
    infoText(info),
    [
      "Image:       x.raw",
      "Format:      squashfs",
      "Compression: zstd",
      "Block size:  128 KiB",
      "Size:        5 kB",
      "No release file: systemd does not recognize this image as an extension.",
      "",
    ].join("\n"),
  );
});

test("what only some images have is told where it is there", () => {
  const text = infoText({
    ...{ ...info, variant: "MBR", bytesUsed: 4000, inodes: 7, created: 60, label: "l", warning: "w\x1b" },
    ...{ name: "demo", class: "confext" },
    releaseFiles: [{ path: "etc/r", name: "demo", class: "confext", content: "A=1\nB=\x1b\n" }],
  });
  assert.match(text, /^Format: +squashfs \(MBR\)$/m);
  assert.match(text, /^Size: +5 kB \(file system 4 kB\)$/m);
  assert.match(text, /^Files and folders: +7$/m);
  assert.match(text, /^Created: +1970-01-01 00:01:00 UTC$/m);
  assert.match(text, /^Label: +l$/m);
  assert.match(text, /^Extension: +demo \(confext\)$/m);
  assert.match(text, /^Warning: +w\\x1b$/m);
  assert.ok(text.endsWith("\n\netc/r:\n  A=1\n  B=\\x1b\n"));
});

test("partitions have number, role, name, content, size, UUID and marks", () => {
  const partition: ListedPartition = {
    ...{ number: 2, type: "guid", role: "usr", architecture: "arm64", uuid: "id", label: "u", start: 0, size: 9000 },
    ...{ readOnly: true, growFileSystem: true, noAuto: true, content: { kind: "erofs", name: "an erofs file system" } },
  };
  const lines = (changes: Partial<ListedPartition>, copy: "first" | "backup" = "first") =>
    infoText({
      ...info,
      partitionTable: {
        ...{ kind: "gpt", guid: "", sectorSize: 512, copy },
        partitions: [{ ...partition, ...changes }],
      },
    }).split("\n");
  const all = lines({});
  assert.ok(all.includes("Partitions (GPT, sectors of 512 bytes):"));
  assert.match(
    all.find((line) => line.startsWith("  2:")) ?? "",
    /^ {2}2: usr arm64, "u", an erofs file system, 9 kB, id, read-only, grows, [a-z ]+$/,
  );
  const bare = lines({ label: "", readOnly: false, growFileSystem: false, noAuto: false, presentBytes: 0 }, "backup");
  assert.match(bare.find((line) => line.startsWith("Partitions")) ?? "", /backup/);
  assert.match(bare.find((line) => line.startsWith("  2:")) ?? "", /^ {2}2: usr arm64, 9 kB .*0 bytes, id$/);
  const { role, ...unknown } = partition;
  const typed = infoText({
    ...info,
    partitionTable: { kind: "mbr", guid: "", sectorSize: 512, copy: "first", partitions: [unknown] },
  });
  assert.match(typed, /MBR.*\n {2}2: type guid arm64, /);
});
