// Failures are told in one sentence, and what they were is in the log.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { editor } from "../../test/support/fake-vscode/editor.ts";

const { window } = await import("vscode");
const { logFailure, reasonOf, runInBackground, sentenceOf, UserError } = await import("./messages.ts");

beforeEach(() => editor.reset());

test("a reason is the end of a sentence, and what was written for the user stays", () => {
  assert.equal(reasonOf(new Error("The disk is full.")), "The disk is full");
  assert.equal(reasonOf(7), "7");
  assert.equal(sentenceOf("It failed", new Error("the disk is full.")), "It failed: the disk is full.");
  assert.equal(sentenceOf("It failed", new UserError("Choose a folder.")), "Choose a folder.");
});

test("work in the background that fails is told and logged", async () => {
  const log = window.createOutputChannel("test", { log: true });
  runInBackground(log, "It failed", Promise.resolve());
  runInBackground(log, "It failed", Promise.reject(new Error("why")));
  await setImmediate();
  assert.deepEqual(editor.messages("error"), ["It failed: why."]);
  assert.ok(editor.log.some(({ level, text }) => level === "error" && text === "It failed: why."));
});

test("what the user has not asked for fails in the log only", async () => {
  const log = window.createOutputChannel("test", { log: true });
  logFailure(log, "It failed", Promise.reject(new Error("why")));
  await setImmediate();
  assert.deepEqual(editor.messages(), []);
  assert.deepEqual(
    editor.log.map(({ level, text }) => [level, text]),
    [["warn", "It failed: why."]],
  );
});
