// What is read of ELF files: of examples, of the machine's own programs, and of headers that are cut or changed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { requireTool } from "../../../../test/support/tools.ts";
import { elfBytes } from "../checks/tree/elf-example.ts";
import { type ElfFacts, readElf } from "./elf.ts";

function read(bytes: Uint8Array): Promise<ElfFacts | undefined> {
  return readElf(async (offset, length) => bytes.subarray(offset, offset + length));
}

for (const bits of [32, 64] as const) {
  test(`a program of ${bits} bits says for which machine it is and what it needs`, async () => {
    const machine = bits === 64 ? 183 : 40;
    const bytes = elfBytes({
      machine,
      bits,
      interpreter: "/lib/ld-linux.so",
      needed: ["libc.so.6", "libdemo.so"],
      runPath: "$ORIGIN/../lib:/opt/lib",
    });
    assert.deepEqual(await read(bytes), {
      architecture: bits === 64 ? "arm64" : "arm",
      interpreter: "/lib/ld-linux.so",
      needed: ["libc.so.6", "libdemo.so"],
      runPath: ["$ORIGIN/../lib", "/opt/lib"],
      dynamic: true,
      kind: "program",
    });
  });
}

test("a static program needs nothing", async () => {
  const facts = await read(elfBytes({ machine: 62 }));
  assert.deepEqual([facts?.interpreter, facts?.needed, facts?.dynamic], [undefined, [], false]);
});

test("what is no ELF file has no facts", async () => {
  for (const text of ["", "#!/bin/sh\n", "\x7fELF", "\x7fELF".padEnd(64, "\xff")]) {
    assert.equal(await read(Buffer.from(text, "latin1")), undefined);
  }
});

test("headers that are cut or changed end in facts or in none, and never in an error", async () => {
  const whole = elfBytes({ machine: 62, interpreter: "/lib64/ld.so", needed: ["a.so"], runPath: "/x" });
  for (let length = 0; length < whole.length; length++) await read(whole.subarray(0, length));
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 1, 0x7f, 0xff]) {
      const changed = Uint8Array.from(whole);
      changed[at] = value;
      await read(changed);
    }
  }
});

test("the machine's own programs and libraries are read as readelf reads them", async (t) => {
  if (!requireTool(t, "readelf")) return;
  const programs = readdirSync("/usr/bin")
    .slice(0, 60)
    .map((name) => path.join("/usr/bin", name));
  let compared = 0;
  for (const file of [...programs, process.execPath]) {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) continue;
    const bytes = readFileSync(file);
    const facts = await read(bytes);
    if (bytes.toString("latin1", 0, 4) !== "\x7fELF") {
      assert.equal(facts, undefined);
      continue;
    }
    const said = execFileSync("readelf", ["-W", "-d", "-l", file], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const needed = [...said.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name);
    const [, interpreter] = /Requesting program interpreter: (.*)\]/.exec(said) ?? [];
    const [, runPath] = /\((?:RUNPATH|RPATH)\).*\[(.*)\]/.exec(said) ?? [];
    assert.deepEqual([facts?.needed, facts?.interpreter], [needed, interpreter], file);
    assert.equal(facts?.runPath.join(":"), runPath ?? "", file);
    compared += 1;
  }
  assert.ok(compared > 10);
});
