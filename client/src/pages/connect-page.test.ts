// A page and its session: what may be loaded, which messages arrive, and what happens when one fails.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { FakeWebviewPanel } from "../../../test/support/fake-vscode/inputs.ts";

const { Uri, window } = await import("vscode");
const { connectPage } = await import("./connect-page.ts");

beforeEach(() => editor.reset());

function open(receive: (message: string) => Promise<void> = async () => undefined) {
  const panel = new FakeWebviewPanel("test", "A <title>");
  const host = { extension: Uri.file("/extension"), log: window.createOutputChannel("test", { log: true }) };
  const received: string[] = [];
  let post: (message: string) => void = () => undefined;
  let disposed = 0;
  const read = (message: unknown): string | undefined => (typeof message === "string" ? message : undefined);
  const page = connectPage<string, string, { receive(message: string): Promise<void>; dispose(): void }>(
    host,
    panel,
    { name: "compare", read },
    (send) => {
      post = send;
      return {
        async receive(message) {
          received.push(message);
          await receive(message);
        },
        dispose: () => void disposed++,
      };
    },
  );
  return { panel, page, received, post: (message: string) => post(message), disposed: () => disposed };
}

test("a page runs its own script and style sheet, from the folder of pages alone", () => {
  const { webview } = open().panel;
  assert.equal(webview.options.enableScripts, true);
  assert.deepEqual(webview.options.localResourceRoots?.map(String), ["file:///extension/dist/pages"]);
  assert.match(webview.html, /src="https:\/\/webview\.example\/extension\/dist\/pages\/compare\.js"/);
  assert.match(webview.html, /href="https:\/\/webview\.example\/extension\/dist\/pages\/compare\.css"/);
  assert.match(webview.html, /<title>A &lt;title&gt;<\/title>/);
});

test("each page has a nonce of its own", () => {
  const nonceOf = (html: string): string | undefined => /nonce="([^"]{16,})"/.exec(html)?.[1];
  const [first, second] = [open(), open()].map(({ panel }) => nonceOf(panel.webview.html));
  assert.ok(first !== undefined && second !== undefined && first !== second);
});

test("only messages that the page has arrive, and others are logged", async () => {
  const { panel, page, received } = open();
  panel.webview.receive("one");
  panel.webview.receive({ kind: "odd" });
  await page.receive("two");
  await setImmediate();
  assert.deepEqual(received, ["one", "two"]);
  assert.deepEqual(
    editor.log.map(({ level }) => level),
    ["warn"],
  );
});

test("when the session cannot do what the page asks for, the user is told in a sentence", async () => {
  const { panel } = open(async () => {
    throw new Error("the disk is full");
  });
  panel.webview.receive("go");
  await setImmediate();
  assert.deepEqual(editor.messages("error"), ["The action on the page failed: the disk is full."]);
});

test("a closed page gets nothing more, and its session ends", async () => {
  const { panel, post, disposed } = open();
  post("before");
  panel.dispose();
  post("after");
  await setImmediate();
  assert.deepEqual(panel.webview.posted, ["before"]);
  assert.equal(disposed(), 1);
});

test("when a page cannot be updated, the user is told in a sentence", async () => {
  const { panel, post } = open();
  panel.webview.postMessage = async () => {
    throw new Error("it is gone");
  };
  post("text");
  await setImmediate();
  assert.deepEqual(editor.messages("error"), ["The page cannot be updated: it is gone."]);
});
