// No command of `sysext` lets what an image says act on the terminal, whether it can be read or not.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { buildDisk } from "../images/memory-disk.ts";
import { buildInMemory, patched } from "../images/memory-image.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-cli-hostile-"));
const at = (name: string) => path.join(work, name);
/** Clears the screen, in seven and in eight bits; turns around what follows. */
const acting = "\x1b[2J\x9b2J\u202e\r";
const written = "\\x1b[2J\\x9b2J\\u202e\\r";

before(async () => {
  ensureBundles();
  const files = await buildInMemory({
    [`usr/bin/file${acting}`]: "file",
    [`usr/folder${acting}/inside`]: "inside",
    "usr/link": { target: `to${acting}` },
    [`usr/lib/extension-release.d/extension-release.x${acting}`]: `ID=${acting}\nVERSION_ID="${acting}"\n${acting}=1\n`,
    [`usr/lib/systemd/system/x${acting}.service`]: `[Service${acting}]\nExecStart=${acting}\n`,
  });
  writeFileSync(at("names.raw"), files);
  writeFileSync(at("disk.raw"), buildDisk([{ type: "usr", label: acting, content: files }]));
  // Names have to be sorted in squashfs; the message names the one that is not.
  const sorted = await buildInMemory({ "usr/a-name": "1", "usr/some-name": "2" });
  writeFileSync(at("damaged.raw"), patched(sorted, "some-name", "\x1b[2J\xc2\x9b2J!"));
});
after(() => rmSync(work, { recursive: true, force: true }));

const commands: readonly (readonly string[])[] = [
  ["info", "IMAGE"],
  ["ls", "IMAGE", "--recursive", "--long"],
  ["ls", "IMAGE", `usr/folder${acting}`],
  ["ls", "IMAGE", `usr/not${acting}`],
  ["cat", "IMAGE", `usr/not${acting}`],
  ["cat", "IMAGE", "usr/link"],
  ["extract", "IMAGE", "--output", at("out")],
  ["extract", "IMAGE", "--output", at("out")], // all is in the way now
  ["extract", "IMAGE", `usr/not${acting}`, "--output", at("out")],
  ["diff", "IMAGE", at("damaged.raw")],
  ["diff", "IMAGE", at("other.raw")],
  ["check", "IMAGE"],
  ["match", "IMAGE"],
];

for (const image of ["names.raw", "disk.raw", "damaged.raw"]) {
  test(`${image}: what the commands print has no sign that acts on a terminal`, async () => {
    rmSync(at("out"), { recursive: true, force: true });
    writeFileSync(at("other.raw"), await buildInMemory({ "usr/other": "other" }));
    for (const command of commands) {
      const args = command.map((word) => (word === "IMAGE" ? at(image) : word));
      const { status, stdout, stderr } = await runCli(args);
      assert.ok(status === 0 || status === 1 || status === 2, `${args.join(" ")}: ${stderr}`);
      assert.doesNotMatch(stdout + stderr, /[^\P{Cc}\n]|[\u202a-\u202e]/u, args.join(" "));
    }
  });
}

test("a name is written out where it is shown, and is the name of the file that is extracted", async () => {
  const list = await runCli(["ls", at("names.raw"), "--recursive"]);
  assert.ok(list.stdout.split("\n").includes(`usr/folder${written}/inside`), list.stdout);
  const folder = at("named");
  assert.equal((await runCli(["extract", at("names.raw"), "--output", folder])).status, 0);
  assert.equal(readFileSync(path.join(folder, `usr/folder${acting}/inside`), "utf8"), "inside");
});
