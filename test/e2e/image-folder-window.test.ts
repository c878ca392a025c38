// An image as a folder of the workspace, in the window: found by name and by content, previewed, checked, and never changed.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import type { Locator, Page } from "playwright-core";
import { projectFolder } from "../../scripts/project-folder.ts";
import { buildInMemory } from "../images/memory-image.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { neededTools } from "./editor-servers.ts";
import { openVsCode } from "./run-in-vscode.ts";
import { step, treeRow, waitForWorkbench } from "./window.ts";

const pictureWidth = 40;
const cache = path.join(projectFolder, ".cache", "screenshots");

/** A picture of one colour. */
function picture(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(width * 3, 0xc0)]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** A workspace that has a file already, since VS Code opens its window anew where it has to make one. */
async function imageWorkspace(t: TestContext): Promise<string> {
  // A long path, as the URI of each file inside the image holds it.
  const folder = path.join(tempFolder(t), "images".padEnd(200, "-"));
  mkdirSync(folder);
  const image = await buildInMemory({
    "usr/lib/extension-release.d/extension-release.boxed": "ID=_any\n",
    "usr/lib/systemd/system/boxed.service": "[Service]\nExecStart=/usr/bin/boxed\nExecStrat=/usr/bin/boxed\n",
    "usr/share/boxed/manual.md": "# The boxed manual\n\nA sentence with quicksilver.\n\n![logo](logo.png)\n",
    "usr/share/boxed/logo.png": picture(pictureWidth, 30),
  });
  writeFileSync(path.join(folder, "boxed.raw"), image);
  writeFileSync(path.join(folder, "notes.txt"), "beside the image\n");
  const workspace = path.join(path.dirname(folder), "boxes.code-workspace");
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: path.basename(folder) }] }));
  return workspace;
}

/** Opens a file of the image with our own search, since VS Code's has no results in such folders. */
async function goToFile(page: Page, name: string): Promise<void> {
  await chooseCommand(page, "Sysext: Go to File in Image");
  await page.locator(".quick-input-title", { hasText: "Go to File in boxed.raw" }).waitFor();
  await page.locator(".quick-input-widget input").fill(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
}

async function chooseCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** The picture was read, and not only its frame drawn. */
async function expectSize(picture: Locator): Promise<void> {
  const width = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return image.naturalWidth;
  });
  assert.equal(width, pictureWidth);
}

test("an image as a folder of the workspace in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const window = await openVsCode({ folder: await imageWorkspace(t) });
  t.after(() => window.close());
  const { page } = window;
  await waitForWorkbench(page);
  const inner = () => page.locator("iframe.webview.ready:visible").last().contentFrame().frameLocator("iframe");

  await step(t, page, "the overview's button adds it", async () => {
    await treeRow(page, "boxed.raw").click();
    await inner().getByRole("button", { name: "Open as Workspace Folder" }).click();
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "usr" }).first().waitFor();
    await page.screenshot({ path: path.join(cache, "image-folder.png") });
  });

  await step(t, page, "a file opens by its name, with its path above it and its findings", async () => {
    await goToFile(page, "boxed.service");
    await page.locator(".breadcrumbs-control", { hasText: "systemd" }).waitFor();
    await page.locator(".monaco-editor .squiggly-warning, .monaco-editor .squiggly-error").first().waitFor();
  });

  await step(t, page, "who types is told that it cannot be changed", async () => {
    await page.locator(".monaco-editor .view-lines").click();
    await page.keyboard.type("x");
    await page
      .locator(".monaco-editor-overlaymessage", { hasText: "A file inside an image cannot be changed" })
      .waitFor();
    await page.screenshot({ path: path.join(cache, "image-folder-read-only.png") });
    await page.keyboard.press("Escape");
  });

  await step(t, page, "a Markdown file is previewed, with the picture beside it", async () => {
    await goToFile(page, "manual.md");
    await page.locator('.editor-actions [aria-label*="Preview"]').first().waitFor();
    await chooseCommand(page, "Markdown: Open Preview");
    await inner().locator("h1", { hasText: "The boxed manual" }).waitFor();
    await expectSize(inner().locator("img"));
    await page.screenshot({ path: path.join(cache, "image-folder-preview.png") });
  });

  await step(t, page, "a picture is shown", async () => {
    await goToFile(page, "logo.png");
    const logo = inner().locator("img");
    await logo.waitFor();
    await expectSize(logo);
    await page.screenshot({ path: path.join(cache, "image-folder-picture.png") });
  });

  await step(t, page, "what is in its files is found", async () => {
    await chooseCommand(page, "Sysext: Find in Image");
    await page.locator(".quick-input-title", { hasText: "boxed.raw" }).waitFor();
    await page.locator(".quick-input-widget input").fill("quicksilver");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "quicksilver" }).first().waitFor();
    await page.keyboard.press("Escape");
  });

  await step(t, page, "VS Code still finds files of the other folders", async () => {
    await page.keyboard.press("Control+P");
    await page.locator(".quick-input-widget input").fill("notes.txt");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "notes.txt" }).first().waitFor();
  });
});
