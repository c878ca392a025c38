// Images are filtered together: within bounds, whatever is wrong with one of them, and part by part.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree, type OpenDisk, type Partition } from "../../../image/src/index.ts";
import { type FilterPart, filterImages, hasHits, searchedParts } from "./filter-images.ts";
import { indexPaths } from "./path-index.ts";

const bounds = { matches: 100, images: 10 };
const { signal } = new AbortController();

function part(id: string, paths: readonly string[]): FilterPart {
  const tree = memoryTree(Object.fromEntries(paths.map((path) => [path, ""])));
  return { id, index: async () => indexPaths(tree) };
}

const demo = part("file:///w/demo.raw", ["usr/bin/demo", "usr/bin/other"]);
const disk = [
  part("file:///w/disk.raw", ["usr/lib/demo.conf"]),
  part("file:///w/disk.raw#partition=2", ["EFI/demo.efi", "EFI/demo"]),
];
const all = async (parts: readonly FilterPart[]): Promise<readonly FilterPart[]> => parts;

test("hits are counted over all images and kept by part", async () => {
  const found = await filterImages([[demo], disk], all, "demo", bounds, signal);
  assert.deepEqual([found.matches, found.names, found.cut], [4, 10, false]);
  assert.deepEqual(
    [...found.hits].map(([id, { count }]) => `${id} ${count}`),
    ["file:///w/demo.raw 1", "file:///w/disk.raw 1", "file:///w/disk.raw#partition=2 2"],
  );
  const efi = await filterImages([[demo], disk], all, "efi", bounds, signal);
  assert.ok(hasHits(efi.hits, "file:///w/disk.raw"), "a partition's match is one of its disk");
  assert.ok(!hasHits(efi.hits, "file:///w/demo.raw"));
  assert.ok(!hasHits(efi.hits, "file:///w/disk"), "a name that begins alike is another image");
});

test("no more than the bounds are looked for, and it is said", async () => {
  const few = await filterImages([[demo], disk], all, "demo", { matches: 2, images: 10 }, signal);
  assert.deepEqual([few.matches, few.cut], [2, true]);
  let opened = 0;
  const counting = async (parts: readonly FilterPart[]): Promise<readonly FilterPart[]> => {
    opened += 1;
    return parts;
  };
  const full = await filterImages([[demo], disk], counting, "demo", { matches: 1, images: 10 }, signal);
  assert.deepEqual([full.matches, full.cut, opened], [1, true, 1], "with nothing left to show no image is opened");
  const one = await filterImages([[demo], disk], all, "demo", { matches: 100, images: 1 }, signal);
  assert.deepEqual([one.matches, one.cut], [1, true]);
});

test("what cannot be opened or read is left out", async () => {
  const broken = { id: "broken", index: () => Promise.reject(new Error("damaged")) };
  const partsOf = (parts: readonly FilterPart[] | undefined): Promise<readonly FilterPart[]> =>
    parts === undefined ? Promise.reject(new Error("gone")) : all(parts);
  const found = await filterImages([undefined, [broken], [demo]], partsOf, "demo", bounds, signal);
  assert.deepEqual([[...found.hits.keys()], found.cut], [["file:///w/demo.raw"], false]);
});

test("whoever types on ends the search, also in an image that cannot be read", async () => {
  const control = new AbortController();
  const broken = {
    id: "broken",
    index: () => {
      control.abort();
      return Promise.reject(new Error("damaged"));
    },
  };
  await assert.rejects(filterImages([[broken], [demo]], all, "demo", bounds, control.signal), { name: "AbortError" });
});

test("a disk's extension and its other partitions are searched, and nothing twice", () => {
  const readable = [{ number: 1, role: "usr" }, { number: 2, role: "esp" }, { number: 3 }] as unknown as Partition[];
  const disk = { partitions: readable } as unknown as OpenDisk;
  const numbers = (format: "disk" | "squashfs"): unknown => {
    const { files, partitions } = searchedParts({ disk, format }, readable);
    return [files, partitions.map(({ number }) => number)];
  };
  assert.deepEqual(numbers("squashfs"), [true, [2, 3]]);
  assert.deepEqual(numbers("disk"), [false, [1, 2, 3]]);
  assert.deepEqual(searchedParts({ format: "tar" }, []), { files: true, partitions: [] });
});
