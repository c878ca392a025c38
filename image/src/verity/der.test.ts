import assert from "node:assert/strict";
import { test } from "node:test";
import { derObjectId, derParts, readDer } from "./der.ts";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

test("values are taken apart", () => {
  const parts = derParts(readDer(bytes("30 07 02 01 05 04 02 aa bb")));
  assert.deepEqual(
    parts.map(({ tag, content }) => [tag, Buffer.from(content).toString("hex")]),
    [
      [0x02, "05"],
      [0x04, "aabb"],
    ],
  );
  assert.equal(readDer(bytes(`04 81 80 ${"00".repeat(128)}`)).content.length, 128);
  assert.equal(readDer(bytes(`04 82 0100 ${"00".repeat(256)}`)).content.length, 256);
});

test("object identifiers", () => {
  for (const [text, id] of [
    ["06 09 2a 86 48 86 f7 0d 01 07 02", "1.2.840.113549.1.7.2"],
    ["06 09 60 86 48 01 65 03 04 02 01", "2.16.840.1.101.3.4.2.1"],
    ["06 03 2b 65 70", "1.3.101.112"],
    ["06 01 00", "0.0"],
    ["06 02 88 37", "2.999"],
  ] as const) {
    assert.equal(derObjectId(readDer(bytes(text))), id);
  }
});

for (const [name, text] of [
  ["nothing", ""],
  ["a tag alone", "30"],
  ["a length that goes on behind the end", "30 05 00"],
  ["a length of which bytes are missing", "30 82 01"],
  ["a length of five bytes", "30 85 00 00 00 00 00"],
  ["a length that shows only at the end", "30 80 00 00"],
  ["a tag of two bytes", "1f 81 00"],
  ["something behind the value", "05 00 00"],
  ["an object identifier that does not end", "06 02 2a 86"],
  ["an empty object identifier", "06 00"],
  ["an object identifier with too large a number", `06 0b 2a ${"ff".repeat(9)} 00`],
] as const) {
  test(`${name} is corrupt`, () => {
    const read = () => derObjectId(readDer(bytes(text)));
    assert.throws(read, { name: "ImageError", kind: "corrupt" });
  });
}

test("more parts than there can be are refused", () => {
  const many = Buffer.concat([bytes("30 83 00 ff fe"), Buffer.alloc(0xfffe)]);
  assert.throws(() => derParts(readDer(many)), { kind: "corrupt" });
});
