// How failures become the one sentence that a user reads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ImageError } from "../../image/src/index.ts";
import { UpdateError } from "../../updates/src/index.ts";
import { about, exitStatus, Failure, failureText } from "./failure.ts";

const failure = (error: unknown) => about("x.raw", () => Promise.reject(error));

test("exit statuses are those that the help promises", () => {
  assert.deepEqual(exitStatus, { done: 0, no: 1, failed: 2, interrupted: 130 });
});

test("a corrupt image names the byte, any other image fault does not", async () => {
  await assert.rejects(failure(new ImageError("corrupt", "bad table", 96)), {
    ...{ name: "Failure", message: "bad table (at byte 96)", subject: "x.raw" },
  });
  await assert.rejects(failure(new ImageError("corrupt", "bad table", 0)), { message: "bad table (at byte 0)" });
  await assert.rejects(failure(new ImageError("corrupt", "bad table")), { message: "bad table" });
  await assert.rejects(failure(new ImageError("unsupported", "lzo", 96)), { message: "lzo" });
});

test("a fault of the system is told in words, one of a source about its own path, and a bug stays one", async () => {
  const missing = Object.assign(new Error("ENOENT: x"), { code: "ENOENT", errno: -2 });
  await assert.rejects(failure(missing), { name: "Failure", subject: "x.raw", message: /no such file/ });
  await assert.rejects(failure(new UpdateError("/other", "odd")), {
    name: "Failure",
    subject: "/other",
    message: "odd",
  });
  const bug = new TypeError("bug");
  await assert.rejects(failure(bug), (error) => error === bug);
  const ours = new Failure("why", "y");
  await assert.rejects(failure(ours), (error) => error === ours);
  assert.equal(await about("x", async () => 7), 7);
});

test("the line has the path and the reason, and the stacks only when somebody debugs", () => {
  assert.equal(failureText(new Failure("it is bad", "a\x1b"), false), "sysext: a\\x1b: it is bad\n");
  assert.equal(failureText(new Failure("it is bad"), false), "sysext: it is bad\n");
  const text = failureText(new Failure("outer", "x", new Error("inner")), true);
  assert.match(text, /^sysext: x: outer\nFailure: outer\n +at [\s\S]*\nError: inner\n +at /);
  const { bugs } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  assert.equal(failureText(new Error("odd"), false), `sysext: internal error: odd; report it at ${bugs.url}\n`);
  assert.equal(failureText("text", false), `sysext: internal error: text; report it at ${bugs.url}\n`);
});
