// What is read of ELF files: of examples, of the machine's own programs, and of headers that are cut or changed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
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

test("names are found in a table of any length", async () => {
  const needed = Array.from({ length: 500 }, (_, at) => `lib${String(at).padStart(4, "0")}-${"x".repeat(at)}.so`);
  assert.deepEqual((await read(elfBytes({ machine: 62, needed })))?.needed, needed);
});

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

/** What readelf calls the machines of these architectures. */
const machineNames: Readonly<Record<string, RegExp>> = {
  "x86-64": /X86-64/,
  x86: /80386/,
  arm64: /AArch64/,
  arm: /^ARM$/,
  riscv64: /RISC-V/,
  s390x: /S\/390/,
  "ppc64-le": /PowerPC64/,
};
const kindNames: Readonly<Record<string, ElfFacts["kind"]>> = { REL: "relocatable", EXEC: "program", DYN: "shared" };

/** Asserts that a file of the machine is read as readelf reads it; undefined for what is no ELF file. */
async function compareWithReadelf(file: string): Promise<ElfFacts | undefined> {
  const bytes = readFileSync(file);
  const facts = await read(bytes);
  if (bytes.toString("latin1", 0, 4) !== "\x7fELF") {
    assert.equal(facts, undefined);
    return undefined;
  }
  const said = execFileSync("readelf", ["-W", "-h", "-d", "-l", file], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, LC_ALL: "C" },
  });
  assert.ok(facts, file);
  const only = (pattern: RegExp) => pattern.exec(said)?.[1];
  assert.deepEqual(
    facts.needed,
    [...said.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name),
    file,
  );
  assert.equal(facts.interpreter, only(/Requesting program interpreter: (.*)\]/), file);
  assert.equal(facts.soname, only(/\(SONAME\).*\[(.*)\]/), file);
  assert.equal(facts.runPath.join(":"), only(/\((?:RUNPATH|RPATH)\).*\[(.*)\]/) ?? "", file);
  assert.equal(facts.dynamic, /^ +DYNAMIC /m.test(said), file);
  assert.equal(facts.kind, kindNames[only(/^ +Type: +(\w+)/m) ?? ""], file);
  assert.match(only(/^ +Machine: +(.*)$/m) ?? "", machineNames[facts.architecture ?? ""] ?? /^$/, file);
  return facts;
}

/** Files of folders that may not be there, and are not links to others. */
function filesOf(folder: string, pattern: RegExp): string[] {
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => pattern.test(name))
    .map((name) => path.join(folder, name))
    .filter((file) => lstatSync(file).isFile());
}

test("the machine's own programs and libraries are read as readelf reads them", async (t) => {
  if (!requireTool(t, "readelf")) return;
  const triplets = readdirSync("/usr/lib").filter((name) => /-linux-gnu/.test(name));
  const libraries = ["/usr/lib64", ...triplets.map((name) => `/usr/lib/${name}`)].flatMap((folder) => [
    ...filesOf(folder, /^(?:libc|ld-linux.*)\.so/),
    ...filesOf(folder, /\.so[.\d]*$|^crt1\.o$/).slice(0, 40),
  ]);
  const programs = ["/bin/ls", "/bin/sh", process.execPath, ...filesOf("/usr/bin", /^/).slice(0, 60)];
  const kinds = new Set<string>();
  let compared = 0;
  for (const file of [...programs, ...libraries]) {
    const facts = await compareWithReadelf(file);
    if (facts === undefined) continue;
    kinds.add(facts.kind);
    compared += 1;
  }
  assert.ok(compared > 20 && kinds.has("shared"), `${compared} files, ${[...kinds].join(" ")}`);
});

test("a program that is linked statically is read as readelf reads it", async (t) => {
  if (!requireTool(t, "readelf")) return;
  const folder = `node_modules/@esbuild/linux-${process.arch}/bin`;
  const [program] = filesOf(fileURLToPath(new URL(`../../../../${folder}`, import.meta.url)), /^esbuild$/);
  if (program === undefined) return t.skip("esbuild has no program of its own here");
  const facts = await compareWithReadelf(program);
  assert.deepEqual([facts?.interpreter, facts?.needed], [undefined, []]);
});

test("a program of the machine whose headers are changed ends in facts or in none", async () => {
  const bytes = Uint8Array.from(readFileSync(process.execPath).subarray(0, 64 * 1024));
  let state = 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let round = 0; round < 500; round++) {
    const changed = Uint8Array.from(bytes);
    for (let count = 1 + next(8); count > 0; count--) changed[4 + next(900)] = next(256);
    await read(changed);
  }
});
