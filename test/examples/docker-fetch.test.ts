// Holds that the docker example takes only the archive that its checksums describe; curl is a stand-in.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { tempFolder } from "../support/tools.ts";

const posixOnly = { skip: process.platform === "win32" && "the example is a shell script" };

/** A copy of the example whose curl gives an archive with one program in it, and the archive's checksum. */
function exampleWithArchive(t: TestContext): { folder: string; sha256: string } {
  const work = tempFolder(t);
  const folder = path.join(work, "docker");
  cpSync(path.join(projectFolder, "examples", "docker"), folder, {
    recursive: true,
    filter: (file) => path.basename(file) !== "bin", // somebody may have fetched the real programs already
  });
  mkdirSync(path.join(work, "archive", "docker"), { recursive: true });
  mkdirSync(path.join(work, "programs"));
  writeFileSync(path.join(work, "archive", "docker", "dockerd"), "#!/bin/sh\n", { mode: 0o755 });
  const archive = path.join(work, "docker.tgz");
  execFileSync("tar", ["--create", "--gzip", "--file", archive, "--directory", path.join(work, "archive"), "docker"]);
  const curl = `#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\ncp '${archive}' "$2"\n`;
  writeFileSync(path.join(work, "programs", "curl"), curl, { mode: 0o755 });
  const sha256 = createHash("sha256").update(readFileSync(archive)).digest("hex");
  return { folder, sha256 };
}

/** Runs the example's script with the stand-in for curl. */
function runFetch(folder: string, ...parameters: readonly string[]): { status: number | null; stderr: string } {
  const programs = path.join(path.dirname(folder), "programs");
  return spawnSync(path.join(folder, "fetch.sh"), parameters, {
    encoding: "utf8",
    env: { ...process.env, PATH: `${programs}:${process.env["PATH"]}` },
  });
}

test("an archive that is not the recorded one is refused and leaves nothing behind", posixOnly, (t) => {
  const { folder } = exampleWithArchive(t);
  const { status, stderr } = runFetch(folder, "x86_64");
  assert.equal(status, 1);
  assert.match(stderr, /is not the file that checksums\.txt describes; nothing was installed/);
  assert.equal(existsSync(path.join(folder, "usr", "bin")), false);
});

test("the recorded archive is unpacked, and the release file gets its architecture", posixOnly, (t) => {
  const { folder, sha256 } = exampleWithArchive(t);
  assert.equal(runFetch(folder, "--update-checksums", "99.0.1").status, 0);
  const recorded = readFileSync(path.join(folder, "checksums.txt"), "utf8");
  assert.equal(recorded, `${sha256}  x86_64/docker-99.0.1.tgz\n${sha256}  aarch64/docker-99.0.1.tgz\n`);
  const { status, stderr } = runFetch(folder, "aarch64");
  assert.equal(status, 0, stderr);
  assert.equal(statSync(path.join(folder, "usr", "bin", "dockerd")).mode & 0o111, 0o111);
  const release = path.join(folder, "usr/lib/extension-release.d/extension-release.docker");
  assert.match(readFileSync(release, "utf8"), /^ARCHITECTURE=arm64$/m);
});

test("an architecture without programs is named", posixOnly, (t) => {
  const { folder } = exampleWithArchive(t);
  assert.match(runFetch(folder, "riscv64").stderr, /no static programs for "riscv64"/);
});
