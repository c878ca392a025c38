// Updates in the window: a transfer is written for a tree, and its plan follows what is typed.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { projectFolder } from "../../scripts/project-folder.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { neededTools } from "./editor-servers.ts";
import { openVsCode } from "./run-in-vscode.ts";
import { notification, step, takeScreenshot, waitForWorkbench } from "./window.ts";

const versions = ["1.2", "1.9", "1.10", "1.11"];
const transfer = "host/etc/sysupdate.hello.d/hello.transfer";

/** The tree hello, for one architecture, with versions that were published and a name that is misspelt. */
function exampleWithVersions(t: TestContext): string {
  const folder = path.join(tempFolder(t), "examples");
  const tree = path.join(folder, "hello");
  cpSync(path.join(projectFolder, "examples", "hello"), tree, { recursive: true });
  writeFileSync(
    path.join(tree, "usr/lib/extension-release.d/extension-release.hello"),
    "ID=_any\nARCHITECTURE=x86-64\nEXTENSION_RELOAD_MANAGER=1\n",
  );
  const published = path.join(folder, "published");
  mkdirSync(published);
  for (const version of versions) {
    writeFileSync(path.join(published, `hello-${version}-x86-64.raw`), "x".repeat(270_000));
  }
  writeFileSync(path.join(published, "hello-1.11-arm64.raw"), "x");
  writeFileSync(path.join(published, "hello_1.12-x86-64.raw"), "x");
  const installed = path.join(folder, "installed");
  mkdirSync(installed);
  for (const version of ["1.2", "1.9"]) writeFileSync(path.join(installed, `hello-${version}-x86-64.raw`), "x");
  return folder;
}

async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row").getByText(title, { exact: true }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** Chooses the entry of the list that is open. */
async function pick(page: Page, label: string): Promise<void> {
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: label }).first().click();
}

function planPage(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe");
}

test("a transfer and its plan in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = exampleWithVersions(t);
  const window = await openVsCode({ folder });
  t.after(() => window.close());
  const { page } = window;
  await waitForWorkbench(page);

  await step(t, page, "New Transfer asks for what it cannot know", async () => {
    await runCommand(page, "Sysext: New Transfer…");
    const input = page.locator(".quick-input-widget input");
    await page.locator(".quick-input-title", { hasText: "New transfer for hello (1 of 4)" }).waitFor();
    await input.fill("ftp://example.com");
    await page.locator(".quick-input-message", { hasText: "begins with https://" }).waitFor();
    await input.fill("https://example.com/hello/");
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-title", { hasText: "(2 of 4)" }).waitFor();
    await pick(page, "A separate component");
    await pick(page, "Check the signature");
    await pick(page, "host/");
    await page.locator('.tabs-container .tab.active[data-resource-name="hello.transfer"]').waitFor();
    await notification(page, "were written").waitFor();
    assert.match(readFileSync(path.join(folder, "hello", transfer), "utf8"), /^MatchPattern=hello-@v-%a\.raw$/m);
    assert.ok(existsSync(path.join(folder, "hello/host/etc/tmpfiles.d/50-extensions.conf")));
    await page.keyboard.press("Escape");
    await notification(page, "were written").waitFor({ state: "detached" });
  });

  await step(t, page, "the plan says what an update would do", async () => {
    await page.locator('.editor-actions [aria-label="Show Update Plan"]').click();
    const plan = planPage(page);
    // The folder with files that match was found.
    await plan.locator(".summary", { hasText: "would install 1.11" }).waitFor();
    await plan.locator("#target").click();
    await pick(page, path.join(folder, "installed"));
    await plan.locator(".summary", { hasText: "in place of 1.9" }).waitFor();
    await plan.locator("dd", { hasText: "hello-1.2-x86-64.raw" }).first().waitFor();
    await plan.locator(".misses code", { hasText: "hello_1.12-x86-64.raw" }).waitFor();
    await page.locator(".monaco-editor .view-line", { hasText: "→ newest 1.11" }).first().waitFor();
    await takeScreenshot(page, "update-plan");
  });

  await step(t, page, "it follows what is typed", async () => {
    const line = page.locator(".monaco-editor .view-line", { hasText: "MatchPattern=hello-@v" }).first();
    await line.click();
    await page.keyboard.press("Home");
    for (let at = 0; at < "MatchPattern=hello".length; at++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Delete");
    await page.keyboard.type("_");
    await planPage(page).locator(".summary", { hasText: "would install 1.12" }).waitFor();
  });
});
