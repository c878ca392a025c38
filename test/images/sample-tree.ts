// A folder with all that a file system can hold, for comparing our images with those of other tools.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

/** Bytes that compress badly and are the same on every run. */
export function noise(length: number, seed: string): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < length; i++) parts.push(createHash("sha256").update(`${seed} ${i}`).digest());
  return Buffer.concat(parts).subarray(0, length);
}

/** Text that compresses well and is the same on every run. */
export function prose(length: number, seed: string): Buffer {
  return Buffer.alloc(length, `${seed}: the quick brown fox jumps over the lazy dog; `);
}

const blockSizes = [4096, 131_072, 1_048_576];

/** Fills `folder` with files of all shapes that need no root. */
export function makeSampleTree(folder: string): void {
  const at = (...names: string[]) => path.join(folder, ...names);
  mkdirSync(at("usr/bin"), { recursive: true });
  mkdirSync(at("usr/empty-folder"));
  mkdirSync(at("sizes"));
  writeFileSync(at("usr/bin/tool"), "#!/bin/sh\necho tool\n");
  chmodSync(at("usr/bin/tool"), 0o4755);
  writeFileSync(at("usr/empty"), "");
  for (const size of blockSizes.flatMap((block) => [block - 1, block, block + 1, 2 * block, 3 * block + 77])) {
    writeFileSync(at("sizes", `text-${size}`), prose(size, "text"));
    writeFileSync(at("sizes", `noise-${size}`), noise(size, "noise"));
  }
  writeFileSync(at("sizes/text-copy"), prose(131_073, "text"));
  writeFileSync(at("sizes/zeros"), Buffer.alloc(300_000));

  mkdirSync(at("sparse"));
  writeFileSync(at("sparse/hole-in-front"), "");
  truncateSync(at("sparse/hole-in-front"), 2_000_000);
  writeFileSync(at("sparse/hole-in-front"), "end", { flag: "a" });
  writeFileSync(at("sparse/hole-behind"), prose(5000, "begin"));
  truncateSync(at("sparse/hole-behind"), 1_500_000);

  mkdirSync(at("links"));
  writeFileSync(at("links/one"), prose(200_000, "hard"));
  linkSync(at("links/one"), at("links/two"));
  linkSync(at("links/one"), at("usr/three"));
  symlinkSync("../usr/bin/tool", at("links/relative"));
  symlinkSync("/nowhere/at/all", at("links/dangling"));
  symlinkSync("t".repeat(4000), at("links/long"));

  const deep = path.join("deep", ...Array.from({ length: 120 }, (_, i) => `level-${i}`));
  mkdirSync(at(deep), { recursive: true });
  writeFileSync(at(deep, "bottom"), "found");

  mkdirSync(at("many"));
  for (let i = 0; i < 1500; i++) writeFileSync(at("many", `file-${i}-with-a-rather-long-name`), `${i}`);

  mkdirSync(at("names"));
  for (const name of ["-", "a b", "ä", "日本語", "\u{1f600}", "new\nline", "tab\t", "\x01", "n".repeat(255)]) {
    writeFileSync(at("names", name), name);
  }
  // A byte that is no UTF-8: a lone 0xff between the names with ä and with 日.
  writeFileSync(Buffer.concat([Buffer.from(at("names/odd-")), Buffer.from([0xff, 0xfe])]), "odd");

  lutimesSync(at("links/dangling"), 1_000_000_000, 1_000_000_000);
  utimesSync(at("usr/bin/tool"), 4_000_000_000, 4_000_000_000); // after 2038
  utimesSync(at("usr/empty-folder"), 0, 0);
}

/** Runs a program and gives its standard output; throws with its standard error when it fails. */
export function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, {
    encoding: "latin1",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 30,
    env: { ...process.env, TZ: "UTC", LC_ALL: "C" },
  });
}

/** Makes a squashfs image of `folder` with the reference tool. */
export function makeSquashfs(folder: string, image: string, ...options: string[]): void {
  run("mksquashfs", folder, image, "-noappend", "-no-progress", "-quiet", ...options);
}
