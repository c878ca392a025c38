// Archives of tar and cpio as trees: everything in them is as it was in the folder, and as the tools unpack it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { zstdCompressSync } from "node:zlib";
import { type FileTree, memorySource, openImage, walkTree } from "../../image/src/index.ts";
import { parseDump } from "../../image/src/node/host-xattrs.ts";
import { hostFolder, type OpenImageFile, openImageFile } from "../../image/src/node/index.ts";
import { type CompareOptions, compareTrees } from "../../image/src/tree/compare.ts";
import { requireRoot, requireTool } from "../support/tools.ts";
import { makeFullTree } from "./full-tree.ts";
import { paxRecord, tarEntry, tarOf } from "./memory-tar.ts";
import { prose, run } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-archives-"));
const sample = path.join(work, "sample");
const archive = path.join(work, "archive");

before(() => {
  if (process.getuid?.() !== 0) return;
  makeFullTree(sample);
  rmSync(path.join(sample, "special/socket")); // no archive has sockets
});
after(() => rmSync(work, { recursive: true, force: true }));

/** A folder with the attributes that its files have. */
function folderWithXattrs(folder: string): FileTree {
  const options = ["--recursive", "--physical", "--no-dereference", "--dump", "--encoding=hex", "--match=-"];
  const dump = execFileSync("getfattr", [...options, "--", "."], { cwd: folder, maxBuffer: 1 << 30 });
  return hostFolder(folder, {
    xattrs: new Map(Array.from(parseDump(dump), ([name, values]) => [name.replace(/^\.(?:\/|$)/, ""), values])),
  });
}

async function readArchive<Result>(use: (image: OpenImageFile) => Promise<Result>): Promise<Result> {
  const opened = await openImageFile(archive);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

function makeTar(folder: string, ...options: string[]): void {
  rmSync(archive, { force: true });
  run("tar", "--create", "--file", archive, "--directory", folder, ...options);
}

async function assertEqual(folder: FileTree, variant: string, options: CompareOptions = {}): Promise<void> {
  await readArchive(async ({ format, facts, tree }) => {
    assert.deepEqual([format, facts.variant], ["tar", variant]);
    assert.match(facts.warning ?? "", /^it is a tar archive, which hosts do not accept; build an image/);
    assert.deepEqual(await compareTrees(folder, tree, options), []);
  });
}

const tarTools = ["tar", "setfattr", "getfattr"];

test("an archive of GNU tar equals the folder, with all attributes", async (t) => {
  if (!requireTool(t, ...tarTools) || !requireRoot(t)) return;
  const xattrs = ["--xattrs", "--xattrs-include=*"];
  for (const sparse of [
    [],
    ["--sparse"],
    ...["0.0", "0.1", "1.0"].map((version) => ["--sparse", `--sparse-version=${version}`]),
  ]) {
    makeTar(sample, "--format=posix", ...xattrs, ...sparse, ".");
    await assertEqual(folderWithXattrs(sample), "pax");
  }
});

test("an archive in GNU's own forms equals the folder", async (t) => {
  if (!requireTool(t, ...tarTools) || !requireRoot(t)) return;
  for (const options of [["--format=gnu"], ["--format=gnu", "--sparse"], ["--format=gnu", "--label=a label"]]) {
    makeTar(sample, ...options, ".");
    await assertEqual(hostFolder(sample), "gnu");
    await readArchive(async ({ facts }) =>
      assert.equal(facts.label, options[1] === "--label=a label" ? "a label" : undefined),
    );
  }
});

test("archives in the older forms equal the folders that fit into them", async (t) => {
  if (!requireTool(t, "tar") || !requireRoot(t)) return;
  for (const [format, variant] of [
    ["ustar", "ustar"],
    ["v7", "old"],
    ["oldgnu", "gnu"],
  ] as const) {
    const parts =
      format === "v7"
        ? ["usr/bin", "sizes", "sparse", "many"]
        : ["usr", "sizes", "sparse", "many", "special/fifo", "special/char"];
    makeTar(sample, `--format=${format}`, "--exclude=usr/three", ...parts);
    await readArchive(async ({ facts, tree }) => {
      assert.equal(facts.variant, variant);
      const differences = await compareTrees(hostFolder(sample), tree);
      const isMissing = ({ path: file, change }: (typeof differences)[number]) =>
        (change === "removed" && !parts.includes(file)) || /^(|usr|special|usr\/three)$/.test(file);
      assert.deepEqual(
        differences.filter((difference) => !isMissing(difference)),
        [],
      );
    });
  }
});

test("names and links of all lengths, in each form that has room for them", async (t) => {
  if (!requireTool(t, "tar") || !requireRoot(t)) return;
  const folder = path.join(work, "lengths");
  for (const length of [50, 99, 100, 101, 154, 155, 156, 200]) {
    const place = path.join(folder, "d".repeat(length));
    mkdirSync(place, { recursive: true });
    for (const more of [50, 99, 100, 101, 255]) {
      writeFileSync(path.join(place, "f".repeat(more)), `${length} ${more}`);
      symlinkSync("t".repeat(more), path.join(place, `s${more}`));
    }
    linkSync(path.join(place, "f".repeat(99)), path.join(place, "hard"));
  }
  for (const [format, variant] of [
    ["gnu", "gnu"],
    ["posix", "pax"],
    ["oldgnu", "gnu"],
  ] as const) {
    makeTar(folder, `--format=${format}`, ".");
    await assertEqual(hostFolder(folder), variant);
  }
});

test("archives of bsdtar equal the folder", async (t) => {
  if (!requireTool(t, "bsdtar", ...tarTools) || !requireRoot(t)) return;
  rmSync(archive, { force: true });
  run("bsdtar", "-c", "-f", archive, "--format", "pax", "-C", sample, ".");
  await assertEqual(folderWithXattrs(sample), "pax");
  const folder = path.join(work, "without-times");
  run("cp", "-a", sample, folder);
  // In GNU's form it writes times before 1970 in a way that nobody reads.
  rmSync(path.join(folder, "times"), { recursive: true });
  run("bsdtar", "-c", "-f", archive, "--format", "gnutar", "-C", folder, ".");
  await assertEqual(hostFolder(folder), "gnu");
});

test("a large file with holes is read by range, and its holes take no room", async (t) => {
  if (!requireTool(t, "tar")) return;
  const folder = path.join(work, "large");
  mkdirSync(folder);
  const file = path.join(folder, "large");
  writeFileSync(file, "begin");
  truncateSync(file, 5 * 2 ** 30 - 3);
  appendFileSync(file, "end");
  for (const options of [
    ["--format=gnu"],
    ...["0.0", "0.1", "1.0"].map((version) => ["--format=posix", `--sparse-version=${version}`]),
  ]) {
    makeTar(folder, "--sparse", ...options, "large");
    await readArchive(async ({ tree }) => {
      assert.equal((await tree.stat("large")).size, 5 * 2 ** 30);
      assert.equal(Buffer.from(await tree.read("large", 0, 8)).toString("latin1"), "begin\0\0\0");
      assert.equal(Buffer.from(await tree.read("large", 5 * 2 ** 30 - 5, 100)).toString("latin1"), "\0\0end");
      assert.deepEqual(Buffer.from(await tree.read("large", 3 * 2 ** 30, 1000)), Buffer.alloc(1000));
      assert.ok(((await tree.storedSize?.("large")) ?? 0) < 100_000);
      await assert.rejects(tree.read("large", 0, 2 ** 31), { kind: "unsupported", message: /read it in parts/ });
    });
  }
  rmSync(file);
});

async function listingOf(bytes: Uint8Array): Promise<{ files: Record<string, string>; warning: string }> {
  const { tree, facts } = await openImage(memorySource(bytes), {});
  const files: Record<string, string> = {};
  for await (const { path: file, type } of walkTree(tree, "")) {
    if (type === "file") files[file] = Buffer.from(await tree.read(file, 0, 100)).toString();
    else files[file] = type === "symlink" ? `-> ${await tree.readLink(file)}` : type;
  }
  return { files, warning: facts.warning ?? "" };
}

test("entries are where GNU tar unpacks them: the last of a name counts, and none is outside", async (t) => {
  if (!requireTool(t, "tar")) return;
  const bytes = tarOf(
    { name: "twice", content: "first" },
    { name: "missing/folders/of/file", content: "deep" },
    { name: "./twice", content: "second" },
    { name: "/absolute", content: "absolute" },
    { name: "a//b/./c", content: "dots" },
    { name: "folder/", type: "5", mode: 0o700 },
    { name: "folder/inside", content: "inside" },
    { name: "folder", type: "5", mode: 0o711 },
    { name: "file-then-folder", content: "file" },
    { name: "file-then-folder/", type: "5" },
    { name: "link-then-file", type: "2", target: "twice" },
    { name: "link-then-file", content: "file" },
    { name: "hard", type: "1", target: "twice" },
    { name: "to", type: "5" },
    { name: "way", type: "2", target: "to" },
    { name: "way/through-link", content: "through" },
    { name: ".wh.whiteout", content: "" },
    { name: "old-folder/", content: "" },
  );
  writeFileSync(archive, bytes);
  const { files } = await listingOf(bytes);
  const folder = path.join(work, "unpacked");
  mkdirSync(folder);
  run("tar", "--extract", "--file", archive, "--directory", folder);
  assert.deepEqual(
    await compareTrees(hostFolder(folder), (await openImage(memorySource(bytes), {})).tree, {
      ignore: ["owner", "mtime", "mode"],
    }),
    [],
  );
  assert.equal(files["twice"], "second");
  assert.equal(files["way/through-link"], undefined);
});

test("names that lead out are shown inside, and the archive says so", async () => {
  const { files, warning } = await listingOf(
    tarOf({ name: "a/../../../etc/passwd", content: "x" }, { name: "../b", content: "y" }),
  );
  assert.deepEqual(files, { b: "y", etc: "directory", "etc/passwd": "x" });
  assert.match(warning, /; 2 of its names lead out of it with "\.\." and are shown inside it$/);
});

test("entries that cannot be anywhere are left out, and the archive says so", async () => {
  const { files, warning } = await listingOf(
    tarOf(
      { name: "file", content: "file" },
      { name: "file/below", content: "below" },
      { name: "circle", type: "2", target: "circle" },
      { name: "circle/below", content: "below" },
      { name: "up", type: "2", target: "../../.." },
      { name: "up/at-root", content: "root" },
      { name: "hard", type: "1", target: "nothing" },
      { name: "full/inside", content: "inside" },
      { name: "full", content: "no folder" },
      { name: "..", content: "" },
    ),
  );
  assert.deepEqual(files, {
    "at-root": "root",
    circle: "-> circle",
    file: "file",
    full: "directory",
    "full/inside": "inside",
    up: "-> ../../..",
  });
  assert.match(
    warning,
    /; 5 of its entries are not shown: their parent is not a folder or their link target is missing$/,
  );
});

test("damaged archives: sums, sizes, descriptions, maps of holes, ends that are missing", async () => {
  const whole = tarOf({ name: "a", content: "a".repeat(2000) }, { name: "b", content: "b" });
  const described = (content: string) =>
    tarOf({ name: "x", type: "x", content }, { name: "a", content: "a".repeat(600) });
  const pax = (...records: string[]) => described(records.map(paxRecord).join(""));
  const changed = Buffer.from(whole);
  changed.write("z", 512 + 2048);
  for (const [bytes, message] of [
    [changed, /the checksum of a header does not match/],
    [whole.subarray(0, 1000), /it is truncated/],
    [whole.subarray(0, 512 + 2048 + 100), /it is truncated/],
    [described("5 a=b"), /a record that is not valid/],
    [described("99999 path=b\n"), /a record that is not valid/],
    [pax("size=1e99"), /a "size" that is not valid/],
    [pax("size=-100"), /a file has -100 bytes/],
    [pax("size=9999999999"), /it is truncated/],
    [pax("GNU.sparse.major=1", "GNU.sparse.minor=0"), /sparse map of a file is truncated/],
    [pax("GNU.sparse.map=0,700,5"), /sparse map of a file is not valid/],
    [pax("GNU.sparse.map=500,10,0,10", "GNU.sparse.size=9999"), /sparse map of a file is not valid/],
    [pax("GNU.sparse.map=0,700000"), /sparse map of a file is not valid/],
    [pax("GNU.sparse.numbytes=9999"), /sparse map of a file is not valid/],
  ] as const) {
    await assert.rejects(openImage(memorySource(bytes), {}), { kind: "corrupt", message }, String(message));
  }
  await openImage(memorySource(whole.subarray(0, -1024)), {}); // an end without its zeros is as good
});

test("cpio archives equal the folder, in each form", async (t) => {
  if (!requireTool(t, "cpio", "bsdtar") || !requireRoot(t)) return;
  const parts = ["deep", "links", "many", "names", "sizes", "special", "sparse", "usr"];
  const list = run("find", ...parts.map((name) => path.join(sample, name)), "-print0").replaceAll(`${sample}/`, "./");
  const options = { cwd: sample, input: Buffer.from(list, "latin1"), maxBuffer: 1 << 30 };
  for (const [form, args] of [
    ["newc", ["cpio", "--quiet", "--create", "--null", "--format=newc"]],
    ["crc", ["cpio", "--quiet", "--create", "--null", "--format=crc"]],
    ["odc", ["cpio", "--quiet", "--create", "--null", "--format=odc"]],
    ["newc", ["bsdtar", "-c", "-f", "-", "--format", "newc", "-n", "--null", "-T", "-"]],
    ["odc", ["bsdtar", "-c", "-f", "-", "--format", "odc", "-n", "--null", "-T", "-"]],
  ] as const) {
    const [program, ...rest] = args;
    writeFileSync(archive, execFileSync(program, rest, options));
    await readArchive(async ({ format, facts, tree }) => {
      assert.deepEqual([format, facts.variant], ["cpio", form]);
      assert.match(facts.warning ?? "", /^it is a cpio archive, which hosts do not accept/);
      const differences = await compareTrees(hostFolder(sample), tree);
      // The old form has 16 bits for devices.
      const isExpected = ({ path: file, change }: (typeof differences)[number]) =>
        file === "" || (change === "removed" && !file.includes("/")) || (form === "odc" && file === "special/char");
      assert.deepEqual(
        differences.filter((difference) => !isExpected(difference)),
        [],
        `${args[0]} ${form}`,
      );
    });
  }
});

function cpio(folder: string): Buffer {
  const list = run("sh", "-c", 'cd "$1" && find . -print', "sh", folder);
  return execFileSync("cpio", ["--quiet", "--create", "--format=newc"], {
    cwd: folder,
    input: list,
    maxBuffer: 1 << 28,
  });
}

test("cpio archives one behind the other, with zeros between them, are one; what is compressed behind them is told", async (t) => {
  if (!requireTool(t, "cpio")) return;
  const [first, second] = ["first", "second"].map((name) => path.join(work, name));
  for (const folder of [first, second]) mkdirSync(path.join(folder ?? "", "etc"), { recursive: true });
  writeFileSync(path.join(first ?? "", "etc/both"), "from the first");
  writeFileSync(path.join(first ?? "", "etc/one"), "one");
  linkSync(path.join(first ?? "", "etc/one"), path.join(first ?? "", "etc/another"));
  writeFileSync(path.join(second ?? "", "etc/both"), "from the second");
  const archives = [cpio(first ?? ""), Buffer.alloc(12), cpio(second ?? ""), Buffer.alloc(70_000)];
  const { files, warning } = await listingOf(Buffer.concat(archives));
  assert.deepEqual(files, { etc: "directory", "etc/another": "one", "etc/both": "from the second", "etc/one": "one" });
  assert.ok(!warning.includes("not shown"), warning);
  const more = await listingOf(Buffer.concat([...archives, zstdCompressSync(archives[0] ?? "")]));
  assert.deepEqual(more.files, files);
  assert.match(more.warning, /; from byte \d+ on it is a file compressed with zstd, which is not shown$/);
});

test("damaged cpio archives", async (t) => {
  if (!requireTool(t, "cpio")) return;
  const folder = path.join(work, "small");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "a"), prose(3000, "a"));
  const whole = cpio(folder);
  const changed = (at: number, text: string) => {
    const bytes = Buffer.from(whole);
    bytes.write(text, at);
    return bytes;
  };
  const second = whole.indexOf("070701", 10);
  for (const [bytes, message] of [
    [whole.subarray(0, 600), /it is truncated/],
    [whole.subarray(0, second + 3), /one of its headers is not valid/],
    [changed(second, "1"), /one of its headers is not valid/],
    [changed(second + 20, "x"), /a number that is not valid/],
    [changed(second + 14, "0000F1A4"), /has the mode/],
    [changed(second + 54, "FFFFFFFF"), /it is truncated/],
    [changed(second + 94, "00000000"), /a name of 0 bytes/],
    [changed(second + 94, "FFFFFFFF"), /a name of 4294967295 bytes/],
  ] as const) {
    await assert.rejects(openImage(memorySource(bytes), {}), { kind: "corrupt", message }, String(message));
  }
});

test("reading an archive of many large files reads little more than its headers", async () => {
  const entries = Array.from({ length: 50 }, (_, i) => tarEntry({ name: `${i}`, content: prose(1 << 20, "large") }));
  const bytes = Buffer.concat([...entries, Buffer.alloc(1024)]);
  const source = memorySource(bytes);
  let read = 0;
  const counted = {
    size: source.size,
    read: (offset: number, length: number) => {
      read += length;
      return source.read(offset, length);
    },
  };
  assert.equal((await (await openImage(counted, {})).tree.list("")).length, 50);
  assert.ok(read < 2_000_000, `${read} bytes`);
});
