// The path that is meant comes first.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../image/src/index.ts";
import { findPaths } from "./fuzzy.ts";
import { indexPaths, type PathIndex } from "./path-index.ts";

async function indexOf(paths: readonly string[]): Promise<PathIndex> {
  const { index, done } = indexPaths(memoryTree(Object.fromEntries(paths.map((path) => [path, ""]))));
  await done;
  return index;
}

const paths = [
  "usr/bin/dockerd",
  "usr/bin/docker",
  "usr/bin/docker-proxy",
  "usr/bin/my-docker",
  "usr/lib/docker/cli-plugins/compose",
  "usr/lib/systemd/system/docker.service",
  "usr/lib/systemd/system/docker.socket",
  "usr/lib/systemd/system-generators/x",
  "usr/share/Doc/README.md",
  "usr/share/zoneinfo/Europe/Zürich",
];

async function found(query: string, limit = 5): Promise<string[]> {
  const index = await indexOf(paths);
  return (await findPaths(index, query, { limit })).map((at) => index.paths[at] ?? "");
}

test("the whole name comes before its beginning, that before a word in it, and that before a folder", async () => {
  const all = await found("docker", 20);
  assert.deepEqual(all.slice(0, 3), ["usr/bin/docker", "usr/lib/docker", "usr/bin/docker-proxy"]);
  assert.ok(all.indexOf("usr/bin/dockerd") < all.indexOf("usr/bin/my-docker"), all.join(" "));
  assert.ok(all.indexOf("usr/bin/my-docker") < all.indexOf("usr/lib/docker/cli-plugins/compose"), all.join(" "));
});

test("letters are enough, in any case, also those that begin words", async () => {
  assert.equal((await found("dkprx"))[0], "usr/bin/docker-proxy");
  assert.equal((await found("ReadMe"))[0], "usr/share/Doc/README.md");
  assert.equal((await found("ds"))[0], "usr/lib/systemd/system/docker.socket");
  assert.equal((await found("zürich"))[0], "usr/share/zoneinfo/Europe/Zürich");
});

test("letters that begin words and go on in them come before letters here and there, and files before folders", async () => {
  const wanted = "usr/lib/extension-release.d/extension-release.foo";
  const others = [
    "usr/bin/execreplay",
    "usr/lib/opentelemetry-exporter-logging",
    "usr/lib/extension-release.d/readme",
    "usr/share/extra-release/notes",
    "usr/share/expression-lexer.py",
  ];
  const index = await indexOf([...others, wanted]);
  const hits = (await findPaths(index, "exrel", { limit: 20 })).map((at) => index.paths[at]);
  assert.deepEqual(hits.slice(0, 3), [wanted, "usr/share/extra-release", "usr/lib/extension-release.d"]);
  assert.deepEqual(hits.slice(-2).toSorted(), ["usr/lib/extension-release.d/readme", "usr/share/extra-release/notes"]);
});

test("odd names are found, and cost nothing more", async () => {
  const odd = ["usr/odd/\ud800lone\udc00", "usr/odd/a\u0001b\n", `usr/odd/${"a".repeat(255)}`, "usr/odd/İstanbul"];
  const index = await indexOf(odd);
  const first = async (query: string): Promise<string | undefined> =>
    index.paths[(await findPaths(index, query, { limit: 1 }))[0] ?? -1];
  assert.equal(await first("\ud800lne"), odd[0]);
  assert.equal(await first("a\u0001"), odd[1]);
  assert.equal(await first("a".repeat(255)), odd[2]);
  assert.equal(await first("a".repeat(256)), undefined);
  assert.equal(await first("istbl"), odd[3]);
});

test("several words all count, in any order, and a slash asks for paths", async () => {
  assert.equal((await found("service docker"))[0], "usr/lib/systemd/system/docker.service");
  assert.equal((await found("bin/doc"))[0], "usr/bin/docker");
  assert.equal((await found("/usr/lib/systemd/system"))[0], "usr/lib/systemd/system");
  assert.deepEqual(await found("docker nowhere"), []);
});

test("what has not all letters is not found", async () => {
  assert.deepEqual(await found("dockerq"), []);
  assert.deepEqual(await found("qqq"), []);
});

test("no more than wanted are found, and they are the best of all", async () => {
  const many = Array.from({ length: 3000 }, (_, at) => `usr/share/data/x-target-${String(at).padStart(4, "0")}-y`);
  const index = await indexOf([...many, "usr/zz/target"]);
  const hits = await findPaths(index, "target", { limit: 10 });
  assert.equal(hits.length, 10);
  assert.equal(index.paths[hits[0] ?? -1], "usr/zz/target");
  assert.equal((await findPaths(index, "", { limit: 10 })).length, 10);
});

test("whoever types on does not wait", async () => {
  const control = new AbortController();
  control.abort();
  await assert.rejects(findPaths(await indexOf(paths), "d", { limit: 1, signal: control.signal }), {
    name: "AbortError",
  });
});
