// Images of mkfs.erofs that no kernel would mount.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { openImageFile } from "../../image/src/node/index.ts";
import { canMount } from "../support/private-mounts.ts";
import { makeErofs } from "./image-variants.ts";
import { makeSampleTree } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-erofs-"));
after(() => rmSync(work, { recursive: true, force: true }));

test("an image of which the end is missing says how long it should be", async (t) => {
  if (!canMount(t, "mkfs.erofs")) return;
  const sample = path.join(work, "sample");
  const image = path.join(work, "image.raw");
  makeSampleTree(sample);
  makeErofs(sample, image);
  const { size } = statSync(image);
  writeFileSync(image, readFileSync(image).subarray(0, size - 100_000));
  await assert.rejects(openImageFile(image), { kind: "corrupt", message: /should have \d+ bytes/ });
});
