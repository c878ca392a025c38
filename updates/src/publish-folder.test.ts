import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { createAtomicFile } from "../../image/src/node/index.ts";
import { requireTool, tempFolder } from "../../test/support/tools.ts";
import { checkFolder } from "./check-folder.ts";
import { type PublishRequest, publishFolder } from "./publish-folder.ts";

const now = Date.parse("2026-06-15T12:00:00Z");

function makeFolder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = tempFolder(t);
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

function publish(folder: string, more: Partial<PublishRequest> = {}) {
  return publishFolder({ folder, now, createFile: createAtomicFile, ...more });
}

/** What is in a folder, by name. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(path.join(folder, name), "utf8")]),
  );
}

function manifestOf(folder: string): string[] {
  return readFileSync(path.join(folder, "SHA256SUMS"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.slice(66));
}

async function problems(folder: string, at = now): Promise<string[]> {
  const found = await checkFolder({ folder, now: at });
  return found.map(({ kind, path: file, line }) => `${kind} ${path.relative(folder, file)}${line ? `:${line}` : ""}`);
}

test("the images of a folder are listed, and sha256sum finds them right", async (t) => {
  const folder = makeFolder(t, {
    "app_2.raw": "two",
    "app_10.raw.zst": "ten",
    "App_1.efi": "one",
    "app_2.conf": "[Transfer]",
    ".hidden.raw": "",
    "app_2.raw~": "",
    "app_2.raw.asc": "",
    "SHA256SUMS.app": "",
  });
  mkdirSync(path.join(folder, "sub"));
  symlinkSync("app_2.raw", path.join(folder, "app.raw"));
  const { files, notes, added, written, signed } = await publish(folder);
  assert.deepEqual(manifestOf(folder), ["App_1.efi", "app_10.raw.zst", "app_2.conf", "app_2.raw"]);
  assert.deepEqual([added.length, written, signed], [4, true, false]);
  assert.deepEqual(files.at(-1), {
    name: "app_2.raw",
    size: 3,
    sha256: createHash("sha256").update("two").digest("hex"),
  });
  assert.deepEqual(notes, ['"app.raw" is a symlink and is not listed; hosts fetch the file under its own name']);
  assert.deepEqual(await problems(folder), []);
  if (!requireTool(t, "sha256sum")) return;
  const said = execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  assert.equal(said, "App_1.efi: OK\napp_10.raw.zst: OK\napp_2.conf: OK\napp_2.raw: OK\n");
});

test("a published folder is published again only where something changed", async (t) => {
  const folder = makeFolder(t, { "app_1.raw": "one", "app_2.raw": "two" });
  await publish(folder);
  assert.equal((await publish(folder)).written, false);
  rmSync(path.join(folder, "app_1.raw"));
  writeFileSync(path.join(folder, "app_3.raw"), "three");
  const { added, removed, changed } = await publish(folder);
  assert.deepEqual({ added, removed, changed }, { added: ["app_3.raw"], removed: ["app_1.raw"], changed: [] });
  assert.deepEqual(manifestOf(folder), ["app_2.raw", "app_3.raw"]);
});

test("a version that changed is refused, and published when told; what has no version may change", async (t) => {
  const folder = makeFolder(t, { "app_1.raw": "one", "notes_1.md": "one", "app.transfer": "" });
  await publish(folder);
  const before = contents(folder);
  writeFileSync(path.join(folder, "app_1.raw"), "another");
  writeFileSync(path.join(folder, "notes_1.md"), "two");
  const { refused, written, changed } = await publish(folder);
  assert.deepEqual([refused, written, changed], [["app_1.raw"], false, ["app_1.raw", "notes_1.md"]]);
  assert.equal(contents(folder)["SHA256SUMS"], before["SHA256SUMS"]);
  assert.deepEqual((await publish(folder, { force: true })).refused, []);
  assert.deepEqual(await problems(folder), []);
});

test("a manifest that systemd refuses is replaced, and still tells what changed", async (t) => {
  const folder = makeFolder(t, { "app_1.raw": "one" });
  await publish(folder);
  appendFileSync(path.join(folder, "SHA256SUMS"), "nonsense\n");
  assert.deepEqual(await problems(folder), ["refused SHA256SUMS:2"]);
  writeFileSync(path.join(folder, "app_1.raw"), "another");
  assert.deepEqual((await publish(folder)).refused, ["app_1.raw"]);
  const { notes } = await publish(folder, { force: true });
  assert.match(notes.join(), /had 1 lines that systemd refuses/);
  writeFileSync(path.join(folder, "SHA256SUMS"), Buffer.from([0xff, 0xfe]));
  assert.deepEqual((await problems(folder))[0], "refused SHA256SUMS");
  await publish(folder);
  assert.deepEqual(await problems(folder), []);
});

test("a mark limits the manifest's time, and the last one asked for counts", async (t) => {
  const folder = makeFolder(t, { "app_1.raw": "one" });
  await publish(folder, { bestBefore: "2026-07-01" });
  assert.deepEqual(manifestOf(folder), ["BEST-BEFORE-2026-07-01", "app_1.raw"]);
  if (requireTool(t, "sha256sum")) execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: folder });
  assert.equal((await publish(folder)).written, false);
  assert.deepEqual(await problems(folder), []);
  assert.deepEqual(await problems(folder, Date.parse("2026-07-01T00:00:00Z")), ["expired SHA256SUMS:1"]);
  assert.equal((await publish(folder, { bestBefore: "2026-08-01" })).bestBefore, "2026-08-01");
  assert.deepEqual(manifestOf(folder), ["BEST-BEFORE-2026-08-01", "app_1.raw"]);
  assert.deepEqual(Object.keys(contents(folder)).sort(), ["BEST-BEFORE-2026-08-01", "SHA256SUMS", "app_1.raw"]);
  await assert.rejects(
    publish(folder, { now: Date.parse("2026-09-01") }),
    /hosts refuse the manifest because that date has begun/,
  );
  await assert.rejects(
    publish(folder, { bestBefore: "2026-06-15" }),
    /hosts refuse the manifest because that date has begun/,
  );
});

test("what is wrong with a published folder is told file by file", async (t) => {
  const folder = makeFolder(t, { "app_1.raw": "one", "app_2.raw": "two", "app_3.raw": "three" });
  assert.deepEqual(await problems(folder), ["missing SHA256SUMS"]);
  await publish(folder);
  rmSync(path.join(folder, "app_1.raw"));
  writeFileSync(path.join(folder, "app_2.raw"), "TWO");
  writeFileSync(path.join(folder, "app_4.raw"), "four");
  mkdirSync(path.join(folder, "sub"));
  writeFileSync(path.join(folder, "sub/app_5.raw"), "five");
  const sum = createHash("sha256").update("five").digest("hex");
  appendFileSync(path.join(folder, "SHA256SUMS"), `${sum}  sub/app_5.raw\n${sum}  app_3.raw\n`);
  assert.deepEqual(await problems(folder), [
    "doubtful SHA256SUMS:5",
    "gone SHA256SUMS:1",
    "changed app_2.raw",
    "changed app_3.raw",
    "unlisted app_4.raw",
  ]);
});

test("a name with which systemd would refuse the manifest stops the publication", async (t) => {
  for (const name of ["app%201.raw", "app\n1.raw"]) {
    const folder = makeFolder(t, { [name]: "" });
    await assert.rejects(publish(folder), /it cannot be published: .*; rename the file$/s);
    assert.deepEqual(Object.keys(contents(folder)), [name]);
  }
  if (process.platform !== "linux") return;
  const folder = makeFolder(t, {});
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/app`), Buffer.from([0xff])]), "");
  await assert.rejects(publish(folder), /is not valid UTF-8; rename the file$/);
});

test("an empty folder, a file and nothing are told apart", async (t) => {
  const folder = makeFolder(t, { "app.raw": "" });
  await assert.rejects(publish(tempFolder(t)), /it contains no file to publish/);
  await assert.rejects(publish(path.join(folder, "app.raw")), /a part of its path is not a folder/);
  await assert.rejects(publish(path.join(folder, "missing")), /no such file or folder/);
});

test("a file that changes while it is read stops the publication", async (t) => {
  const folder = makeFolder(t, { "app_1.raw": "one", "app_2.raw": "two" });
  const file = path.join(folder, "app_2.raw");
  const changing = () => truncateSync(file, 1);
  const request = { folder, now, createFile: createAtomicFile };
  await assert.rejects(publishFolder(request, { onProgress: changing }), /it changed while it was read/);
  // The same length, and changed between its checksum and the manifest.
  const sign = async () => {
    utimesSync(file, 1, 1);
    return Buffer.from("signature");
  };
  await assert.rejects(publish(folder, { signature: { kind: "sign", sign } }), /it changed while it was read/);
  assert.deepEqual(Object.keys(contents(folder)), ["app_1.raw", "app_2.raw"]);
});

const sign = async (text: string) => Buffer.from(`signature of ${text}`);

test("manifest and signature are replaced together", async (t) => {
  const folder = makeFolder(t, { "app_1.raw": "one" });
  assert.equal((await publish(folder, { signature: { kind: "sign", sign } })).signed, true);
  const signed = contents(folder);
  assert.equal(signed["SHA256SUMS.gpg"], `signature of ${signed["SHA256SUMS"]}`);
  assert.deepEqual(await publish(folder).then((now) => [now.signed, now.written]), [true, false]);

  writeFileSync(path.join(folder, "app_2.raw"), "two");
  await assert.rejects(publish(folder), /it signs the previous manifest; sign the new manifest with --sign/);
  assert.equal(contents(folder)["SHA256SUMS"], signed["SHA256SUMS"]);
  await publish(folder, { signature: { kind: "remove" } });
  assert.deepEqual([existsSync(path.join(folder, "SHA256SUMS.gpg")), manifestOf(folder).length], [false, 2]);
});

test("a failed publication leaves everything as it was", async (t) => {
  const folder = makeFolder(t, { "app_1.raw": "one" });
  const steps = ["write SHA256SUMS.gpg", "write BEST-BEFORE-2026-07-01", "commit SHA256SUMS", "commit SHA256SUMS.gpg"];
  function failingAt(step: string): PublishRequest["createFile"] {
    return async (target) => {
      const file = await createAtomicFile(target);
      const fail = (doing: string) => {
        if (step === `${doing} ${path.basename(target)}`) throw new Error(`the disk broke at "${step}"`);
      };
      return {
        async write(offset, bytes) {
          fail("write");
          await file.write(offset, bytes);
        },
        async commit() {
          fail("commit");
          await file.commit();
        },
        discard: file.discard,
      };
    };
  }
  for (const state of ["new", "published"]) {
    if (state === "published") {
      await publish(folder, { signature: { kind: "sign", sign } });
      writeFileSync(path.join(folder, "app_2.raw"), "two");
    }
    const before = contents(folder);
    for (const step of steps) {
      const request = {
        bestBefore: "2026-07-01",
        signature: { kind: "sign", sign },
        createFile: failingAt(step),
      } as const;
      await assert.rejects(publish(folder, request), { message: `the disk broke at "${step}"` });
      assert.deepEqual(contents(folder), before, step);
    }
    const failing = { kind: "sign", sign: () => Promise.reject(new Error("no key")) } as const;
    await assert.rejects(publish(folder, { signature: failing }), /no key/);
    const abort = new AbortController();
    const request = { folder, now, createFile: createAtomicFile };
    const cancel = () => abort.abort(new Error("enough"));
    await assert.rejects(publishFolder(request, { signal: abort.signal, onProgress: cancel }), /enough/);
    assert.deepEqual(contents(folder), before);
  }
});
