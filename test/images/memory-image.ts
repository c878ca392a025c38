// Builds small images in memory, for tests that read or damage them.
import { createHash } from "node:crypto";
import { treeEncoder } from "../../image/src/codec/tree-encoder.ts";
import type { BuildPlan } from "../../image/src/formats/writable-formats.ts";
import { createCompressor } from "../../image/src/node/compressors.ts";
import { writeSquashfs } from "../../image/src/squashfs/writer.ts";
import type { FileTree } from "../../image/src/tree/file-tree.ts";
import { type MemoryFiles, memoryTree } from "../../image/src/tree/memory-tree.ts";

/** The image of the folder `usr` of a tree, in 4 KiB blocks; nothing in it is compressed unless `plan` says so. */
export async function buildInMemory(files: MemoryFiles | FileTree, plan: Partial<BuildPlan> = {}): Promise<Uint8Array> {
  const whole: BuildPlan = {
    format: "squashfs",
    hierarchies: ["usr"],
    compression: "none",
    level: 6,
    blockSize: 4096,
    ...plan,
  };
  const tree = isTree(files) ? files : memoryTree(files);
  const compress = createCompressor(whole, whole.blockSize);
  const encoder = treeEncoder(tree, compress, () => {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), finish: () => hash.digest("hex") };
  });
  let image = new Uint8Array(0);
  const sink = {
    async write(offset: number, bytes: Uint8Array): Promise<void> {
      if (offset + bytes.length > image.length) {
        const larger = new Uint8Array(offset + bytes.length);
        larger.set(image);
        image = larger;
      }
      image.set(bytes, offset);
    },
  };
  await writeSquashfs(tree, whole, sink, encoder, { depth: 1 });
  return image;
}

function isTree(files: MemoryFiles | FileTree): files is FileTree {
  return typeof files.stat === "function";
}

/** A copy of `image` in which the only occurrence of `before` is `after`, which is as long. Both have one byte a character. */
export function patched(image: Uint8Array, before: string, after: string): Uint8Array {
  const copy = Buffer.from(image);
  const at = copy.indexOf(before, 0, "latin1");
  if (at < 0 || copy.indexOf(before, at + 1, "latin1") >= 0 || before.length !== after.length) {
    throw new Error(`cannot replace ${JSON.stringify(before)}`);
  }
  copy.write(after, at, "latin1");
  return copy;
}
