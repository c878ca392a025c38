// Versioned images in the folder for the host: complete or not there, and the symlink follows the newest.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../../test/support/tools.ts";
import { lookAt, type PlacedVersion, placeVersion } from "./place-version.ts";

function placeOf(folder: string, version: string): PlacedVersion {
  const name = `demo-${version}.raw`;
  return {
    folder,
    image: `var/lib/extensions.d/demo/${name}`,
    symlink: "var/lib/extensions/demo.raw",
    target: `../extensions.d/demo/${name}`,
  };
}

test("a second version stands beside the first, and the symlink leads to it", async (t) => {
  const folder = tempFolder(t);
  const image = path.join(folder, "demo.raw");
  for (const version of ["1", "2"]) {
    writeFileSync(image, `version ${version}`);
    await placeVersion(image, placeOf(path.join(folder, "host"), version));
  }
  const link = path.join(folder, "host/var/lib/extensions/demo.raw");
  assert.equal(readlinkSync(link), "../extensions.d/demo/demo-2.raw");
  assert.equal(readFileSync(link, "utf8"), "version 2");
  assert.deepEqual(readdirSync(path.join(folder, "host/var/lib/extensions.d/demo")), ["demo-1.raw", "demo-2.raw"]);
  assert.deepEqual(readdirSync(path.dirname(link)), ["demo.raw"]);
});

test("what is there already is told before anything is written", async (t) => {
  const folder = tempFolder(t);
  const place = placeOf(folder, "1");
  assert.deepEqual(await lookAt(place), { image: false, symlink: "absent" });
  writeFileSync(path.join(folder, "x"), "");
  await placeVersion(path.join(folder, "x"), place);
  assert.deepEqual(await lookAt(place), { image: true, symlink: "symlink" });
  const occupied = tempFolder(t);
  mkdirSync(path.join(occupied, place.symlink), { recursive: true });
  assert.deepEqual(await lookAt(placeOf(occupied, "1")), { image: false, symlink: "other" });
});

test("an image that cannot be read leaves nothing behind", async (t) => {
  const folder = tempFolder(t);
  await assert.rejects(placeVersion(path.join(folder, "missing.raw"), placeOf(folder, "1")), /ENOENT/);
  assert.deepEqual(readdirSync(path.join(folder, "var/lib/extensions.d/demo")), []);
});
