// Reasons of failed operations: in words for what users meet, and in the system's own for the rest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ImageError } from "../bytes/image-error.ts";
import { errorCode, ioError, ioReason } from "./io-error.ts";

function failureOf(code: unknown): Error {
  return Object.assign(new Error("what node says"), { code });
}

test("a code that users meet has words of ours, and any other one the system's", () => {
  assert.equal(ioReason(failureOf("ENOSPC")), "the disk is full");
  assert.equal(ioReason(failureOf("EINVAL")), "invalid argument (EINVAL)");
});

test("what has no code of the system is told as it is", () => {
  assert.equal(ioReason(failureOf("ERR_INVALID_ARG_VALUE")), "what node says");
  assert.equal(ioReason(failureOf(20)), "what node says");
  assert.equal(ioReason("a text"), "a text");
});

test("only a code that is text is one", () => {
  assert.equal(errorCode(failureOf("ENOENT")), "ENOENT");
  assert.equal(errorCode(failureOf(20)), undefined);
  assert.equal(errorCode({ code: "ENOENT" }), undefined);
});

test("an error of the image stays what it is, and another becomes one of reading", () => {
  const corrupt = new ImageError("corrupt", "bad");
  assert.equal(ioError("cannot read", corrupt), corrupt);
  const { kind, message } = ioError('cannot read "a"', failureOf("EACCES"));
  assert.deepEqual([kind, message], ["io", 'cannot read "a": no permission']);
});
