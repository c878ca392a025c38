// What specifiers stand for, and what is said of those that nobody knows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { specifiersIn } from "../values/specifiers.ts";
import { expandSpecifiers, specifierValues } from "./specifier-values.ts";

const release =
  'ID=demo\nVERSION_ID="12"\nIMAGE_ID=image\nIMAGE_VERSION=2\nBUILD_ID=b\nVARIANT_ID=server\nPRETTY_NAME=x\n';
const all = specifierValues({
  release,
  architecture: "x86-64",
  hostName: "lab.example.com",
  machineId: "0".repeat(32),
  bootId: "1".repeat(32),
  kernel: "6.12.0",
});

test("each specifier has its value", () => {
  const values = Object.fromEntries(specifiersIn("sysupdate").map(({ letter }) => [letter, all.get(letter)]));
  assert.deepEqual(values, {
    a: "x86-64",
    A: "2",
    b: "1".repeat(32),
    B: "b",
    H: "lab.example.com",
    l: "lab",
    q: "lab.example.com",
    m: "0".repeat(32),
    M: "image",
    o: "demo",
    v: "6.12.0",
    w: "12",
    W: "server",
    T: "/tmp",
    V: "/var/tmp",
    "%": "%",
  });
  assert.equal(specifierValues({ hostName: "a", prettyHostName: "The Lab" }).get("q"), "The Lab");
});

test("a field that is missing is empty, and one of a host that nobody knows is unknown", () => {
  const known = specifierValues({ release: "ID=demo\n" });
  assert.deepEqual(expandSpecifiers("a%A-%o", known), { kind: "text", text: "a-demo" });
  const unknown = expandSpecifiers("a%A", specifierValues({}));
  assert.deepEqual(unknown.kind === "unknown" && unknown.specifier, "%A");
});

test("percent signs and letters without a meaning", () => {
  const text = (written: string) => expandSpecifiers(written, all);
  assert.deepEqual(text("%%o%o%"), { kind: "text", text: "%odemo%" });
  assert.deepEqual(text("%_ %-"), { kind: "text", text: "%_ %-" });
  assert.deepEqual(text("%%%o"), { kind: "text", text: "%demo" });
  assert.deepEqual(text("a%z"), { kind: "invalid", specifier: "%z" });
  assert.deepEqual(text("a%1"), { kind: "invalid", specifier: "%1" });
  assert.deepEqual(text("%n"), { kind: "invalid", specifier: "%n" });
});
