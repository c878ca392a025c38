import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { fromBase64, isSignatureText, readSignatureJson } from "./signature-json.ts";

const read = (text: string | Uint8Array) => readSignatureJson(memorySource(Buffer.from(text)));
const rootHash = "AB".repeat(32);

test("base64 is what node takes it for", () => {
  for (let length = 0; length < 70; length++) {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 37 + length * 11) & 0xff));
    const text = bytes.toString("base64");
    assert.deepEqual(Buffer.from(fromBase64(text) ?? "none"), bytes);
    assert.deepEqual(Buffer.from(fromBase64(text.replace(/=+$/, "")) ?? "none"), bytes);
  }
  assert.deepEqual(fromBase64("YW\nJj\r\n"), Uint8Array.from(Buffer.from("abc")));
  for (const text of ["A", "AAAAA", "AA-A", "AAA=A", "ÄÄÄÄ"]) assert.equal(fromBase64(text), undefined, text);
});

test("fields in any order, with others between them, and with or without zeros behind", async () => {
  const text = `{ "more": [1], "signature": "YWJj", "rootHash": "${rootHash}" }\n`;
  for (const padded of [text, `${text}\0\0\0`]) {
    assert.deepEqual(await read(padded), {
      rootHash: rootHash.toLowerCase(),
      signature: Uint8Array.from(Buffer.from("abc")),
    });
  }
});

test("what is too large or too deep is refused", async () => {
  await assert.rejects(read(Buffer.alloc((4 << 20) + 1)), { kind: "corrupt", message: /more than hosts accept/ });
  for (const text of ["[".repeat(4 << 20), '{"a":'.repeat(800_000)]) {
    await assert.rejects(read(text), { kind: "corrupt", message: /no JSON object/ });
  }
  const signature = "A".repeat((1 << 20) + 4);
  await assert.rejects(read(JSON.stringify({ rootHash, signature })), { message: /no "signature" in base64/ });
});

test("a signature partition is told from other JSON", () => {
  assert.ok(isSignatureText(Buffer.from('{"signature":"","rootHash" :""}\0')));
  assert.ok(!isSignatureText(Buffer.from('{"signature":""}\0"rootHash":')));
  assert.ok(!isSignatureText(Buffer.from('["signature":"","rootHash":""]')));
  assert.ok(!isSignatureText(new Uint8Array(0)));
});
