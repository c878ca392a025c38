// Images of the real tools in which a name was changed into one that no file may have: nothing leaves the folder it is extracted to.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { memorySource, openImage } from "../../image/src/index.ts";
import { extractTree, nodeDecompressors } from "../../image/src/node/index.ts";
import { encodeName } from "../../image/src/tree/names.ts";
import { canMount } from "../support/private-mounts.ts";
import { findTool, requireTool, tempFolder } from "../support/tools.ts";
import { makeErofs } from "./image-variants.ts";
import { patched } from "./memory-image.ts";
import { makeSquashfs } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-names-"));
const source = path.join(work, "source");

before(() => {
  mkdirSync(path.join(source, "bad"), { recursive: true });
  for (const name of ["good", "odd"]) mkdirSync(path.join(source, name));
  for (const name of ["bad/first-name", "bad/other-name", "bad/QQ", "odd/some-entry", "good/file"]) {
    writeFileSync(path.join(source, name), "content");
  }
});
after(() => rmSync(work, { recursive: true, force: true }));

/** Not a random one, in which a name might stand by chance. */
const uuid = "00112233-4455-6677-8899-aabbccddeeff";

/** Makes an image in which names stand as they are and have no checksum; undefined when a tool is missing. */
const makers: Readonly<Record<string, (t: TestContext, image: string) => boolean>> = {
  squashfs(t, image) {
    if (!requireTool(t, "mksquashfs")) return false;
    makeSquashfs(source, image, "-noI", "-noId", "-noD", "-noF", "-noX");
    return true;
  },
  erofs(t, image) {
    if (!canMount(t, "mkfs.erofs")) return false;
    makeErofs(source, image, "-Enosbcrc", "-U", uuid);
    return true;
  },
  ext4(t, image) {
    if (!requireTool(t, "mke2fs")) return false;
    writeFileSync(image, "");
    truncateSync(image, 4 << 20);
    const options = [
      "-q",
      "-t",
      "ext4",
      "-O",
      "^metadata_csum,^has_journal",
      "-U",
      uuid,
      "-E",
      `hash_seed=${uuid}`,
      "-d",
      source,
      image,
    ];
    execFileSync(findTool("mke2fs") ?? "", options, { stdio: "pipe" });
    return true;
  },
};

/** Names that no file may have, or that another one has, in place of others. */
const impossible: readonly (readonly [before: string, after: string])[] = [
  ["first-name", "first/name"],
  ["first-name", "../../../x"],
  ["first-name", "/etc/xyzzy"],
  ["first-name", "first\0name"],
  ["first-name", "other-name"],
  ["QQ", ".."],
  ["QQ", "Q/"],
  ["QQ", "\0Q"],
];

for (const [format, make] of Object.entries(makers)) {
  const image = path.join(work, `${format}.raw`);
  const made = new Map<string, boolean>();
  const imageFor = (t: TestContext): Uint8Array | undefined => {
    const known = made.get(format) ?? make(t, image);
    made.set(format, known);
    return known ? readFileSync(image) : undefined;
  };

  test(`${format}: names that lead elsewhere, or are there twice, make no file outside, and the others come`, async (t) => {
    const bytes = imageFor(t);
    if (bytes === undefined) return;
    for (const [before, after] of impossible) {
      const says = JSON.stringify(after);
      const { tree } = await openImage(memorySource(patched(bytes, before, after)), nodeDecompressors());
      const folder = path.join(tempFolder(t), "in");
      const { leftOut } = await extractTree(tree, [""], folder, { mayRunPrograms: false });
      assert.deepEqual(readdirSync(path.dirname(folder)), ["in"], says);
      assert.deepEqual(readdirSync(folder), ["bad", "good", ...(format === "ext4" ? ["lost+found"] : []), "odd"], says);
      assert.equal(readFileSync(path.join(folder, "good/file"), "utf8"), "content", says);
      const came = readdirSync(path.join(folder, "bad"));
      if (after === ".." && format !== "squashfs") {
        // Their folders have that entry, so one more is passed over as well.
        assert.deepEqual([(await tree.list("bad")).length, came, leftOut], [2, ["first-name", "other-name"], []]);
        continue;
      }
      await assert.rejects(tree.list("bad"), { kind: "corrupt" }, says);
      assert.deepEqual([came, leftOut.map(({ path: at }) => at)], [[], ["bad"]], says);
      assert.match(leftOut[0]?.reason ?? "", /^its entries cannot be read: /);
      // What stands behind a zero is told as it is stored, which for the last name of a block may be nothing.
      if (!after.includes("\0")) assert.ok(leftOut[0]?.reason.includes(says), leftOut[0]?.reason);
    }
  });

  test(`${format}: names with signs that act on a terminal are names`, async (t) => {
    const bytes = imageFor(t);
    if (bytes === undefined) return;
    for (const after of ["\x1b]0;title\x07", "new\nline\r\t", "\x80\xff\xc3\x28bytes", "\\..\\..\\x-"].map((name) =>
      name.padEnd(10, "!").slice(0, 10),
    )) {
      const { tree } = await openImage(memorySource(patched(bytes, "some-entry", after)), nodeDecompressors());
      const [entry] = await tree.list("odd");
      assert.ok(entry);
      // A byte that is no UTF-8 is kept as a lone surrogate.
      assert.equal(Buffer.from(encodeName(entry.name)).toString("latin1"), after);
      assert.equal((await tree.stat(`odd/${entry.name}`)).size, "content".length);
      if (process.platform === "win32") continue;
      const folder = path.join(tempFolder(t), "in");
      await extractTree(tree, [""], folder, { mayRunPrograms: false });
      const came = readdirSync(path.join(folder, "odd"), { encoding: "latin1" });
      assert.deepEqual(came, [after]);
    }
  });
}
