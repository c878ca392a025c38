// The error of images, whose fault other texts take over without the words about the image.
import assert from "node:assert/strict";
import { test } from "node:test";
import { damaged, ImageError } from "./image-error.ts";

test("a damage says that the image is damaged, and its fault does not", () => {
  const { name, kind, message, fault, offset } = damaged("the image is damaged: says its label", 40);
  assert.deepEqual([name, kind, offset], ["ImageError", "corrupt", 40]);
  assert.equal(fault, "the image is damaged: says its label");
  assert.equal(message, `the image is damaged: ${fault}`);
});

test("the fault of any other error is its message, and it has no offset unless one is given", () => {
  const { message, fault, offset } = new ImageError("io", "no permission");
  assert.deepEqual([message, fault, offset], ["no permission", "no permission", undefined]);
});
