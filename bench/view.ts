// The Images view in a window of VS Code: an image with one folder of 100,000 files is opened and scrolled, and searched by name.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { openVsCode } from "../test/e2e/run-in-vscode.ts";
import { foldView, treeRow, waitForWorkbench } from "../test/e2e/window.ts";
import { makeSquashfs } from "../test/images/sample-tree.ts";
import { median } from "./measure.ts";

export const title = "the Images view with 100,000 files in one folder (in a window, median of 5)";

const rounds = 5;
const files = 100_000;
const notches = 60;

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const source = path.join(work, "source");
    mkdirSync(path.join(source, "usr/many"), { recursive: true });
    for (let i = 0; i < files; i++) {
      writeFileSync(path.join(source, "usr/many", `file-${String(i).padStart(6, "0")}`), "");
    }
    const folder = path.join(work, "images");
    mkdirSync(folder);
    makeSquashfs(source, path.join(folder, "large.raw"));
    rmSync(source, { recursive: true });
    const window = await openVsCode({ folder });
    try {
      await measure(window.page);
    } finally {
      await window.close();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measure(page: Page): Promise<void> {
  await waitForWorkbench(page);
  await page.locator('.activitybar [aria-label^="Sysext"]').first().click();
  for (const title of ["Extensions", "Merged View"]) await foldView(page, title);
  await treeRow(page, "large.raw").waitFor();
  await page.waitForTimeout(3000); // the window has settled
  const image = await timed(() => treeRow(page, "large.raw").click(), treeRow(page, "usr"));
  await treeRow(page, "usr").click();
  const many = treeRow(page, "many");
  await many.waitFor();
  const firstRun = page.locator(".sidebar .monaco-list-row", { hasText: "file-000000 …" });
  const folder: number[] = [];
  for (let round = 0; round < rounds; round++) {
    folder.push(await timed(() => many.click(), firstRun));
    await many.click();
    await firstRun.waitFor({ state: "hidden" });
    await runCommand(page, "Refresh Images");
    await page.waitForTimeout(1000);
  }
  await many.click();
  await firstRun.waitFor();
  const part = await timed(() => firstRun.click(), treeRow(page, "file-000000"));
  const frames = await scroll(page);
  console.log(
    `  image opened: ${image.toFixed(0)} ms; its folder of ${files} files: ${median(folder).toFixed(0)} ms; the first files of it: ${part.toFixed(0)} ms`,
  );
  console.log(
    `  scrolling ${notches} notches: ${median(frames).toFixed(0)} ms a frame, ${Math.max(...frames).toFixed(0)} ms the longest`,
  );
}

/** Milliseconds from an action to something being visible. */
async function timed(action: () => Promise<void>, shown: ReturnType<typeof treeRow>): Promise<number> {
  const start = performance.now();
  await action();
  await shown.first().waitFor();
  return performance.now() - start;
}

async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${name}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
}

/** Turns the wheel over the view; gives how long each frame took meanwhile. */
async function scroll(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const next = (now: number): void => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(globalThis, { frames });
  });
  await treeRow(page, "file-000000").hover();
  for (let i = 0; i < notches; i++) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(16);
  }
  const frames = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
  return frames.slice(1);
}
