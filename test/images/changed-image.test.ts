// Image files that become shorter, are deleted or overwritten while they are open: each file is whole, or left out with the reason.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
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
import { after, before, type TestContext, test } from "node:test";
import { ImageError, walkTree } from "../../image/src/index.ts";
import { extractTree, openImageFile } from "../../image/src/node/index.ts";
import { canMount } from "../support/private-mounts.ts";
import { findTool, requireTool, tempFolder } from "../support/tools.ts";
import { makeErofs } from "./image-variants.ts";
import { makeSquashfs, noise, prose } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-changed-"));
const source = path.join(work, "source");

before(() => {
  mkdirSync(path.join(source, "many"), { recursive: true });
  writeFileSync(path.join(source, "large"), Buffer.concat([noise(3_000_000, "large"), prose(33_000_000, "large")]));
  for (let at = 0; at < 40; at++) writeFileSync(path.join(source, `many/${at}`), noise(20_000 + at, `${at}`));
});
after(() => rmSync(work, { recursive: true, force: true }));

/** Each makes an image of the source, and tells whether its tool is here. */
const makers: Readonly<Record<string, (t: TestContext, image: string) => boolean>> = {
  squashfs(t, image) {
    if (!requireTool(t, "mksquashfs")) return false;
    makeSquashfs(source, image, "-comp", "gzip");
    return true;
  },
  erofs(t, image) {
    if (!canMount(t, "mkfs.erofs")) return false;
    makeErofs(source, image, "-zlz4");
    return true;
  },
  ext4(t, image) {
    if (!requireTool(t, "mke2fs")) return false;
    writeFileSync(image, "");
    truncateSync(image, 64 << 20);
    execFileSync(findTool("mke2fs") ?? "", ["-q", "-t", "ext4", "-d", source, image], { stdio: "pipe" });
    return true;
  },
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

for (const [format, make] of Object.entries(makers)) {
  const whole = path.join(work, `${format}.raw`);
  const openCopy = async (t: TestContext) => {
    if (!make(t, whole)) return undefined;
    const image = path.join(tempFolder(t), "image.raw");
    copyFileSync(whole, image);
    const opened = await openImageFile(image);
    t.after(opened.close);
    const folder = path.join(tempFolder(t), "out");
    const extract = async () =>
      await extractTree(opened.tree, [""], folder, { mayRunPrograms: false, image: { handle: opened.handle } });
    return { ...opened, image, folder, extract };
  };

  test(`${format}: of an image that became shorter each file comes whole, or is left out with the reason`, async (t) => {
    for (const share of [0.9, 0.5, 0.1, 0]) {
      const opened = await openCopy(t);
      if (opened === undefined) return;
      const { image, tree, folder, extract } = opened;
      // What is found by now is kept, so that reading fails at different places.
      if (share > 0) await tree.list("");
      truncateSync(image, Math.floor(statSync(image).size * share));
      const { leftOut } = await extract().catch((error: unknown) => {
        assert.ok(error instanceof ImageError, String(error));
        return { leftOut: [{ path: "", reason: error.message }] };
      });
      const came = filesBelow(folder);
      for (const file of came) {
        assert.ok(readFileSync(path.join(folder, file)).equals(readFileSync(path.join(source, file))), file);
      }
      assert.ok(leftOut.length > 0 || came.length === 41, `${share}: nothing is said of what is missing`);
      for (const { path: at, reason } of leftOut) assert.match(reason, /was truncated/, at);
      for (const file of filesBelow(source)) {
        const isNamed = leftOut.some(({ path: at }) => at === "" || file === at || file.startsWith(`${at}/`));
        assert.notEqual(came.includes(file), isNamed, `${share}: ${file}`);
      }
    }
  });

  test(`${format}: an image that was deleted is read to its end, as it is open`, async (t) => {
    const opened = await openCopy(t);
    if (opened === undefined || process.platform === "win32") return;
    rmSync(opened.image);
    const { leftOut } = await opened.extract();
    assert.deepEqual([leftOut, filesBelow(opened.folder)], [[], filesBelow(source)]);
  });

  test(`${format}: an image that is overwritten ends in a result or an ImageError`, async (t) => {
    const opened = await openCopy(t);
    if (opened === undefined) return;
    const { image, tree, extract, folder } = opened;
    await tree.list("");
    writeFileSync(image, Buffer.alloc(statSync(image).size, noise(65_537, "other")), { flag: "r+" });
    const isImageError = (error: unknown): undefined => void assert.ok(error instanceof ImageError, String(error));
    await extract().catch(isImageError);
    assert.deepEqual(readdirSync(path.dirname(folder)), ["out"]);
    try {
      for await (const { path: at, type } of walkTree(tree, "")) {
        if (type === "file") await tree.read(at, 0, 1 << 20).catch(isImageError);
      }
    } catch (error) {
      isImageError(error);
    }
  });
}
