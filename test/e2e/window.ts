// Drives a window of VS Code as a user does: keys, clicks, and waiting for what appears.
import path from "node:path";
import type { TestContext } from "node:test";
import type { Locator, Page } from "playwright-core";
import { projectFolder } from "../../scripts/project-folder.ts";

/** Milliseconds that anything in the window may take. */
const patience = 20_000;

/** A subtest; when it fails, a picture of the window tells what was there instead. */
export async function step(t: TestContext, page: Page, name: string, run: () => Promise<void>): Promise<void> {
  await t.test(name, async () => {
    try {
      await run();
    } catch (error) {
      await page.screenshot({ path: path.join(projectFolder, ".cache", "screenshots", `failed: ${name}.png`) });
      throw error;
    }
  });
}

/** The workbench is there, and its extensions are listed. */
export async function waitForWorkbench(page: Page): Promise<void> {
  page.setDefaultTimeout(patience);
  await page.locator(".monaco-workbench .part.sidebar .explorer-folders-view").waitFor();
  await page.locator('.activitybar [aria-label^="Sysext"]').first().waitFor();
}

/** Opens a file of the window's folder by its name, as with Ctrl+P. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+P");
  const input = page.locator(".quick-input-widget input");
  await input.fill(name);
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: path.posix.basename(name) });
  await row.first().click();
  await page.locator(`.tabs-container .tab.active[data-resource-name="${path.posix.basename(name)}"]`).waitFor();
}

/** The titles that the command palette offers for a text. */
export async function offeredCommands(page: Page, text: string): Promise<string[]> {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input");
  await input.fill(`>${text}`);
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.first().waitFor();
  return await rows.locator(".label-name").allInnerTexts();
}

/** The row of a tree in the side bar that is called `label`. */
export function treeRow(page: Page, label: string): Locator {
  return page.locator(".sidebar .monaco-list-row").filter({ has: page.getByText(label, { exact: true }) });
}

/** Opens a folder of a tree until `child` is shown below it: the view may be drawn anew just when it is clicked. */
export async function expandRow(page: Page, label: string, child: string): Promise<void> {
  for (let tries = 0; tries < 6; tries++) {
    if (await treeRow(page, child).isVisible()) return;
    await treeRow(page, label).click();
    const shown = treeRow(page, child).waitFor({ timeout: 4000 });
    if (
      await shown.then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error(`"${child}" does not show below "${label}".`);
}

/** Folds a view of the side bar up to its title, so that the others have its room. */
export async function foldView(page: Page, title: string): Promise<void> {
  const header = page.locator(".sidebar .pane-header", { hasText: title });
  await header.waitFor();
  if ((await header.getAttribute("aria-expanded")) === "true") await header.click();
}

/** Moves the mouse to something that lies below others, as the wavy lines lie below the text. */
export async function pointAt(page: Page, what: Locator): Promise<void> {
  const box = await what.boundingBox();
  if (box === null) throw new Error("There is nothing to point at.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** The message in the corner that holds `text`. */
export function notification(page: Page, text: string): Locator {
  return page.locator(".notifications-toasts .notification-list-item").filter({ hasText: text });
}

/**
 * Keeps a picture of the window: in docs/screenshots/ when SYSEXT_SCREENSHOTS=1 asks for new ones, else in .cache/, so that
 * a test leaves the repository as it was.
 */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await page.locator(".activitybar .badge:visible").first().waitFor({ state: "hidden" });
  const keep = process.env["SYSEXT_SCREENSHOTS"] === "1";
  const folder = keep ? path.join("docs", "screenshots") : path.join(".cache", "screenshots");
  await page.screenshot({ path: path.join(projectFolder, folder, `${name}.png`), caret: "hide" });
}
