// Where caches are on each system.
import assert from "node:assert/strict";
import { homedir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { cacheFolder } from "./cache-folder.ts";

const given = path.resolve("/given");
const ours = ["sysext-workbench", "images"] as const;
const home = homedir();

for (const [platform, environment, folder] of [
  ["linux", {}, path.join(home, ".cache")],
  ["linux", { XDG_CACHE_HOME: given, LOCALAPPDATA: "/other" }, given],
  ["linux", { XDG_CACHE_HOME: "relative" }, path.join(home, ".cache")],
  ["freebsd", { XDG_CACHE_HOME: given }, given],
  ["darwin", {}, path.join(home, "Library", "Caches")],
  ["darwin", { XDG_CACHE_HOME: given }, path.join(home, "Library", "Caches")],
  ["win32", {}, path.join(home, "AppData", "Local")],
  ["win32", { LOCALAPPDATA: given, XDG_CACHE_HOME: "/other" }, given],
] as const) {
  test(`the caches of ${platform} with ${Object.keys(environment).join(" and ") || "nothing"} set are in ${folder}`, () => {
    assert.equal(cacheFolder("images", environment, platform), path.join(folder, ...ours));
  });
}
