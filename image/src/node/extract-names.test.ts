// Names that would lead out of a folder, or to something else than a file, are told before anything is made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonAgainstName } from "./extract-names.ts";

test("names that lead elsewhere are refused everywhere", () => {
  for (const name of ["", ".", "..", "a/b", "/", "../x", "a\0b"]) {
    for (const platform of ["linux", "darwin", "win32"] as const) assert.ok(reasonAgainstName(name, platform), name);
  }
});

test("Linux takes all other names", () => {
  for (const name of ["...", "a\nb", "\x01", "CON", "a:b", "odd-\udcff", "a ", "\\..\\x"]) {
    assert.equal(reasonAgainstName(name, "linux"), undefined, name);
  }
});

test("macOS takes only UTF-8, and Windows no devices, streams, or ends that it leaves out", () => {
  assert.match(reasonAgainstName("odd-\udcff", "darwin") ?? "", /not UTF-8/);
  assert.equal(reasonAgainstName("a:b", "darwin"), undefined);
  for (const name of ["con", "NUL.txt", "com1", "lpt9.log", "a:b", "a\\b", "..\\x", "a?", "end.", "end ", "tab\t"]) {
    assert.ok(reasonAgainstName(name, "win32"), name);
  }
  for (const name of ["console", "null", "com", "comX", ".hidden", "a.b.c"]) {
    assert.equal(reasonAgainstName(name, "win32"), undefined, name);
  }
});
