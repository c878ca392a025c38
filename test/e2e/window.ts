// Drives a window of VS Code as a user does: keys, clicks, and waiting for what appears.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "node:test";
import type { Locator, Page } from "playwright-core";
import { projectFolder } from "../../scripts/project-folder.ts";
import { deadline, waitUntil } from "../support/eventually.ts";

/** A subtest; when it fails, a picture of the window tells what was there instead. */
export async function step(t: TestContext, page: Page, name: string, run: () => Promise<void>): Promise<void> {
  await t.test(name, async () => {
    await withPicture(page, name, run);
  });
}

/** Keeps a picture of the window when `run` fails. */
async function withPicture(page: Page, name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    await page.screenshot({ path: path.join(projectFolder, ".cache", "screenshots", `failed: ${name}.png`) });
    throw error;
  }
}

/** Milliseconds after which a window that shows no folder is loaded again. */
const loadAgainAfter = 60_000;

/**
 * The workbench is there, and its extensions are listed. Now and then VS Code's web client reads a workspace file before
 * its server's files can be read, and opens no folder; loading the page again is all that helps then.
 */
export async function waitForWorkbench(page: Page): Promise<void> {
  page.setDefaultTimeout(deadline);
  await withPicture(page, "workbench", async () => {
    const folders = page.locator(".monaco-workbench .part.sidebar .explorer-folders-view");
    await withPicture(page, "first load", () => folders.waitFor({ timeout: loadAgainAfter })).catch(() =>
      page.reload(),
    );
    await folders.waitFor();
    await page.locator('.activitybar [aria-label^="Sysext"]').first().waitFor();
  });
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

/**
 * Opens a folder of a tree and waits until `child` is shown below it. The row's own state says whether the click was
 * heard, which it is not when the view is drawn anew at that moment.
 */
export async function expandRow(page: Page, label: string, child: string): Promise<void> {
  const row = treeRow(page, label).first();
  await waitUntil(`"${label}" to be open`, async () => {
    if (await treeRow(page, child).first().isVisible()) return true;
    if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
    return (await row.getAttribute("aria-expanded")) === "true";
  });
  await treeRow(page, child).first().waitFor();
}

/** Chooses from the menu of a row: a menu hears keys at once, but clicks only some time after it has opened. */
export async function chooseFromMenu(page: Page, row: Locator, title: string): Promise<void> {
  await row.click({ button: "right" });
  const item = page.locator(".context-view .action-item", { hasText: title });
  await item.hover();
  await page.locator(".context-view .action-item.focused", { hasText: title }).waitFor();
  await page.keyboard.press("Enter");
  await item.waitFor({ state: "hidden" });
}

/** Waits until a decoration has put `text` behind a name; VS Code asks for decorations when it has drawn the row. */
export async function waitForBadge(row: Locator, text: string): Promise<void> {
  const label = row.locator(".monaco-icon-label");
  await waitUntil(`the badge "${text}"`, async () => {
    const shown = await label.evaluate((element) => getComputedStyle(element, "::after").content);
    return shown === JSON.stringify(text);
  });
}

/** Waits until the browser has stored a text that matches: VS Code stores what views and pages keep some time later. */
export async function waitUntilStored(page: Page, text: RegExp): Promise<void> {
  await waitUntil(`${text} in the browser's store`, async () =>
    (await storedTexts(page)).some((each) => text.test(each)),
  );
}

/** All that the window has stored, as `KEY: VALUE`. */
async function storedTexts(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const entries = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(entries.getAllKeys()), done(entries.getAll())]);
        for (const [at, key] of keys.entries()) texts.push(`${key}: ${values[at]}`);
      }
      database.close();
    }
    return texts;
  });
}

/** Gives the window of a folder another theme, whose name `workbench.colorTheme` takes, and waits until it has it. */
export async function changeTheme(page: Page, folder: string, theme: keyof typeof themeClasses): Promise<void> {
  mkdirSync(path.join(folder, ".vscode"), { recursive: true });
  writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify({ "workbench.colorTheme": theme }));
  await page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
}

/** The class that VS Code gives a window with a theme. */
const themeClasses = { "Light Modern": "vs", "Default High Contrast": "hc-black" } as const;

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
