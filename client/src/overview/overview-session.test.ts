// An open overview: what its page is sent step by step, what the reader's presses do, and what a broken image says.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { ImageReport } from "../../../shared/src/image-requests.ts";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import type { ToPage } from "./page/messages.ts";

const { Range, Uri, window } = await import("vscode");
const { createImageStore } = await import("../images/image-store.ts");
const { createOverviewSession } = await import("./overview-session.ts");

beforeEach(() => editor.reset());

const image = Uri.parse("memfs:/w/demo.raw");
const bytes = await buildInMemory({ "usr/bin/tool": "x".repeat(3000), "usr/lib/a": "y".repeat(1000) });

const report: ImageReport = {
  ...{ name: "demo", class: "sysext", releaseFiles: [], verdicts: [], hostsNamed: true, units: [], findings: [] },
  programs: { architectures: [], missing: [] },
};

function start(imageReport: () => Promise<ImageReport | null> = async () => report) {
  const posted: ToPage[] = [];
  const store = createImageStore();
  const log = window.createOutputChannel("test", { log: true });
  const session = createOverviewSession({ analysis: { imageReport }, store, log }, image, (message) => {
    posted.push(message);
  });
  return { posted, session, store };
}

function kinds(posted: readonly ToPage[]): string[] {
  return posted.map(({ kind }) => kind);
}

test("the image is told in steps: facts, what the server says, and where the bytes go", async () => {
  editor.write(image, bytes);
  const { session, posted } = start();
  assert.equal(session.shown(), undefined);
  await session.renew();
  const shown = session.shown();
  assert.equal(shown?.overview.title, "demo.raw");
  assert.equal(shown?.overview.subtitle, 'system extension "demo", squashfs image');
  assert.deepEqual(
    shown?.usage?.level?.children.map(({ name, real }) => [name, real]),
    [
      ["bin", 3000],
      ["lib", 1000],
    ],
  );
  assert.deepEqual(kinds(posted).slice(0, 2), ["overview", "usage"]);
  const [first] = posted;
  assert.ok(first?.kind === "overview" && first.overview.subtitle === "squashfs image");
});

test("a page that is ready gets the words first, and then all that is known", async () => {
  editor.write(image, bytes);
  const { session, posted } = start();
  await session.receive({ kind: "ready", measure: "stored" });
  assert.deepEqual(kinds(posted), ["words"]);
  await session.renew();
  posted.length = 0;
  await session.receive({ kind: "ready", path: "usr/bin", measure: "real" });
  assert.deepEqual(kinds(posted), ["words", "overview", "usage"]);
  assert.equal(session.shown()?.usage?.crumbs.at(-1)?.path, "usr/bin");
  assert.equal(session.shown()?.usage?.measure, "real");
});

test("zooming sends the folder that was asked for alone", async () => {
  editor.write(image, bytes);
  const { session, posted } = start();
  await session.renew();
  posted.length = 0;
  await session.receive({ kind: "zoom", path: "usr/lib", measure: "stored" });
  assert.deepEqual(kinds(posted), ["usage"]);
  assert.deepEqual(
    session.shown()?.usage?.level?.children.map(({ name }) => name),
    ["a"],
  );
});

test("buttons run their commands with the image, and other words run none", async () => {
  editor.write(image, bytes);
  const { session } = start();
  await session.renew();
  const buttons = session.shown()?.overview.buttons.map(({ action }) => action);
  assert.deepEqual(buttons, ["browse", "extract", "compare", "addFolder"]);
  for (const button of [...(buttons ?? []), "constructor", "rm"]) await session.receive({ kind: "press", button });
  assert.deepEqual(
    editor.executed.map(({ command, args }) => [command, String(args[0])]),
    ["browseImage", "extractFromImage", "compareImages", "addImageFolder"].map((name) => [
      ...[`sysext.${name}`, image.toString()],
    ]),
  );
});

test("a file of the image opens at its line", async () => {
  const { session } = start();
  await session.receive({ kind: "open", path: "usr/bin/tool", line: 5 });
  await session.receive({ kind: "open", path: "usr/lib/a" });
  assert.deepEqual(editor.executedNames, ["vscode.open", "vscode.open"]);
  const [first, second] = editor.executed.map(({ args }) => ({ uri: String(args[0]), options: args[1] }));
  assert.match(first?.uri ?? "", /^sysext-image:.*\/usr\/bin\/tool$/);
  assert.deepEqual(first?.options, { selection: new Range(4, 0, 4, 0) });
  assert.deepEqual(second?.options, {});
});

test("an image that is gone, or none, is told in a sentence with a way out", async () => {
  const { session } = start();
  await session.renew();
  assert.equal(session.shown()?.overview.subtitle, "cannot be read");
  assert.deepEqual(session.shown()?.overview.buttons, []);
  editor.write(image, "no image at all");
  await session.renew();
  assert.equal(session.shown()?.overview.subtitle, "not an image that can be opened");
  const [button] = session.shown()?.overview.buttons ?? [];
  assert.ok(button);
  await session.receive({ kind: "press", button: button.action });
  assert.deepEqual(editor.executedNames, ["workbench.action.reopenWithEditor"]);
  assert.equal(session.shown()?.usage, undefined);
});

test("a server that cannot say anything leaves the rest of the page", async () => {
  editor.write(image, bytes);
  const { session } = start(async () => {
    throw new Error("it does not run");
  });
  await session.renew();
  assert.equal(session.shown()?.overview.subtitle, "squashfs image");
  assert.deepEqual(session.shown()?.overview.parts, []);
  assert.ok(session.shown()?.usage?.level);
});

test("when the hosts change, only the server is asked again", async () => {
  editor.write(image, bytes);
  let name = "demo";
  const { session } = start(async () => ({ ...report, name }));
  await session.renewReport();
  assert.equal(session.shown(), undefined, "nothing is known yet");
  await session.renew();
  name = "other";
  await session.renewReport();
  assert.match(session.shown()?.overview.subtitle ?? "", /"other"/);
});

test("a reading that was overtaken shows nothing more", async () => {
  editor.write(image, bytes);
  const answers: ((answer: ImageReport) => void)[] = [];
  const { session } = start(() => new Promise((resolve) => answers.push(resolve)));
  const first = session.renew();
  while (answers.length < 1) await new Promise((resolve) => setImmediate(resolve));
  const second = session.renew();
  while (answers.length < 2) await new Promise((resolve) => setImmediate(resolve));
  answers[1]?.({ ...report, name: "newer" });
  answers[0]?.({ ...report, name: "older" });
  await Promise.all([first, second]);
  assert.match(session.shown()?.overview.subtitle ?? "", /"newer"/);
});
