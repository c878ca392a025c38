// Comparing in the window: one click from an extension to what its next build would change, by keyboard to a file's diff.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { buildImageFile } from "../../image/src/node/index.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { findTool, requireTool, tempFolder } from "../support/tools.ts";
import { neededTools } from "./editor-servers.ts";
import { openVsCode } from "./run-in-vscode.ts";
import { changeTheme, notification, step, takeScreenshot, waitForWorkbench } from "./window.ts";

/** The tree hello beside the image that was built of it before it changed. */
async function changedExample(t: TestContext): Promise<string> {
  const folder = path.join(tempFolder(t), "examples");
  const tree = path.join(folder, "hello");
  cpSync(path.join(projectFolder, "examples", "hello"), tree, { recursive: true });
  const old = path.join(tree, "usr/lib/hello-old.txt");
  writeFileSync(old, "a page that went\n".repeat(100));
  const plan = { format: "squashfs", hierarchies: ["usr"], compression: "gzip", level: 6, blockSize: 131072 } as const;
  await buildImageFile({ folder: tree, output: path.join(folder, "hello.raw"), plan, mayRunPrograms: false }, {});
  rmSync(old);
  writeFileSync(path.join(tree, "usr/bin/hello"), "#!/bin/sh\necho changed\n");
  writeFileSync(path.join(tree, "usr/bin/hello-new"), "#!/bin/sh\necho new\n");
  chmodSync(path.join(tree, "usr/lib/extension-release.d/extension-release.hello"), 0o600);
  return folder;
}

async function chooseCompare(page: Page): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(">Sysext: Compare with Last Build");
  await page.keyboard.press("Enter");
}

/** Compares by the command palette, and waits for the page. */
async function compareWithBuild(page: Page): Promise<FrameLocator> {
  await chooseCompare(page);
  const panel = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
  await panel.locator("#summary", { hasText: "1 added, 1 removed, 2 changed" }).waitFor();
  return panel;
}

test("a comparison in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = await changedExample(t);
  const window = await openVsCode({ folder });
  t.after(() => window.close());
  const { page } = window;
  await waitForWorkbench(page);

  await step(t, page, "what the next build would change is a tree, and Enter shows a file's diff", async () => {
    const panel = await compareWithBuild(page);
    await panel.locator("[role=treeitem][tabindex='0']").focus();
    for (let at = 0; at < 2; at++) await page.keyboard.press("ArrowDown");
    await takeScreenshot(page, "compare");
    await panel.locator("#removed").uncheck();
    await panel.locator(".removed").waitFor({ state: "detached" });
    await panel
      .locator("[role=treeitem]", { hasText: /^hello.*content/ })
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await page.locator(".monaco-diff-editor").first().waitFor();
  });

  for (const [theme, name] of [
    ["Light Modern", "light"],
    ["Default High Contrast", "high-contrast"],
  ] as const) {
    await step(t, page, `in other colours: ${name}`, async () => {
      await changeTheme(page, folder, theme);
      const panel = await compareWithBuild(page);
      await panel.locator(`body.vscode-${name}`).waitFor();
      await panel.locator("[role=treeitem][tabindex='0']").focus();
      await page.keyboard.press("End");
      await page.screenshot({ path: path.join(projectFolder, ".cache", "screenshots", `compare-${name}.png`) });
    });
  }
});

/** A tree and its image with a file that takes long to compare, and no room: 16 GiB of zeros that nobody wrote. */
function slowExample(t: TestContext): string {
  const folder = path.join(tempFolder(t), "slow");
  const tree = path.join(folder, "slow");
  const release = path.join(tree, "usr/lib/extension-release.d/extension-release.slow");
  mkdirSync(path.dirname(release), { recursive: true });
  writeFileSync(release, "ID=_any\n");
  const large = path.join(tree, "usr/lib/large");
  writeFileSync(large, "");
  truncateSync(large, 16 * 2 ** 30);
  const image = path.join(folder, "slow.raw");
  writeFileSync(image, "");
  truncateSync(image, 64 * 2 ** 20);
  execFileSync(findTool("mke2fs") ?? "", ["-q", "-t", "ext4", "-d", tree, image], { stdio: "pipe" });
  return folder;
}

test("a comparison that takes long can be cancelled, and tried again", async (t) => {
  if (!requireTool(t, "mke2fs", ...neededTools)) return;
  const window = await openVsCode({ folder: slowExample(t) });
  t.after(() => window.close());
  const { page } = window;
  await waitForWorkbench(page);
  const panel = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
  await chooseCompare(page);
  const toast = notification(page, "Comparing");
  await toast.waitFor();
  await panel.getByText("Comparing…").waitFor();
  await page.screenshot({ path: path.join(projectFolder, ".cache", "screenshots", "compare-progress.png") });
  await toast.getByRole("button", { name: "Cancel" }).click();
  await panel.getByText("The comparison was cancelled").waitFor();
  await toast.waitFor({ state: "hidden" });
  await page.screenshot({ path: path.join(projectFolder, ".cache", "screenshots", "compare-cancelled.png") });
  await chooseCompare(page);
  await toast.waitFor();
  await panel.getByText("Comparing…").waitFor();
});
