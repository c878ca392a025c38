// A folder with all that only root can make beside what everybody can: owners, devices, attributes, odd times.
import { execFileSync } from "node:child_process";
import { lchownSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeSampleTree, prose, run } from "./sample-tree.ts";

/** A file capability as the kernel stores it: cap_net_raw, permitted and effective. */
const capability = "0x0100000200200000000000000000000000000000";

/** Fills `folder` with files of all types; needs root, setfattr and a file system with attributes. */
export function makeFullTree(folder: string): void {
  makeSampleTree(folder);
  const at = (...names: string[]) => path.join(folder, ...names);

  mkdirSync(at("special"));
  run("mknod", "-m", "620", at("special/char"), "c", "260", "70000");
  run("mknod", at("special/block"), "b", "8", "1");
  run("mknod", at("special/whiteout"), "c", "0", "0");
  run("mkfifo", "-m", "604", at("special/fifo"));
  makeSocket(at("special/socket"));

  mkdirSync(at("owners"));
  for (const owner of [1, 1000, 65_534, 70_000, 4_000_000_000]) {
    writeFileSync(at("owners", String(owner)), "");
    lchownSync(at("owners", String(owner)), owner, owner + 1);
  }
  lchownSync(at("links/relative"), 5, 6);

  mkdirSync(at("attributes"));
  for (const name of ["a", "b", "c"]) {
    writeFileSync(at("attributes", name), name);
    run(
      "setfattr",
      "-n",
      "user.shared",
      "-v",
      "the same for all, and long enough to be stored once",
      at("attributes", name),
    );
    run("setfattr", "-n", `user.own.${name}`, "-v", `value of ${name}`, at("attributes", name));
    run("setfattr", "-n", "user.empty", at("attributes", name));
  }
  run("setfattr", "-n", "trusted.overlay.opaque", "-v", "y", at("attributes"));
  run("setfattr", "-n", "security.capability", "-v", capability, at("attributes/a"));
  run("setfattr", "-h", "-n", "trusted.of-link", "-v", "link", at("links/dangling"));

  mkdirSync(at("times"));
  for (const time of [
    "1970-01-01 00:00:00",
    "1969-12-31 23:59:59",
    "1950-06-01",
    "2038-01-19 03:14:08",
    "2105-12-31",
  ]) {
    writeFileSync(at("times", time), "");
    run("touch", "--date", `${time} UTC`, at("times", time));
  }
}

function makeSocket(file: string): void {
  // Whoever closes a socket in good order removes its file as well.
  const script =
    'require("node:net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
  try {
    execFileSync(process.execPath, ["-e", script, file], { stdio: "ignore" });
  } catch {
    // It was killed, as it should be.
  }
}

/** The file of the large tree that is nearly all hole. */
export const sparseFile = "sparse";

/** Fills `folder` with a thousand entries a group, some with long names, and a file of three bits of content in holes. */
export function makeLargeTree(folder: string, groups: number, sparseSize: number): void {
  for (let group = 0; group < groups; group++) {
    const place = path.join(folder, `group-${group}`);
    mkdirSync(place, { recursive: true });
    for (let i = 0; i < 999; i++) {
      const name = i % 100 === 0 ? `${"long-".repeat(48)}${i}` : `file-${i}`;
      writeFileSync(path.join(place, name), i % 10 === 0 ? `${group} ${i}\n` : "");
    }
  }
  const sparse = path.join(folder, sparseFile);
  writeFileSync(sparse, prose(10_000, "begin"));
  truncateSync(sparse, sparseSize / 2);
  writeFileSync(sparse, prose(10_000, "middle"), { flag: "a" });
  truncateSync(sparse, sparseSize);
  writeFileSync(sparse, prose(10_000, "end"), { flag: "a" });
}
