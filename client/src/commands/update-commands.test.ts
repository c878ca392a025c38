// Commands about systemd-sysupdate: what is asked, what is written for hosts, and what is said of it.
import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, test } from "node:test";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { openWindow, treeAnswers, treeDescription } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { languageClients } from "../../../test/support/fake-vscode/language-client.ts";
import { textDocument } from "../../../test/support/fake-vscode/workspace.ts";
import { tempFolder } from "../../../test/support/tools.ts";

const { Uri, workspace } = await import("vscode");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

const demo = treeDescription("demo", { version: "1.5" });
const transferFile = { path: "etc/sysupdate.demo.d/demo.transfer", text: "[Transfer]\n" };
const written = { files: [transferFile, { path: "etc/sysupdate.demo.d/x.feature", text: "[Feature]\n" }] };
const textAt = (uri: string): string => new TextDecoder().decode(editor.files.get(uri)?.bytes);
const paramsOf = (method: string): unknown =>
  languageClients.made.at(-1)?.requests.findLast((request) => request.method === method)?.params;

test("a new transfer asks four things, writes what the server makes of them, and remembers the address", async (t) => {
  const { run, memory } = await openWindow(t, { ...treeAnswers(demo), "sysext/newTransfer": written });
  const values: unknown[] = [];
  editor.answer(
    (_items: unknown, { options }: { options: { value: string; validateInput(text: string): unknown } }) => {
      values.push(options.value);
      for (const wrong of ["ftp://x", "https://", "https://a b", "https://a/?x", "https://a/#x", ""]) {
        assert.equal(typeof options.validateInput(wrong), "string", wrong);
      }
      assert.equal(options.validateInput("http://example.com/demo/"), undefined);
      return " https://example.com/demo/ ";
    },
    (items: readonly unknown[]) => items[0],
    (items: readonly unknown[]) => items[0],
    (items: readonly unknown[]) => items[0],
  );
  const file = "file:///w/demo/host/etc/sysupdate.demo.d/demo.transfer";
  assert.equal(String(await run("sysext.newTransfer")), file);
  assert.deepEqual(paramsOf("sysext/newTransfer"), {
    ...{ extension: { tree: demo.uri }, address: "https://example.com/demo/", set: "component", verify: true },
  });
  assert.deepEqual([textAt(file), String(editor.openedDocuments[0]?.target)], ["[Transfer]\n", file]);
  assert.match(editor.messages("information")[0] ?? "", /^The transfer and what it needs were written/);
  assert.deepEqual(values, ["https://"]);
  assert.equal(memory.get("updates.address"), "https://example.com/demo/");
  editor.answer((_items: unknown, { options }: { options: { value: string } }) => void values.push(options.value));
  assert.equal(await run("sysext.newTransfer"), undefined);
  assert.equal(values[1], "https://example.com/demo/");
});

test("each question of a new transfer can be answered by an argument, and Escape ends it", async (t) => {
  const { run } = await openWindow(t, { ...treeAnswers(demo), "sysext/newTransfer": { files: [transferFile] } });
  const answers = { address: "https://a/", set: "system", verify: false, folder: Uri.file("/w/out") };
  const file = await run("sysext.newTransfer", Uri.parse(demo.uri), answers);
  assert.equal(String(file), "file:///w/out/etc/sysupdate.demo.d/demo.transfer");
  assert.deepEqual(
    editor.shown.map(({ kind }) => kind),
    ["information"],
  );
  assert.match(editor.messages("information")[0] ?? "", /^The transfer was written/);
  for (const key of ["address", "set", "verify", "folder"]) {
    editor.shown.length = 0;
    assert.equal(await run("sysext.newTransfer", Uri.parse(demo.uri), { ...answers, [key]: 5 }), undefined, key);
    assert.equal(editor.shown.length, 1, key);
  }
});

test("files for a host are replaced only when the user says so, and not touched when they are the same", async (t) => {
  const { run } = await openWindow(t, { ...treeAnswers(demo), "sysext/newTransfer": written });
  const args = [
    Uri.parse(demo.uri),
    { address: "https://a/", set: "system", verify: false, folder: Uri.file("/w/out") },
  ];
  editor.write("file:///w/out/etc/sysupdate.demo.d/demo.transfer", "mine");
  editor.answer(undefined);
  assert.equal(await run("sysext.newTransfer", ...args), undefined);
  assert.match(editor.messages("warning")[0] ?? "", /: out\/etc\/sysupdate\.demo\.d\/demo\.transfer\.$/);
  assert.deepEqual([editor.edits.length, editor.files.size], [0, 1]);
  editor.answer("Replace");
  assert.ok(await run("sysext.newTransfer", ...args));
  assert.equal(textAt("file:///w/out/etc/sysupdate.demo.d/demo.transfer"), "[Transfer]\n");
  editor.shown.length = 0;
  assert.ok(await run("sysext.newTransfer", ...args));
  assert.deepEqual([editor.messages("warning"), editor.edits.length], [[], 1]);
});

test("what the server refuses is a sentence", async (t) => {
  const fault = { fault: "the tree has no release file" };
  const { run } = await openWindow(t, {
    ...treeAnswers(demo),
    ...{ "sysext/newTransfer": fault, "sysext/versionedLayout": fault, "sysext/refreshAfterUpdate": fault },
  });
  const answers = { address: "https://a/", set: "system", verify: false, folder: Uri.file("/w/out"), version: "1" };
  for (const command of ["newTransfer", "layOutVersion", "refreshAfterUpdate"]) {
    await run(`sysext.${command}`, Uri.parse(demo.uri), answers);
  }
  assert.deepEqual(editor.messages("error"), [
    "No transfer was written: the tree has no release file.",
    "Nothing was laid out: the tree has no release file.",
    "Nothing was written: the tree has no release file.",
  ]);
});

test("the extension of an image is that of its release file", async (t) => {
  const image = Uri.parse("memory:/w/demo_1.2.raw");
  const release = "ID=debian\n";
  editor.write(image, await buildInMemory({ "usr/lib/extension-release.d/extension-release.demo": release }));
  const { run } = await openWindow(t, { ...treeAnswers(), "sysext/newTransfer": { files: [transferFile] } });
  const answers = { address: "https://a/", set: "system", verify: false };
  editor.answer((items: readonly unknown[]) => items[0]);
  const file = await run("sysext.newTransfer", { kind: "image", image: image.toString() }, answers);
  assert.equal(String(file), "memory:/w/host/etc/sysupdate.demo.d/demo.transfer");
  assert.deepEqual(Reflect.get(Object(paramsOf("sysext/newTransfer")), "extension"), {
    ...{ name: "demo", class: "sysext", release },
  });
  editor.write(image, await buildInMemory({ "usr/x": "" }));
  await run("sysext.newTransfer", image, answers);
  assert.match(editor.messages("error")[0] ?? "", /^The image has no release file/);
});

test("transfers are renamed as one change, with a warning first where there is one", async (t) => {
  const renames = ["a", "b"].map((name) => ({
    from: `file:///w/sysupdate.d/${name}.conf`,
    to: `file:///w/sysupdate.d/${name}.transfer`,
  }));
  let plan: unknown = { renames, warnings: [] };
  for (const { from } of renames) editor.write(from, "[Transfer]\n");
  const { run } = await openWindow(t, { ...treeAnswers(), "sysext/planMigration": () => plan });
  assert.equal(await run("sysext.migrateTransfers"), 2);
  assert.deepEqual(
    [...editor.files.keys()].sort(),
    renames.map(({ to }) => to),
  );
  assert.equal(editor.edits.length, 1);
  assert.deepEqual(editor.messages("information"), ["Renamed 2 transfers to .transfer."]);
  plan = { renames: renames.slice(1), warnings: ["an older systemd does not read them"] };
  assert.equal(await run("sysext.migrateTransfers", Uri.file("/w/sysupdate.d")), undefined);
  assert.deepEqual(Reflect.get(editor.shown.at(-1)?.options ?? {}, "detail"), "An older systemd does not read them.");
  assert.equal(editor.edits.length, 1);
  editor.write("file:///w/sysupdate.d/b.conf", "[Transfer]\n");
  editor.answer("Rename");
  await run("sysext.migrateTransfers", Uri.file("/w/sysupdate.d"));
  assert.deepEqual(editor.messages("error"), ["The transfers could not be renamed."], "they are there already");
  plan = { renames: [], warnings: [] };
  assert.equal(await run("sysext.migrateTransfers", Uri.file("/w/sysupdate.d")), 0);
  plan = { renames: [], warnings: [], fault: "two files have one name" };
  await run("sysext.migrateTransfers", Uri.file("/w/sysupdate.d"));
  assert.equal(editor.messages("error")[1], "Two files have one name.");
  plan = null;
  await run("sysext.migrateTransfers", Uri.file("/w/x"));
  assert.match(editor.messages("error")[2] ?? "", /^"x" is not in a folder of transfers/);
});

test("which transfers are renamed is the active editor's, or one of the workspace's folders", async (t) => {
  const plan = { renames: [], warnings: [] };
  const { run } = await openWindow(t, { ...treeAnswers(), "sysext/planMigration": plan });
  const asked = (): unknown => Reflect.get(Object(paramsOf("sysext/planMigration")), "uri");
  await run("sysext.migrateTransfers");
  assert.match(editor.messages("error")[0] ?? "", /^No folder sysupdate\.d/);
  editor.write("file:///w/a/sysupdate.d/x.conf", "");
  editor.write("file:///w/a/sysupdate.d/y.conf", "");
  await run("sysext.migrateTransfers");
  assert.equal(asked(), "file:///w/a/sysupdate.d");
  editor.write("file:///w/b/sysupdate.demo.d/x.conf", "");
  editor.answer((items: readonly unknown[]) => items[1]);
  await run("sysext.migrateTransfers");
  assert.equal(asked(), "file:///w/b/sysupdate.demo.d");
  editor.activeDocument = textDocument(Uri.file("/w/c/sysupdate.d/z.transfer"), "");
  await run("sysext.migrateTransfers");
  assert.equal(asked(), "file:///w/c/sysupdate.d/z.transfer");
});

test("a version is laid out with its symlink, and what is there is replaced only on request", async (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "out"));
  const image = Uri.file(path.join(folder, "demo.raw"));
  const bytes = await buildInMemory({ "usr/lib/extension-release.d/extension-release.demo": "ID=_any\n" });
  writeFileSync(image.fsPath, bytes);
  const layout = { image: "var/lib/demo_1.0.raw", symlink: "var/lib/demo.raw", target: "demo_1.0.raw" };
  const { run } = await openWindow(t, { ...treeAnswers(), "sysext/versionedLayout": layout });
  let check: (text: string) => unknown = () => undefined;
  editor.answer((_items: unknown, { options }: { options: { validateInput: typeof check } }) => {
    check = options.validateInput;
    return "1.0";
  });
  const placed = await run("sysext.layOutVersion", image);
  assert.ok(placed instanceof Uri);
  assert.deepEqual(readFileSync(placed.fsPath), Buffer.from(bytes));
  const link = path.join(folder, "host/var/lib/demo.raw");
  assert.equal(readlinkSync(link), "demo_1.0.raw");
  assert.match(editor.messages("information")[0] ?? "", /^demo_1\.0\.raw is laid out/);
  for (const right of ["1", "1.0~rc1", "2^3", "a_b+c-d"]) assert.equal(check(right), undefined, right);
  for (const wrong of ["", "1 0", "1/2", "1:0"]) assert.equal(typeof check(wrong), "string", wrong);
  assert.equal(await run("sysext.layOutVersion", image, { version: "1.0" }), undefined);
  assert.deepEqual(editor.messages("warning"), ["Version 1.0 already exists. Replace it?"]);
  editor.answer("Replace");
  assert.ok(await run("sysext.layOutVersion", image, { version: "1.0" }));
  assert.ok(lstatSync(link).isSymbolicLink());
});

test("a file in the symlink's place is not replaced", async (t) => {
  const folder = tempFolder(t);
  const image = Uri.file(path.join(folder, "demo.raw"));
  writeFileSync(image.fsPath, await buildInMemory({ "usr/lib/extension-release.d/extension-release.demo": "" }));
  mkdirSync(path.join(folder, "host"));
  writeFileSync(path.join(folder, "host/demo.raw"), "");
  const layout = { image: "demo_1.raw", symlink: "demo.raw", target: "demo_1.raw" };
  const { run } = await openWindow(t, { ...treeAnswers(), "sysext/versionedLayout": layout });
  await run("sysext.layOutVersion", image, { version: "1" });
  assert.deepEqual(editor.messages("error"), ['"demo.raw" exists and is not a symlink; remove it first.']);
  assert.equal(existsSync(path.join(folder, "host/demo_1.raw")), false);
});

test("an image is laid out only on this machine", async (t) => {
  const far = treeDescription("far", { uri: "memory:/w/far" });
  const layout = { image: "a", symlink: "b", target: "a" };
  const { run } = await openWindow(t, { ...treeAnswers(far), "sysext/versionedLayout": layout });
  await run("sysext.layOutVersion", Uri.parse(far.uri), { version: "1" });
  assert.match(editor.messages("error")[0] ?? "", /only on this machine's disks/);
});

test("extensions are refreshed after the updates of the sets that are chosen", async (t) => {
  editor.write("file:///w/demo/host/etc/sysupdate.d/a.transfer", "[Target]\nPath=/var/lib/extensions\n");
  editor.write("file:///w/demo/host/etc/sysupdate.demo.d/b.transfer", "[Target]\nPath=/var/lib/confexts\n");
  editor.write("file:///w/elsewhere/sysupdate.other.d/c.transfer", "[Target]\n");
  const files = [{ path: "etc/systemd/system/x.conf", text: "[Unit]\n" }];
  const { run } = await openWindow(t, { ...treeAnswers(demo), "sysext/refreshAfterUpdate": { files } });
  editor.answer((items: readonly unknown[]) => items);
  const file = await run("sysext.refreshAfterUpdate", Uri.parse(demo.uri), { folder: Uri.file("/w/out") });
  assert.equal(String(file), "file:///w/out/etc/systemd/system/x.conf");
  assert.deepEqual([...(editor.shown[0]?.items ?? [])].sort(), ["The system's set", "demo"]);
  const params = Object(paramsOf("sysext/refreshAfterUpdate"));
  assert.deepEqual([params.tree, params.components, params.systemSet], [demo.uri, ["demo"], true]);
  const asked = languageClients.made.at(-1)?.requests.length;
  editor.answer([]);
  const out = { folder: Uri.file("/w/out") };
  assert.equal(await run("sysext.refreshAfterUpdate", Uri.parse(demo.uri), out), undefined, "none was chosen");
  assert.equal(languageClients.made.at(-1)?.requests.length, Number(asked) + 1, "only the tree was asked for");
});

test("a folder is published with a signature, without, or unsigned where one was", async (t) => {
  editor.write("file:///w/images/a.raw", "");
  const { run } = await openWindow(t, treeAnswers());
  const args = (): unknown => Reflect.get(Object(editor.tasks.at(-1)), "execution").args.slice(1);
  const folder = Uri.file("/w/images");
  await run("sysext.publish", folder, { sign: false });
  assert.deepEqual(args(), ["publish", "--", "images"]);
  editor.answer((items: readonly unknown[]) => items[0]);
  await run("sysext.publish", folder);
  assert.deepEqual(args(), ["publish", "--sign", "--", "images"]);
  editor.answer((items: readonly unknown[]) => items[1]);
  await run("sysext.publish", folder);
  assert.deepEqual(args(), ["publish", "--", "images"]);
  editor.write("file:///w/images/SHA256SUMS.gpg", "");
  editor.answer((items: readonly unknown[]) => items[1], undefined);
  await run("sysext.publish", folder);
  assert.deepEqual(args(), ["publish", "--unsigned", "--", "images"]);
  const count = editor.tasks.length;
  await run("sysext.publish", folder);
  assert.equal(editor.tasks.length, count, "Escape");
});

test("only a folder of this machine is served, at the port that a key brings", async (t) => {
  editor.write("file:///w/images/a.raw", "");
  editor.write("memory:/w/images/a.raw", "");
  const { run } = await openWindow(t, treeAnswers());
  await run("sysext.serve", Uri.file("/w/images/a.raw"));
  assert.deepEqual(editor.messages("error"), ['"images/a.raw" is a file; name the folder of the images.']);
  await run("sysext.serve", Uri.parse("memory:/w/images"));
  assert.match(editor.messages("error")[1] ?? "", /Only folders on this machine's disks/);
  editor.answer([Uri.file("/w/images")], undefined);
  await run("sysext.serve", undefined, { port: "80" });
  const execution = Reflect.get(Object(editor.tasks[0]), "execution");
  assert.deepEqual(execution.args, ["/extension/dist/cli.cjs", "serve", "--", "images"]);
  await run("sysext.serve");
  assert.equal(editor.tasks.length, 1, "Escape");
  await run("sysext.serve", Uri.file("/w/images"), { port: 8080 });
  assert.deepEqual(Reflect.get(Object(editor.tasks[1]), "execution").args.slice(1), [
    "serve",
    "--port",
    "8080",
    "--",
    "images",
  ]);
});
