// Large extractions, which several threads share: the same files as one thread would write, and nothing half written.
import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { treeBelow } from "../../client/src/images/tree-below.ts";
import { compareTrees } from "../../image/src/index.ts";
import { extractTree, hostFolder, openImageFile } from "../../image/src/node/index.ts";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { makeErofs } from "./image-variants.ts";
import { makeSquashfs, noise, prose } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-extract-"));
after(() => rmSync(work, { recursive: true, force: true }));

const asUser = { mayRunPrograms: false };

/** More than threads are started for: a file of several parts with a hole, files of one part, and small ones. */
function makeSource(): string {
  const source = path.join(work, "source");
  mkdirSync(path.join(source, "usr/many"), { recursive: true });
  const sparse = path.join(source, "usr/a-large");
  writeFileSync(sparse, noise(3_000_000, "begin"));
  truncateSync(sparse, 40_000_000);
  writeFileSync(sparse, prose(20_000_001, "end"), { flag: "a" });
  truncateSync(sparse, 70_000_000);
  for (let i = 0; i < 40; i++) {
    writeFileSync(path.join(source, `usr/many/file-${i}`), prose(i * 30_000, `file ${i}`));
  }
  return source;
}

const images = [
  ["squashfs", "mksquashfs", (source: string, image: string) => makeSquashfs(source, image, "-comp", "zstd")],
  ["squashfs with xz", "mksquashfs", (source: string, image: string) => makeSquashfs(source, image, "-comp", "xz")],
  ["erofs", "mkfs.erofs", (source: string, image: string) => makeErofs(source, image, "-zlz4")],
] as const;

for (const [name, tool, make] of images) {
  test(`${name}: every byte, mode, time and hole comes`, async (t) => {
    if (!requireTool(t, tool)) return;
    const image = path.join(work, `${name}.raw`);
    make(makeSource(), image);
    const folder = path.join(tempFolder(t), "out");
    const { tree, handle, close } = await openImageFile(image);
    t.after(close);
    const summary = await extractTree(tree, ["usr"], folder, { ...asUser, image: { handle } });
    assert.deepEqual(summary.leftOut, []);
    const differences = await compareTrees(tree, hostFolder(folder), { ignore: ["xattrs"] });
    assert.deepEqual(
      differences.filter(({ path: at }) => at !== ""),
      [],
    );
    const { size, blocks } = statSync(path.join(folder, "usr/a-large"));
    assert.ok(blocks * 512 < size - 40_000_000, `${blocks} blocks`);

    const below = path.join(tempFolder(t), "below");
    await extractTree(treeBelow(tree, "usr"), ["a-large"], below, { ...asUser, image: { handle, root: "usr" } });
    assert.deepEqual(readdirSync(below), ["a-large"]);
    assert.ok(readFileSync(path.join(below, "a-large")).equals(readFileSync(path.join(folder, "usr/a-large"))));
  });
}

test("a damaged block leaves its file out, and the others come", async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const image = path.join(work, "damaged.raw");
  makeSquashfs(makeSource(), image, "-comp", "gzip");
  const bytes = readFileSync(image);
  bytes.fill(0x55, 3_010_000, 3_020_000); // behind what is noise, and therefore stored as it is
  writeFileSync(image, bytes);
  const folder = path.join(tempFolder(t), "out");
  const { tree, handle, close } = await openImageFile(image);
  t.after(close);
  const { leftOut, files } = await extractTree(tree, ["usr"], folder, { ...asUser, image: { handle } });
  assert.deepEqual(
    leftOut.map(({ path: at }) => at),
    ["usr/a-large"],
  );
  assert.match(leftOut[0]?.reason ?? "", /^the image is damaged: a compressed block cannot be unpacked/);
  assert.equal(files, 40);
  assert.deepEqual(readdirSync(path.join(folder, "usr")), ["many"]);
});

test("cancelled in the middle, nothing half written is left", async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const image = path.join(work, "cancelled.raw");
  makeSquashfs(makeSource(), image, "-comp", "gzip");
  const folder = path.join(tempFolder(t), "out");
  const { tree, handle, close } = await openImageFile(image);
  t.after(close);
  const stop = new AbortController();
  const onProgress = ({ bytes }: { bytes: number }): void => {
    if (bytes > 10_000_000) stop.abort();
  };
  const options = { ...asUser, image: { handle }, signal: stop.signal, onProgress };
  await assert.rejects(extractTree(tree, [""], folder, options), { name: "AbortError" });
  assert.deepEqual(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /large|\.#/.test(name)),
    [],
  );
});

test("a full disk is told, and leaves no half of a file", async (t) => {
  if (!canMount(t) || !requireTool(t, "mksquashfs")) return;
  const image = path.join(work, "full.raw");
  makeSquashfs(makeSource(), image, "-comp", "gzip");
  const cli = path.join(import.meta.dirname, "../../cli/src/main.ts");
  const mount = tempFolder(t);
  const script =
    'mount -t tmpfs -o size=8m none "$1"; "$2" "$3" extract "$4" --output "$1/out" || echo "status $?"; ls -A "$1/out/usr"; umount "$1"';
  const { output } = withPrivateMounts(script, mount, process.execPath, cli, image);
  assert.match(output, /cannot write to ".*": the disk is full/);
  assert.match(output, /status 2\n(?:many\n)?$/);
});
