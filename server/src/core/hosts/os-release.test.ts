import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOfFile, readHostRelease } from "./os-release.ts";

test("reads what extensions are compared with", () => {
  const text = 'ID=flatcar\nID_LIKE="coreos  gentoo "\nVERSION_ID=4459\nSYSEXT_LEVEL=1.0\nCONFEXT_LEVEL=2\n';
  assert.deepEqual(readHostRelease(text), {
    id: "flatcar",
    idLike: ["coreos", "gentoo"],
    versionId: "4459",
    sysextLevel: "1.0",
    confextLevel: "2",
  });
  assert.deepEqual(readHostRelease("NAME=x\n"), { idLike: [] });
});

test("a text without any assignment of an os-release file is none", () => {
  for (const text of ["", "# ID=x\n", "hello\n", "id=x\n", "1ID=x\n"]) {
    assert.equal(readHostRelease(text), undefined, text);
    assert.equal(hostOfFile("path", text), undefined, text);
  }
});

test("a host is called by its pretty name, else by its path", () => {
  assert.equal(hostOfFile("a/os-release", 'ID=x\nPRETTY_NAME="The X"\n')?.title, "The X");
  assert.equal(hostOfFile("a/os-release", "ID=x\n")?.title, "a/os-release");
});
