import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair } from "../../../../test/support/value-reading.ts";

test("colours names, sources and escapes", () => {
  assert.deepEqual(piecesIn("Service.LoadCredential", "key:/etc/key"), ["property key", "path /etc/key"]);
  assert.deepEqual(piecesIn("Service.SetCredential", "key:a\\nb"), ["property key", "escape \\n"]);
  assert.deepEqual(piecesIn("Service.ImportCredential", "key.*"), ["property key.", "operator *"]);
});

test("knows specifiers in the name alone of what is written out", () => {
  assert.deepEqual(readSetting("Service.SetCredential", "key:100%Z").faults, []);
  assert.equal(readSetting("Service.SetCredential", "k%Zey:100").faults[0]?.check, "unit/unknown-specifier");
});

test("never shows what a credential holds", () => {
  for (const text of ["key:secret\\q", "key:sec!ret"]) {
    for (const { message } of readSetting("Service.SetCredentialEncrypted", text).faults) {
      assert.doesNotMatch(message, /sec/);
    }
  }
});

test("repairs sources and escapes", () => {
  assert.equal(repair("Service.LoadCredential", "key:/etc//keys/./a"), "key:/etc/keys/a");
  assert.equal(repair("Service.SetCredential", "key:a\\qb"), "key:a\\\\qb");
});

test("offers paths for sources", () => {
  assert.equal(offerAt("Service.LoadCredential", "key:/e‸")?.around, "paths");
  assert.equal(offerAt("Service.LoadCredential", "ke‸"), undefined);
});
