import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { memoryTree } from "../../../image/src/index.ts";
import { kindOfDocument, withOpenDocuments } from "./documents.ts";

const kind = (uri: string, text = "", languageId = "plaintext") =>
  kindOfDocument(TextDocument.create(uri, languageId, 1, text));

test("a path tells release files, project files, units and definitions of updates", () => {
  assert.equal(kind("file:///t/usr/lib/extension-release.d/extension-release.demo"), "release");
  assert.equal(kind("file:///t/sysext.json"), "project");
  assert.equal(kind("file:///t/my-sysext.json"), undefined);
  assert.equal(kind("file:///t/usr/lib/systemd/system/a.service"), "unit");
  assert.equal(kind("file:///etc/sysupdate.d/a.transfer"), "update");
  assert.equal(kind("file:///etc/sysupdate.demo.d/a.transfer"), "update");
  assert.equal(kind("file:///t/README.md"), undefined);
});

test("elsewhere the text has to look like it", () => {
  assert.equal(kind("file:///t/a.service"), undefined);
  assert.equal(kind("file:///t/a.service", "[Service]\nExecStart=/x\n"), "unit");
  assert.equal(kind("file:///t/a.feature", "Feature: login\n"), undefined);
  assert.equal(kind("file:///t/a.feature", "[Feature]\nEnabled=yes\n"), "update");
});

test("the language that the user chose counts", () => {
  assert.equal(kind("untitled:x", "", "sysext-release"), "release");
  assert.equal(kind("untitled:x", "", "sysext-unit"), "unit");
  assert.equal(kind("untitled:x", "", "sysext-transfer"), "update");
  assert.equal(kind("untitled:x", "", "sysext-feature"), "update");
});

test("an open document has the editor's text, part by part, and any other file the tree's", async () => {
  const documents = new TextDocuments(TextDocument);
  const open = TextDocument.create("file:///t/usr/a%2Bb", "plaintext", 1, "\u00e4bc");
  documents.all = () => [open];
  const tree = withOpenDocuments(memoryTree({ "usr/a+b": "disk", c: "disk" }), "file:///t", documents);
  const read = async (path: string, offset: number, length: number) =>
    Buffer.from(await tree.read(path, offset, length)).toString();
  assert.equal(await read("usr/a+b", 0, 99), "\u00e4bc");
  assert.equal(await read("usr/a+b", 2, 1), "b");
  assert.equal(await read("c", 0, 4), "disk");
});
