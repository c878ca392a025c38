import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import { tempFolder } from "../../../test/support/tools.ts";
import type { BuildPlan } from "../formats/writable-formats.ts";
import { buildImageFile } from "./build-image-file.ts";
import { openImageFile } from "./open-image-file.ts";
import { workerFile } from "./worker-file.ts";
import type { BuildControl } from "./write-image-file.ts";

const plan: BuildPlan = { format: "squashfs", hierarchies: ["usr"], compression: "gzip", level: 6, blockSize: 131_072 };

/** A tree with `usr/bin/tool` and `megabytes` of content that compresses badly. */
function makeTree(t: TestContext, megabytes = 0): string {
  const folder = path.join(tempFolder(t), "demo");
  mkdirSync(path.join(folder, "usr/bin"), { recursive: true });
  writeFileSync(path.join(folder, "usr/bin/tool"), "#!/bin/sh\n");
  if (megabytes > 0) writeFileSync(path.join(folder, "usr/large"), noise(megabytes << 20));
  return folder;
}

function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

function build(folder: string, output: string, control: BuildControl = {}, force = false) {
  return buildImageFile({ folder, output, plan, mayRunPrograms: false, threads: 2, force }, control);
}

test("an image appears under its name, and nothing else beside it", async (t) => {
  const folder = makeTree(t);
  const output = path.join(tempFolder(t), "new/folder/demo.raw");
  const counts = await build(folder, output);
  assert.deepEqual(readdirSync(path.dirname(output)), ["demo.raw"]);
  assert.equal(readFileSync(output).length, counts.bytes);
  assert.deepEqual(
    { ...counts, bytes: 0 },
    {
      bytes: 0,
      files: 1,
      directories: 2,
      symlinks: 0,
      sourceBytes: 10,
      reusedBytes: 0,
      xattrsKnown: false,
    },
  );
});

test("a file of the same name is replaced only if it is an image, or by force", async (t) => {
  const folder = makeTree(t);
  const output = path.join(tempFolder(t), "notes.txt");
  writeFileSync(output, "my notes");
  await assert.rejects(build(folder, output), {
    kind: "io",
    message: /"notes\.txt" already exists and is not an image that a build writes/,
  });
  assert.equal(readFileSync(output, "utf8"), "my notes");
  await build(folder, output, {}, true);
  await build(folder, output); // an image by now
});

test("a cancelled build leaves an earlier image as it was, and nothing else", async (t) => {
  const folder = makeTree(t, 20);
  const output = path.join(tempFolder(t), "demo.raw");
  await build(makeTree(t), output);
  const earlier = readFileSync(output);
  const cancellation = new AbortController();
  const building = build(folder, output, {
    signal: cancellation.signal,
    onProgress: ({ phase }) => {
      if (phase === "write") cancellation.abort(new Error("no longer wanted"));
    },
  });
  await assert.rejects(building, { message: "no longer wanted" });
  assert.deepEqual(readdirSync(path.dirname(output)), ["demo.raw"]);
  assert.deepEqual(readFileSync(output), earlier);
  await assert.rejects(build(folder, output, { signal: AbortSignal.abort(new Error("too late")) }), {
    message: "too late",
  });
});

test("the image is not written into what goes into it", async (t) => {
  const folder = makeTree(t);
  await assert.rejects(build(folder, path.join(folder, "usr/demo.raw")), {
    kind: "io",
    message: /would be inside "usr"/,
  });
  await build(folder, path.join(folder, "demo.raw"));
  assert.deepEqual(readdirSync(folder), ["demo.raw", "usr"]);
});

test("a folder in the output's path that is a file is told by its name", async (t) => {
  const folder = makeTree(t);
  const file = path.join(folder, "README");
  writeFileSync(file, "");
  await assert.rejects(build(folder, path.join(file, "demo.raw")), {
    kind: "io",
    message: /cannot write|cannot create/,
  });
});

test("a folder that cannot be created ends the build instead of being tried forever", async (t) => {
  const output = process.platform === "linux" ? "/proc/sysext-test/new/demo.raw" : "/nowhere\0/demo.raw";
  await assert.rejects(build(makeTree(t), output), { kind: "io", message: /cannot create the folder/ });
});

test("plans with options that are not valid are refused with the way out", async (t) => {
  const folder = makeTree(t);
  const output = path.join(tempFolder(t), "demo.raw");
  const refused = async (change: Partial<BuildPlan>, message: RegExp) =>
    await assert.rejects(buildImageFile({ folder, output, plan: { ...plan, ...change }, mayRunPrograms: false }), {
      kind: "unsupported",
      message,
    });
  await refused({ blockSize: 5000 }, /the block size "5000" is not valid; use a power of two from 4096 to 1048576/);
  await refused({ level: 10 }, /the compression level "10" is not valid for gzip; use 1 to 9/);
  await refused({ compression: "zstd", level: 0 }, /the compression level "0" is not valid for zstd; use 1 to 22/);
});

test("symlinks that leave the tree or go in circles are stored, not followed", async (t) => {
  const folder = makeTree(t);
  symlinkSync("/etc/passwd", path.join(folder, "usr/outside"));
  symlinkSync("../usr", path.join(folder, "usr/circle"));
  const output = path.join(tempFolder(t), "demo.raw");
  assert.equal((await build(folder, output)).symlinks, 2);
  const image = await openImageFile(output);
  t.after(() => image.close());
  assert.equal(await image.tree.readLink("usr/outside"), "/etc/passwd");
  assert.equal(await image.tree.readLink("usr/circle"), "../usr");
});

test("the order of the plan's names does not matter", async (t) => {
  const folder = makeTree(t);
  mkdirSync(path.join(folder, "opt"));
  const images = await Promise.all(
    [
      ["usr", "opt"],
      ["opt", "usr"],
    ].map(async (hierarchies) => {
      const output = path.join(tempFolder(t), "demo.raw");
      await buildImageFile({ folder, output, plan: { ...plan, hierarchies }, mayRunPrograms: false });
      return readFileSync(output);
    }),
  );
  assert.deepEqual(images[0], images[1]);
});

test("a tree that lacks what the plan names is told by its path", async (t) => {
  const output = path.join(tempFolder(t), "demo.raw");
  await assert.rejects(build(tempFolder(t), output), {
    kind: "io",
    message: 'cannot read "usr": no such file or folder',
  });
  assert.deepEqual(readdirSync(path.dirname(output)), []);
});

test("a build whose thread is killed ends with a sentence, keeps an earlier image and leaves nothing else", async (t) => {
  const output = path.join(tempFolder(t), "demo.raw");
  await build(makeTree(t), output);
  const earlier = readFileSync(output);
  const during: string[] = [];
  let worker: Worker | undefined;
  const building = buildImageFile(
    { folder: makeTree(t, 20), output, plan, mayRunPrograms: false, threads: 2 },
    {
      onProgress({ phase }) {
        if (phase !== "write" || during.length > 0) return;
        during.push(...readdirSync(path.dirname(output)));
        void worker?.terminate();
      },
    },
    (workerData) => {
      worker = new Worker(workerFile("build-worker"), { workerData });
      return worker;
    },
  );
  await assert.rejects(building, {
    name: "ImageError",
    kind: "io",
    message: "internal error: the build ended before the image was complete",
  });
  assert.equal(during.length, 2, "it was killed while the new image was being written");
  assert.deepEqual(readdirSync(path.dirname(output)), ["demo.raw"]);
  assert.deepEqual(readFileSync(output), earlier);
});

for (const [what, code, message] of [
  ["ends", "process.exit(3)", "internal error: the build ended before the image was complete"],
  ["throws", 'throw new Error("broken")', "internal error: the build stopped: broken"],
] as const) {
  test(`a build whose thread ${what} ends with a sentence`, async (t) => {
    const request = { folder: makeTree(t), output: path.join(tempFolder(t), "demo.raw"), plan, mayRunPrograms: false };
    const building = buildImageFile(request, {}, () => new Worker(code, { eval: true }));
    await assert.rejects(building, { name: "ImageError", kind: "io", message });
  });
}

test("a build whose thread cannot be started ends with a sentence", async (t) => {
  const request = { folder: makeTree(t), output: path.join(tempFolder(t), "demo.raw"), plan, mayRunPrograms: false };
  const refused = () => {
    throw new Error("no more threads");
  };
  await assert.rejects(buildImageFile(request, {}, refused), {
    name: "ImageError",
    kind: "io",
    message: "internal error: the build cannot start a thread: no more threads",
  });
});
