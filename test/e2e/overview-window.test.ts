// The overview in the window: a click on an image, its treemap by keyboard, the same as a table, and where it was after a reload.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { buildImageFile } from "../../image/src/node/index.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { neededTools } from "./editor-servers.ts";
import { openVsCode } from "./run-in-vscode.ts";
import { changeTheme, step, takeScreenshot, treeRow, waitForWorkbench, waitUntilStored } from "./window.ts";

/** Files as a container runtime has them, in kB of content and how much of it is noise that cannot be compressed. */
const files: readonly (readonly [string, number, number])[] = [
  ["usr/bin/dockerd", 6400, 0.45],
  ["usr/bin/containerd", 3900, 0.42],
  ["usr/bin/docker", 3400, 0.38],
  ["usr/bin/ctr", 1900, 0.4],
  ["usr/bin/runc", 1300, 0.36],
  ["usr/bin/containerd-shim-runc-v2", 1150, 0.4],
  ["usr/bin/docker-proxy", 240, 0.4],
  ["usr/bin/docker-init", 90, 0.5],
  ["usr/lib/docker/cli-plugins/docker-compose", 5200, 0.35],
  ["usr/lib/docker/cli-plugins/docker-buildx", 4300, 0.37],
  ["usr/share/doc/docker/reference.md", 720, 0.08],
  ["usr/share/doc/docker/CHANGELOG.md", 310, 0.1],
  ["usr/share/man/man1/docker.1", 160, 0.12],
  ["usr/share/man/man1/docker-run.1", 140, 0.12],
  ["usr/share/bash-completion/completions/docker", 130, 0.1],
  ["usr/share/zsh/site-functions/_docker", 170, 0.1],
  ["usr/share/licenses/docker/LICENSE", 95, 0.2],
];

const cache = path.join(projectFolder, ".cache", "screenshots");
const release = "usr/lib/extension-release.d/extension-release.docker";
const units: Readonly<Record<string, string>> = {
  "usr/lib/systemd/system/docker.service":
    "[Unit]\nDescription=Docker Application Container Engine\n\n[Service]\nType=notify\nExecStart=/usr/bin/dockerd\n",
  "usr/lib/systemd/system/docker.socket":
    "[Unit]\nDescription=Docker Socket for the API\n\n[Socket]\nListenStream=/run/docker.sock\n",
  "usr/lib/systemd/system/containerd.service":
    "[Unit]\nDescription=containerd container runtime\n\n[Service]\nExecStart=/usr/bin/containerd\n",
  "usr/lib/systemd/system/sockets.target.d/10-docker.conf": "[Unit]\nUpholds=docker.socket\n",
};

/** The same bytes every time: some of them noise, the others all the same. */
function content(size: number, noise: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = size;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = at % 100 < noise * 100 ? state >>> 24 : 0x41;
  }
  return bytes;
}

async function imageOfRuntime(t: TestContext): Promise<string> {
  const folder = path.join(tempFolder(t), "images");
  const tree = path.join(folder, "docker");
  const write = (file: string, data: string | Uint8Array): void => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), data, { mode: file.startsWith("usr/bin/") ? 0o755 : 0o644 });
  };
  for (const [file, size, noise] of files) write(file, content(size * 1000, noise));
  for (const [file, text] of Object.entries(units)) write(file, text);
  write(release, "ID=flatcar\nSYSEXT_LEVEL=1.0\nARCHITECTURE=x86-64\nEXTENSION_RELOAD_MANAGER=1\n");
  symlinkSync("docker-init", path.join(tree, "usr/bin/tini"));
  const plan = { format: "squashfs", hierarchies: ["usr"], compression: "zstd", level: 6, blockSize: 131072 } as const;
  await buildImageFile({ folder: tree, output: path.join(folder, "docker.raw"), plan, mayRunPrograms: false }, {});
  return folder;
}

function overviewPage(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe");
}

async function here(overview: FrameLocator): Promise<string> {
  return ((await overview.locator(".crumbs").textContent()) ?? "").replaceAll(/\s/g, "");
}

async function waitForFolder(overview: FrameLocator, name: string): Promise<void> {
  await overview.locator(".crumbs .here", { hasText: new RegExp(`^${name}$`) }).waitFor();
}

async function openOverview(t: TestContext, folder: string): Promise<Page> {
  const window = await openVsCode({ folder });
  t.after(() => window.close());
  const { page } = window;
  await waitForWorkbench(page);
  await treeRow(page, "docker.raw").click();
  const overview = overviewPage(page);
  await overview.locator("[data-part=units]").waitFor();
  await overview.locator(".tile").first().waitFor();
  return page;
}

test("the overview of an image in the window", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const folder = await imageOfRuntime(t);
  const page = await openOverview(t, folder);
  const overview = overviewPage(page);

  await step(t, page, "a click in the Explorer shows what the image is", async () => {
    await overview.locator("h1", { hasText: "docker.raw" }).waitFor();
    await overview.locator(".subtitle", { hasText: 'system extension "docker", squashfs image' }).waitFor();
    await overview.locator("[data-part=hosts] li.good", { hasText: "Flatcar" }).first().waitFor();
    await takeScreenshot(page, "overview-dark");
    await overview.locator("[data-part=release]").scrollIntoViewIfNeeded();
    await overview.locator("[data-part=release] pre", { hasText: "SYSEXT_LEVEL=1.0" }).waitFor();
    await overview.locator("[data-part=units] li", { hasText: "docker.socket" }).first().waitFor();
    await page.screenshot({ path: path.join(cache, "overview-parts.png") });
    await overview.locator("h1").scrollIntoViewIfNeeded();
  });

  await step(t, page, "every tile has a name that is heard, and lies in the map", async () => {
    const tiles = overview.locator(".tile");
    const names = await tiles.evaluateAll((all) => all.map((tile) => tile.getAttribute("aria-label") ?? ""));
    assert.ok(names.length > 5);
    for (const name of names) assert.match(name, /, stored in .+ of this folder/);
    const outside = await overview.locator(".treemap").evaluate((area) => {
      const box = area.getBoundingClientRect();
      return [...area.children].filter((tile) => {
        const { left, right, top, bottom } = tile.getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
      }).length;
    });
    assert.equal(outside, 0);
    const tabStops = await tiles.evaluateAll(
      (all) => all.filter((tile) => (tile as HTMLElement).tabIndex === 0).length,
    );
    assert.equal(tabStops, 1);
  });

  await step(t, page, "keys zoom in, move and zoom out", async () => {
    await waitForFolder(overview, "usr");
    await overview.locator(".tile[tabindex='0']").focus();
    const focused = overview.locator(".tile:focus");
    await focused.waitFor();
    const first = await focused.getAttribute("data-key");
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await focused.getAttribute("data-key"), first);
    await page.keyboard.press("Home");
    assert.equal(await focused.getAttribute("data-key"), first);
    await page.keyboard.press("Enter");
    await overview.locator(".crumbs .here", { hasNotText: /^usr$/ }).waitFor();
    assert.match(await here(overview), /^\/\/usr\/\w+$/);
    await page.keyboard.press("Backspace");
    await waitForFolder(overview, "usr");
    assert.equal(await focused.getAttribute("data-key"), first, "the focus is on the folder that was left");
    await page.keyboard.press("Escape");
    await waitForFolder(overview, "/");
    assert.equal(await focused.getAttribute("data-key"), "folder usr");
  });

  await step(
    t,
    page,
    "the table has the same, can be sorted, and changes with the size that is asked for",
    async () => {
      await overview.locator("tbody .link", { hasText: /^usr\/$/ }).click();
      await waitForFolder(overview, "usr");
      const names = overview.locator(".usage-table").first().locator("tbody th");
      const bySize = await names.allInnerTexts();
      assert.deepEqual(bySize.map((name) => name.replaceAll(/[▸\s]/g, "")).toSorted(), ["bin/", "lib/", "share/"]);
      const tops = await overview
        .locator(".tile:not(.inner)")
        .evaluateAll((all) => all.map((tile) => tile.getAttribute("data-key")));
      assert.deepEqual(tops.toSorted(), ["folder usr/bin", "folder usr/lib", "folder usr/share"]);
      await overview.getByRole("button", { name: "Name", exact: true }).click();
      await overview.locator("[aria-sort=ascending]", { hasText: "Name" }).waitFor();
      await overview.getByRole("button", { name: "Contents of share" }).click();
      await names.filter({ hasText: "doc/" }).waitFor();
      const stored = await overview.locator(".usage-table td").first().textContent();
      await overview.locator(".toggle", { hasText: "Real size" }).click();
      await overview.locator("[aria-pressed=true]", { hasText: "Real size" }).waitFor();
      assert.notEqual(await overview.locator(".usage-table td").first().textContent(), stored);
    },
  );

  await step(t, page, "the folder and the size survive a reload of the window", async () => {
    await waitUntilStored(page, /^memento\/workbench\.parts\.editor: (?=.*measure\W+real\W)(?=.*path\W+usr\W)/);
    await page.reload();
    await waitForWorkbench(page);
    await waitForFolder(overview, "usr");
    await overview.locator("[aria-pressed=true]", { hasText: "Real size" }).waitFor();
  });

  await step(t, page, "it follows the window into a light theme", async () => {
    await changeTheme(page, folder, "Light Modern");
    await overview.locator("body.vscode-light").waitFor();
    await overview.locator("[data-part=hosts] li.good").first().waitFor();
    await takeScreenshot(page, "overview-light");
  });

  await step(t, page, "nothing is cut off in a window of a phone's width", async () => {
    await page.keyboard.press("Control+B");
    await page.setViewportSize({ width: 350, height: 900 });
    await overview.locator(".tile").first().waitFor();
    const wide = await overview.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
    assert.ok(wide <= 0, `the page is ${wide} pixels too wide`);
    await page.screenshot({ path: path.join(cache, "overview-narrow.png") });
  });
});
