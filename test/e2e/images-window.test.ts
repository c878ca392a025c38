// The Images view in the window: badges, partitions, filter, search, order and extraction by keyboard, and what a reload keeps.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { Page } from "playwright-core";
import type { MemoryFiles } from "../../image/src/index.ts";
import { buildDisk } from "../images/memory-disk.ts";
import { buildInMemory } from "../images/memory-image.ts";
import { prose } from "../images/sample-tree.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { neededTools } from "./editor-servers.ts";
import { openVsCode } from "./run-in-vscode.ts";
import {
  changeTheme,
  chooseFromMenu,
  expandRow,
  foldView,
  notification,
  openFile,
  step,
  treeRow,
  waitForBadge,
  waitForWorkbench,
  waitUntilStored,
} from "./window.ts";

const tools: MemoryFiles = {
  "usr/lib/extension-release.d/extension-release.tools": "ID=_any\n",
  "usr/bin/mount-helper": { content: prose(30_000, "helper"), mode: 0o4755 },
  "usr/bin/strace": { content: prose(120_000, "strace"), mode: 0o755 },
  "usr/bin/vi": { target: "vim" },
  "usr/share/tools/spool": { type: "directory", mode: 0o1777 },
  "usr/share/tools/old-name": { type: "char", rdev: 0 },
  "usr/share/tools/README.md": "# Tools\n\nThe strace of this image is patched.\n",
};

async function folderOfImages(t: TestContext): Promise<string> {
  const folder = path.join(tempFolder(t), "images");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "tools.raw"), await buildInMemory(tools, { compression: "zstd" }));
  // Not by its name an image, so that it is not on the list.
  writeFileSync(path.join(folder, "spare.img"), await buildInMemory({ "usr/share/spare/notes": "z" }));
  const inside = await buildInMemory({
    "usr/lib/extension-release.d/extension-release.board": "ID=_any\n",
    "usr/bin/board": "x",
  });
  const disk = buildDisk([
    { type: "root", label: "root-x86-64", content: inside },
    { type: "usr-verity", label: "verity", content: Buffer.alloc(8192) },
    { type: "home", label: "home", content: await buildInMemory({ "usr/notes": "y" }) },
  ]);
  writeFileSync(path.join(folder, "board.raw"), disk);
  return folder;
}

async function openImages(t: TestContext, folder: string): Promise<Page> {
  const window = await openVsCode({ folder });
  t.after(() => window.close());
  const { page } = window;
  await waitForWorkbench(page);
  await showImages(page);
  return page;
}

async function showImages(page: Page): Promise<void> {
  await page.locator('.activitybar [aria-label^="Sysext"]').first().click();
  await foldView(page, "Extensions");
  await foldView(page, "Merged View");
  await treeRow(page, "tools.raw").waitFor();
}

async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

/** Types into the box that is open, and takes the first of what is offered when it has `expected` in it. */
async function choose(page: Page, text: string, expected: string): Promise<void> {
  await page.locator(".quick-input-widget input").fill(text);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: expected }).waitFor();
  await page.keyboard.press("Enter");
}

async function rowNames(page: Page): Promise<string[]> {
  const rows = page.locator(".sidebar .pane-body:visible .monaco-list-row");
  return (await rows.locator(".label-name").allInnerTexts()).map((name) => name.trim());
}

async function waitForTab(page: Page, name: string): Promise<void> {
  await page.locator(".tabs-container .tab.active", { hasText: name }).waitFor();
}

test("the Images view in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = await folderOfImages(t);
  const page = await openImages(t, folder);

  await step(t, page, "folders open by keyboard, and remarkable files have badges", async () => {
    await treeRow(page, "tools.raw").click();
    await expandRow(page, "tools.raw", "usr");
    await treeRow(page, "usr").first().click({ trial: true });
    for (const [name, child] of [
      ["usr", "bin"],
      ["bin", "mount-helper"],
      ["share", "tools"],
      ["tools", "old-name"],
    ] as const) {
      await expandRow(page, name, child);
    }
    await waitForBadge(treeRow(page, "mount-helper"), "S");
    await waitForBadge(treeRow(page, "old-name"), "✕");
    await waitForBadge(treeRow(page, "spool"), "W");
    await waitForBadge(treeRow(page, "vi"), "?");
    await page.screenshot({ path: ".cache/screenshots/images-view-dark.png" });
  });

  await step(t, page, "a disk shows its partitions first", async () => {
    await expandRow(page, "board.raw", "Partition 3: home");
    for (const name of ["Extension's files", "Partition 1: root-x86-64", "Partition 2: verity"]) {
      await treeRow(page, name).waitFor();
    }
    await treeRow(page, "board.raw").click();
    await treeRow(page, "Partition 3: home").waitFor({ state: "hidden" });
  });

  await step(t, page, "another order is shown at once, with what it is about", async () => {
    await runCommand(page, "Sort Images View by Size");
    await treeRow(page, "strace").locator(".label-description", { hasText: "120" }).waitFor();
    const names = await rowNames(page);
    assert.ok(names.indexOf("strace") < names.indexOf("mount-helper"), names.join(", "));
  });

  await step(t, page, "names filter while they are typed, and Escape shows everything again", async () => {
    await treeRow(page, "strace").click();
    await waitForTab(page, "strace");
    await treeRow(page, "strace").click();
    await page.keyboard.press("Control+F");
    await page.locator(".quick-input-widget input").fill("read");
    await treeRow(page, "README.md").waitFor();
    await treeRow(page, "strace").waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await page.locator(".sidebar .message", { hasText: 'Filtered by "read"' }).waitFor();
    await page.screenshot({ path: ".cache/screenshots/images-filtered.png" });
    await runCommand(page, "Clear Filter");
    await treeRow(page, "strace").waitFor();
  });

  await step(t, page, "a text is found in files, and its line opens", async () => {
    await treeRow(page, "README.md").click();
    await waitForTab(page, "README.md");
    await treeRow(page, "README.md").click();
    await page.keyboard.press("Shift+Alt+F");
    await page.locator(".quick-input-widget input").fill("patched");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "README.md:3" }).waitFor();
    await page.screenshot({ path: ".cache/screenshots/images-find.png" });
    await page.keyboard.press("Enter");
    await page.locator(".statusbar-item", { hasText: "Ln 3" }).waitFor();
  });

  await step(t, page, "a file is found by a part of its name", async () => {
    await runCommand(page, "Go to File in Image…");
    const picks = page.locator(".quick-input-list .monaco-list-row");
    await picks.first().waitFor();
    if ((await picks.filter({ hasText: "tools.raw" }).count()) > 0 && (await picks.count()) < 4) {
      await choose(page, "tools.raw", "tools.raw");
    }
    await choose(page, "mnthelp", "mount-helper");
    await waitForTab(page, "mount-helper");
  });

  await step(t, page, "the bytes of a file are shown", async () => {
    await chooseFromMenu(page, treeRow(page, "README.md"), "Show Bytes in Hexadecimal");
    await page.locator(".view-lines", { hasText: "23 20 54 6f 6f 6c 73" }).first().waitFor();
    await page.screenshot({ path: ".cache/screenshots/images-hex.png" });
  });

  await step(t, page, "a folder is extracted to where one says", async () => {
    const target = path.join(folder, "out");
    mkdirSync(target);
    await chooseFromMenu(page, treeRow(page, "tools"), "Extract…");
    const input = page.locator(".quick-input-widget input");
    const listed = page.locator(".quick-input-list .monaco-list-row", { hasText: "out" });
    await listed.waitFor(); // before, the box is filled anew
    await input.fill(`${target}/`);
    await listed.waitFor({ state: "hidden" });
    await page.locator(".quick-input-widget .monaco-button", { hasText: "Extract Here" }).click();
    await notification(page, "Extracted 2 files and 2 folders").waitFor();
    await page.screenshot({ path: ".cache/screenshots/images-extracted.png" });
    assert.match(readFileSync(path.join(target, "tools/README.md"), "utf8"), /^# Tools/);
  });

  await step(t, page, "a file that is dragged onto the view is listed and opens like a folder", async () => {
    await openFile(page, "spare.img");
    const tab = page.locator('.tabs-container .tab.active[data-resource-name="spare.img"]');
    await tab.dragTo(treeRow(page, "tools.raw"));
    await treeRow(page, "spare.img").waitFor();
    await expandRow(page, "spare.img", "usr");
    await page.screenshot({ path: ".cache/screenshots/images-dropped.png" });
  });

  await step(t, page, "the filter, what is open, and the order survive a reload of the window", async () => {
    await treeRow(page, "README.md").click();
    await page.keyboard.press("Control+F");
    await page.locator(".quick-input-widget input").fill("strace");
    await treeRow(page, "README.md").waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await waitUntilStored(page, /^sysext-workbench\.sysext-workbench: .*"strace"/);
    await page.reload();
    await page.locator(".sidebar .message", { hasText: 'Filtered by "strace"' }).waitFor();
    await treeRow(page, "README.md").waitFor({ state: "hidden" });
    await runCommand(page, "Clear Filter");
    await treeRow(page, "mount-helper").waitFor();
    await treeRow(page, "strace").locator(".label-description", { hasText: "120" }).waitFor();
  });

  await step(t, page, "badges are readable in a light theme", async () => {
    await changeTheme(page, folder, "Light Modern");
    await waitForBadge(treeRow(page, "old-name"), "✕");
    await waitForBadge(treeRow(page, "vi"), "?");
    await page.screenshot({ path: ".cache/screenshots/images-view-light.png" });
  });
});
