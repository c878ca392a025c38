// Comparing in the window: one click from an extension to what its next build would change, by keyboard to a file's diff.
import { chmodSync, cpSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { buildImageFile } from "../../image/src/node/index.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { neededTools, openVsCode } from "./run-in-vscode.ts";
import { step, takeScreenshot, waitForWorkbench } from "./window.ts";

/** The tree hello beside the image that was built of it before it changed. */
async function changedExample(t: TestContext): Promise<string> {
  const folder = path.join(tempFolder(t), "examples");
  const tree = path.join(folder, "hello");
  cpSync(path.join(projectFolder, "examples", "hello"), tree, { recursive: true });
  const old = path.join(tree, "usr/lib/hello-old.txt");
  writeFileSync(old, "a page that went\n".repeat(100));
  const plan = { hierarchies: ["usr"], compression: "gzip", level: 6, blockSize: 131072 } as const;
  await buildImageFile({ folder: tree, output: path.join(folder, "hello.raw"), plan, mayRunPrograms: false }, {});
  rmSync(old);
  writeFileSync(path.join(tree, "usr/bin/hello"), "#!/bin/sh\necho changed\n");
  writeFileSync(path.join(tree, "usr/bin/hello-new"), "#!/bin/sh\necho new\n");
  chmodSync(path.join(tree, "usr/lib/extension-release.d/extension-release.hello"), 0o600);
  return folder;
}

/** Compares by the command palette, and waits for the page. */
async function compareWithBuild(page: Page): Promise<FrameLocator> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(">Sysext: Compare with Last Build");
  await page.keyboard.press("Enter");
  const panel = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
  await panel.locator("#summary", { hasText: "1 added, 1 removed, 2 changed" }).waitFor();
  return panel;
}

test("a comparison in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const window = await openVsCode({ folder: await changedExample(t) });
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
});

for (const [name, light, highContrast] of [
  ["light", true, false],
  ["contrast", false, true],
] as const) {
  test(`a comparison in other colours: ${name}`, async (t) => {
    if (!requireTool(t, ...neededTools)) return;
    const window = await openVsCode({ folder: await changedExample(t), light, highContrast });
    t.after(() => window.close());
    const { page } = window;
    await waitForWorkbench(page);
    const panel = await compareWithBuild(page);
    await panel.locator("[role=treeitem][tabindex='0']").focus();
    await page.keyboard.press("End");
    await page.screenshot({ path: path.join(projectFolder, ".cache", "screenshots", `compare-${name}.png`) });
  });
}
