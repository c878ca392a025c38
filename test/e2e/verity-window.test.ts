// dm-verity in the overview, in a folder that nobody trusts: an intact disk, a damaged one, and a check that is stopped.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { projectFolder } from "../../scripts/project-folder.ts";
import { buildDisk } from "../images/memory-disk.ts";
import { buildInMemory } from "../images/memory-image.ts";
import { findTool, requireTool, tempFolder } from "../support/tools.ts";
import { neededTools } from "./editor-servers.ts";
import { openVsCode } from "./run-in-vscode.ts";
import { changeTheme, step, treeRow, waitForWorkbench } from "./window.ts";

const release = "lib/extension-release.d/extension-release.guarded";
/** Bytes that take long enough to check that somebody can stop it; most of them take no room on the disk. */
const much = 2 ** 31;
const cache = path.join(projectFolder, ".cache", "screenshots");

/** Hashes of an image's file, which lie beside it as systemd looks for them. */
function makeHashes(folder: string, name: string): Uint8Array {
  const [image, hashes, rootHash] = ["raw", "verity", "roothash"].map((end) => path.join(folder, `${name}.${end}`));
  const options = ["--data-block-size=4096", `--root-hash-file=${rootHash}`];
  execFileSync(findTool("veritysetup") ?? "", ["format", ...options, image ?? "", hashes ?? ""], { stdio: "pipe" });
  return readFileSync(hashes ?? "");
}

/** A disk with data and hashes in partitions, the same with a damaged byte, and a large image with its hashes beside it. */
async function guardedImages(t: TestContext): Promise<string> {
  const work = tempFolder(t);
  const folder = path.join(work, "images");
  mkdirSync(folder);
  const plan = { hierarchies: ["lib", "share"] };
  const content = await buildInMemory({ [release]: "ID=_any\n", "share/noise": Buffer.alloc(300_000, 7) }, plan);
  const image = Buffer.alloc(Math.ceil(content.length / 4096) * 4096);
  image.set(content);
  writeFileSync(path.join(work, "guarded.raw"), image);
  const hashes = makeHashes(work, "guarded");
  const rootHash = readFileSync(path.join(work, "guarded.roothash"));
  const parts = [
    { type: "usr", label: "usr", content: image },
    { type: "usr-verity", label: "usr-verity", content: hashes },
  ] as const;
  const disk = buildDisk(parts);
  for (const [name, position] of Object.entries({ intact: undefined, damaged: content.length - 2 })) {
    const bytes = Buffer.from(disk);
    const start = bytes.indexOf(image);
    if (position !== undefined) bytes[start + position] = (bytes[start + position] ?? 0) ^ 0x5a;
    writeFileSync(path.join(folder, `${name}.raw`), bytes);
    writeFileSync(path.join(folder, `${name}.usrhash`), rootHash);
  }
  writeFileSync(path.join(folder, "large.raw"), image);
  truncateSync(path.join(folder, "large.raw"), much);
  makeHashes(folder, "large");
  return folder;
}

async function openOverview(page: Page, name: string): Promise<FrameLocator> {
  await treeRow(page, name).dblclick(); // a single click would show it in the place of the one before
  await page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
  const frame = page.locator("iframe.webview.ready:visible").last();
  const overview = frame.contentFrame().frameLocator("iframe");
  await overview.locator("h1", { hasText: name }).waitFor();
  return overview;
}

test("dm-verity in the overview, in high contrast and Restricted Mode", async (t) => {
  if (!requireTool(t, ...neededTools, "veritysetup")) return;
  const folder = await guardedImages(t);
  const window = await openVsCode({ folder, untrusted: true });
  t.after(() => window.close());
  const { page } = window;
  await waitForWorkbench(page);
  await changeTheme(page, folder, "Default High Contrast");

  await step(t, page, "a disk whose content is what its root hash stands for is intact", async () => {
    const overview = await openOverview(page, "intact.raw");
    await overview.locator(".tile").first().waitFor();
    await overview.getByRole("button", { name: "Extract…" }).waitFor();
    const part = overview.locator("[data-part=verity-0]");
    await part.getByRole("button", { name: "Check Integrity" }).click();
    await part.locator(".note.good", { hasText: /^Intact: all / }).waitFor();
    await page.screenshot({ path: path.join(cache, "overview-contrast.png") });
    await part.scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(cache, "overview-contrast-verity.png") });
  });

  await step(t, page, "damage is told with its place", async () => {
    const part = (await openOverview(page, "damaged.raw")).locator("[data-part=verity-0]");
    await part.getByRole("button", { name: "Check Integrity" }).click();
    await part.locator(".note.error", { hasText: /^Not intact: 4.* the first of them at byte \d+\.$/ }).waitFor();
    await part.scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(cache, "overview-contrast-damage.png") });
  });

  await step(t, page, "a long check tells how far it is, and can be stopped", async () => {
    const part = (await openOverview(page, "large.raw")).locator("[data-part=verity-0]");
    await part.getByRole("button", { name: "Check Integrity" }).click();
    await part.locator(".progress", { hasText: / of 2\S*\sGB? checked/ }).waitFor();
    await part.getByRole("button", { name: "Cancel" }).click();
    await part.getByRole("button", { name: "Check Integrity" }).waitFor();
    assert.equal(await part.locator(".note").count(), 0);
  });
});
