// Images of every tool with every option, as we read them, against what the kernel shows when it has mounted them.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { openImageFile } from "../../image/src/node/index.ts";
import { campaign } from "../support/campaign.ts";
import { canMount } from "../support/private-mounts.ts";
import { makeFullTree, makeLargeTree, sparseFile } from "./full-tree.ts";
import { imageVariants } from "./image-variants.ts";
import { assertAsKernelShows } from "./kernel-mount.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-kernel-"));
const image = path.join(work, "image.raw");

after(() => rmSync(work, { recursive: true, force: true }));

let full: string | undefined;
const fullTree = () => (full ??= newTree("full", makeFullTree));

function newTree(name: string, make: (folder: string) => void): string {
  const folder = path.join(work, name);
  mkdirSync(folder);
  make(folder);
  return folder;
}

/** Files of the full tree that have attributes. */
const filesWithXattrs = 5;

for (const { name, tool, type, compression, make } of imageVariants) {
  test(`an image reads as the kernel shows it: ${name}`, async (t) => {
    if (!canMount(t, tool, "getfattr", "setfattr")) return;
    make(fullTree(), image);
    assert.equal(assertAsKernelShows(image, type), filesWithXattrs);
    const opened = await openImageFile(image);
    if (compression !== undefined) assert.equal(opened.facts.compression, compression);
    assert.equal(opened.format, type);
    await opened.close();
  });
}

/** One of each format; the last one is without the sparse file, of which it would compress all the zeros. */
const largeVariants: Readonly<Record<string, { readonly withSparse: boolean }>> = {
  "squashfs: gzip, 128 KiB blocks": { withSparse: true },
  "erofs: in long chunks": { withSparse: true },
  "ext4, filled by mke2fs": { withSparse: true },
  "btrfs: zstd, filled by the kernel": { withSparse: true },
  "erofs: lz4": { withSparse: false },
};

let large: string | undefined;
const [thousands, holes] = campaign([8, 0.25], [100, 5]);
const largeTree = () => (large ??= newTree("large", (folder) => makeLargeTree(folder, thousands, holes * 2 ** 30)));

for (const [name, { withSparse }] of Object.entries(largeVariants)) {
  const variant = imageVariants.find((some) => some.name === name);
  const what = `${thousands},000 entries ${withSparse ? `and a hole of ${holes} GiB ` : ""}read`;
  test(`${what} as the kernel shows them: ${name}`, async (t) => {
    assert.ok(variant, `there is no variant "${name}"`);
    if (!canMount(t, variant.tool, "getfattr")) return;
    const folder = largeTree();
    if (!withSparse) rmSync(path.join(folder, sparseFile), { force: true });
    variant.make(folder, image);
    assert.equal(assertAsKernelShows(image, variant.type), 0);
  });
}
