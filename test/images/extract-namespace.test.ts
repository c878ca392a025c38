// Extracting in a user namespace that maps root alone, as root-less containers do: owners cannot be restored there, all else can.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { requireTool, tempFolder } from "../support/tools.ts";

const mapRoot = ["--user", "--map-root-user"];

/** Whether a program can run where it is root and no other user is known; skips the test where that is not possible. */
function canMapRoot(t: TestContext): boolean {
  if (!requireTool(t, "unshare")) return false;
  if (spawnSync("unshare", [...mapRoot, "true"]).status === 0) return true;
  t.skip("this system allows no user namespaces");
  return false;
}

/** Runs a module in such a namespace that has `memoryTree` and `extractTree`; gives what it prints. */
function runInNamespace(folder: string, code: string, ...args: readonly string[]): string {
  const script = path.join(folder, "script.mts");
  const image = path.join(import.meta.dirname, "../../image/src");
  const imports = `import { memoryTree } from ${JSON.stringify(path.join(image, "index.ts"))};
import { extractTree } from ${JSON.stringify(path.join(image, "node/index.ts"))};
`;
  writeFileSync(script, imports + code);
  const { stdout, stderr } = spawnSync("unshare", [...mapRoot, process.execPath, script, ...args], {
    encoding: "utf8",
  });
  return stdout + stderr;
}

const extractForeign = `
const owner = { uid: 1234, gid: 5678, mtime: 1_500_000_000 };
const tree = memoryTree({
  "share": { type: "directory", mode: 0o750, ...owner },
  "share/plain": { content: "plain", mode: 0o640, ...owner },
  "share/setuid": { content: "setuid", mode: 0o6755, ...owner },
  "share/own": { content: "own", mode: 0o4755, mtime: owner.mtime },
  "share/with-attribute": { content: "a", mode: 0o604, ...owner, xattrs: { "user.x": Buffer.from("y") } },
  "share/link": { target: "plain", ...owner },
  "share/pipe": { type: "fifo", mode: 0o622, ...owner },
  "share/setgid": { type: "directory", mode: 0o2755, ...owner },
});
const summary = await extractTree(tree, [""], process.argv[2], { mayRunPrograms: true });
console.log(JSON.stringify(summary));
`;

test("without the owners all files come with their modes and times, and what is missing is named", (t) => {
  if (!canMapRoot(t) || !requireTool(t, "setfattr")) return;
  const folder = tempFolder(t);
  const output = path.join(folder, "out");
  const said = runInNamespace(folder, extractForeign, output);
  assert.deepEqual(JSON.parse(said), {
    ...{ files: 4, folders: 2, symlinks: 1, special: 1, bytes: 15, leftOut: [] },
    notRestored: [
      "owners: this user namespace does not map all users and groups of the image",
      "setuid and setgid bits: the files do not have the owners of the image",
    ],
  });
  const modes = Object.fromEntries(
    ["", "/plain", "/setuid", "/own", "/with-attribute", "/pipe", "/setgid"].map((name) => {
      const { mode, uid, mtimeMs } = statSync(path.join(output, `share${name}`));
      assert.deepEqual([mtimeMs, uid], [1_500_000_000_000, process.getuid?.()], name);
      return [name, mode & 0o7777];
    }),
  );
  assert.deepEqual(modes, {
    ...{ "": 0o750, "/plain": 0o640, "/setuid": 0o755, "/own": 0o4755, "/with-attribute": 0o604 },
    ...{ "/pipe": 0o622, "/setgid": 0o755 },
  });
  assert.equal(lstatSync(path.join(output, "share/link")).mtimeMs, 1_500_000_000_000);
  assert.equal(readFileSync(path.join(output, "share/plain"), "utf8"), "plain");
});

const cancelForeign = `
const stop = new AbortController();
const tree = memoryTree({ usr: { type: "directory", mode: 0o755, uid: 1234 }, "usr/file": "content" });
const stopping = { ...tree, read: () => { stop.abort(new Error("enough")); stop.signal.throwIfAborted(); } };
await extractTree(stopping, [""], process.argv[2], { mayRunPrograms: false, signal: stop.signal }).then(
  () => console.log("extracted"),
  (error) => console.log("ended: " + error.message),
);
`;

test("a cancelled extraction ends with its reason there too, and its folders have their modes", (t) => {
  if (!canMapRoot(t)) return;
  const folder = tempFolder(t);
  assert.equal(runInNamespace(folder, cancelForeign, path.join(folder, "out")), "ended: enough\n");
  assert.equal(statSync(path.join(folder, "out/usr")).mode & 0o7777, 0o755);
});
