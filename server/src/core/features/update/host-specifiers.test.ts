// What specifiers stand for: as much as is known of a host, and nothing guessed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findHost } from "../../hosts/find-host.ts";
import { hostOfFile } from "../../hosts/os-release.ts";
import { hostSpecifiers } from "./host-specifiers.ts";

test("an os-release file says all, empty fields included", () => {
  const host = hostOfFile("x", 'ID=demo\nVERSION_ID="7"\nIMAGE_VERSION=20\n');
  const values = hostSpecifiers(host, "arm64");
  assert.deepEqual(
    ["a", "o", "w", "A", "B", "m"].map((letter) => values.get(letter)),
    ["arm64", "demo", "7", "20", "", undefined],
  );
});

test("of a host in the table only some fields are known", () => {
  const values = hostSpecifiers(findHost("debian-13"), undefined);
  assert.deepEqual(
    ["a", "o", "w", "A", "T"].map((letter) => values.get(letter)),
    [undefined, "debian", "13", undefined, "/tmp"],
  );
});

test("without a host only what is the same on all", () => {
  assert.deepEqual([...hostSpecifiers(undefined, "x86-64").keys()].sort(), ["%", "T", "V", "a"]);
});
