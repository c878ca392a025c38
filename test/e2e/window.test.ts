// The whole journey in a window: a red line, one key that repairs it, Build, Browse, and the files inside the image.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { neededTools } from "./editor-servers.ts";
import { type EditorWindow, openVsCode, type WindowSetup } from "./run-in-vscode.ts";
import {
  changeTheme,
  expandRow,
  foldView,
  notification,
  offeredCommands,
  openFile,
  pointAt,
  step,
  takeScreenshot,
  treeRow,
  waitForWorkbench,
} from "./window.ts";

const release = "usr/lib/extension-release.d/extension-release.hello";

const releaseText = `# Which hosts may merge this extension: it brings a program
# that was built for one version of one distribution.
ID=debian
VERSION_ID=13
# Machines that it was built for.
ARCHITECTURE=amd64
`;

/** A copy of an example, with a mistake in its release file. */
function exampleWithMistake(t: TestContext): string {
  const folder = path.join(tempFolder(t), "examples");
  cpSync(path.join(projectFolder, "examples", "hello"), path.join(folder, "hello"), { recursive: true });
  writeFileSync(path.join(folder, "hello", release), releaseText);
  return folder;
}

async function openWindow(t: TestContext, setup: WindowSetup): Promise<EditorWindow> {
  const window = await openVsCode(setup);
  t.after(() => window.close());
  await waitForWorkbench(window.page);
  return window;
}

test("a newcomer's first minutes in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = exampleWithMistake(t);
  const file = path.join(folder, "hello", release);
  const { page } = await openWindow(t, { folder });

  await step(t, page, "a wrong value in the release file has a red line", async () => {
    await openFile(page, "extension-release.hello");
    // The lens moves all lines down when it comes.
    await page.locator(".monaco-editor .codelens-decoration a").first().waitFor();
    await page.locator(".monaco-editor .squiggly-error").waitFor();
    await pointAt(page, page.locator(".monaco-editor .squiggly-error"));
    await page
      .locator(".monaco-hover", { hasText: "x86-64" })
      .getByText(/^Quick Fix/)
      .waitFor();
    await takeScreenshot(page, "release-file");
  });

  await step(t, page, "the quick fix repairs it", async () => {
    await page.keyboard.press("F8");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget").getByText("x86-64").first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".monaco-editor .view-line", { hasText: "x86-64" }).waitFor();
    await page.locator(".monaco-editor .squiggly-error").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
  });

  await step(t, page, "the button in the editor's title builds the image", async () => {
    await page.locator('.editor-actions [aria-label="Build Image"]').click();
    await notification(page, "Built hello.raw").waitFor();
    assert.match(readFileSync(file, "utf8"), /^ARCHITECTURE=x86-64$/m, "the repaired file was saved");
    assert.ok(existsSync(path.join(folder, "hello.raw")));
    await notification(page, "Building hello.raw").waitFor({ state: "detached" });
    await treeRow(page, "hello.raw").waitFor();
    await takeScreenshot(page, "build");
  });

  await step(t, page, "Browse shows the image in the Images view", async () => {
    await notification(page, "Built hello.raw").getByRole("button", { name: "Browse" }).click();
    // The Explorer has rows of the same names, so first the view has to change.
    await page.locator(".sidebar .title-label", { hasText: "Sysext" }).waitFor();
    await foldView(page, "Extensions");
    await treeRow(page, "hello.raw").waitFor();
    await treeRow(page, "usr").waitFor();
  });

  await step(t, page, "folders expand down to a file, which opens read-only in its own language", async () => {
    await expandRow(page, "usr", "lib");
    await expandRow(page, "lib", "systemd");
    await expandRow(page, "bin", "hello");
    await treeRow(page, "hello").click();
    await page.locator('.tabs-container .tab.active[data-resource-name="hello"]').waitFor();
    await page.locator(".monaco-editor .view-line").first().waitFor();
    await page.locator(".statusbar-item", { hasText: "Shell Script" }).waitFor();
    await takeScreenshot(page, "browse");
  });
});

const unitText = `[Unit]
Description=Greets at boot
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/bin/hello
RemainAfterExit=yes
Restart=onfailure
TimeoutStartSec=1min 30
`;

const dropInText = `[Service]
ExecStart=
ExecStart=/usr/bin/hello --loud
`;

test("a unit and its drop-in in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = exampleWithMistake(t);
  const units = path.join(folder, "hello/usr/lib/systemd/system");
  writeFileSync(path.join(units, "hello.service"), unitText);
  mkdirSync(path.join(units, "hello.service.d"));
  writeFileSync(path.join(units, "hello.service.d/10-loud.conf"), dropInText);
  const { page } = await openWindow(t, { folder });

  await step(t, page, "a value that systemd does not take is underlined, with the word that was meant", async () => {
    await openFile(page, "hello.service");
    const wrong = page.locator(".monaco-editor .squiggly-warning").first();
    await wrong.waitFor();
    await pointAt(page, wrong);
    await page
      .locator(".monaco-hover", { hasText: "on-failure" })
      .getByText(/^Quick Fix/)
      .waitFor();
    await takeScreenshot(page, "unit-file");
    await page.keyboard.press("Escape");
  });

  await step(t, page, "the lens opens the unit as systemd sees it", async () => {
    await page.locator(".monaco-editor .codelens-decoration a").first().click();
    await page.locator(".monaco-editor .view-line", { hasText: "--loud" }).waitFor();
    await takeScreenshot(page, "effective-unit");
  });
});

test("the verdicts of hosts in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = exampleWithMistake(t);
  writeFileSync(path.join(folder, "hello", release), releaseText.replace("amd64", "x86-64"));
  const tools = path.join(folder, "tools");
  mkdirSync(path.join(tools, "usr/bin"), { recursive: true });
  mkdirSync(path.join(tools, "usr/lib/extension-release.d"), { recursive: true });
  writeFileSync(path.join(tools, "usr/lib/extension-release.d/extension-release.tools"), "ID=_any\n");
  writeFileSync(path.join(tools, "usr/bin/hello"), "#!/bin/sh\necho another\n", { mode: 0o755 });
  const { page } = await openWindow(t, { folder });

  await step(
    t,
    page,
    "the lens over the release file counts the hosts, and opens the table of comparisons",
    async () => {
      await openFile(page, "extension-release.hello");
      const lens = page.locator(".monaco-editor .codelens-decoration a", { hasText: /^Merges on \d of \d hosts$/ });
      await lens.waitFor();
      await lens.click();
      const table = page.frameLocator("iframe.webview.ready").frameLocator("iframe").locator("table");
      await table.getByText("VERSION_ID", { exact: true }).waitFor();
      await takeScreenshot(page, "verdicts");
    },
  );

  await step(t, page, "the Extensions view lists the trees with their hosts", async () => {
    await page.locator('.activitybar [aria-label^="Sysext"]').first().click();
    await treeRow(page, "hello").waitFor();
    await expandRow(page, "hello", "Debian 13");
    await treeRow(page, "Release file").waitFor();
    await takeScreenshot(page, "extensions-view");
  });

  await step(t, page, "the Merged view shows what hides what", async () => {
    await page.locator(".sidebar .pane-header", { hasText: "Merged View" }).click();
    const merged = page.locator(".sidebar .pane", { hasText: "Merged View" });
    await merged.locator(".monaco-list-row", { hasText: "usr" }).click();
    await merged.locator(".monaco-list-row", { hasText: "bin" }).click();
    await merged.locator(".monaco-list-row", { hasText: "hello" }).waitFor();
    await takeScreenshot(page, "merged-view");
  });
});

test("the Images view of a window without an image offers to build one", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = exampleWithMistake(t);
  const { page } = await openWindow(t, { folder });
  await changeTheme(page, folder, "Light Modern");

  await step(t, page, "its button builds the only tree, and the image appears in the view", async () => {
    await page.locator('.activitybar [aria-label^="Sysext"]').first().click();
    await foldView(page, "Extensions");
    await page.locator(".sidebar .welcome-view-content").getByText("Build Image").first().click();
    await notification(page, "Built hello.raw").waitFor();
    await treeRow(page, "hello.raw").waitFor();
    await page.keyboard.press("Escape");
  });

  await step(t, page, "a tooltip shows mode, owner, size and time of a file in it", async () => {
    await expandRow(page, "hello.raw", "usr");
    await expandRow(page, "usr", "lib");
    await expandRow(page, "lib", "systemd");
    await expandRow(page, "systemd", "system");
    await expandRow(page, "system", "hello.service");
    await treeRow(page, "hello.service").click();
    await page.locator('.tabs-container .tab.active[data-resource-name="hello.service"]').waitFor();
    await treeRow(page, "hello@.service").getByText("hello@.service", { exact: true }).hover();
    await page.locator(".monaco-hover", { hasText: "Mode:" }).waitFor();
    await takeScreenshot(page, "images-light");
  });
});

test("in Restricted Mode findings are shown and building is off", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = exampleWithMistake(t);
  const { page } = await openWindow(t, { folder, untrusted: true });
  await openFile(page, "extension-release.hello");
  await page.locator(".monaco-editor .squiggly-error").waitFor();
  assert.equal(await page.locator('.editor-actions [aria-label="Build Image"]').count(), 0);
  const offered = await offeredCommands(page, "Sysext:");
  assert.ok(offered.includes("Sysext: Open Image…"), offered.join());
  assert.ok(!offered.includes("Sysext: Build Image"), offered.join());
});
