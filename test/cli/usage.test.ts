// Help, version, and what is said to who mistypes a command or an option.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { ensureBundles, runCli } from "./run-cli.ts";

before(ensureBundles);

const commands = ["check", "build", "info", "ls", "cat", "publish", "serve", "lsp"];

test("--help lists every command", async () => {
  const { status, stdout, stderr } = await runCli(["--help"]);
  assert.deepEqual([status, stderr], [0, ""]);
  for (const command of commands) assert.match(stdout, new RegExp(`^  ${command} +\\S`, "m"));
});

for (const command of commands) {
  test(`sysext ${command} --help shows its options, whatever else is there`, async () => {
    const { status, stdout, stderr } = await runCli([command, "--nonsense", "--help"]);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.ok(stdout.startsWith(`Usage: sysext ${command}`), stdout);
    assert.match(stdout, /^ {2}--help +show this help$/m);
  });
}

test("--version is that of the package", async () => {
  const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, "../../package.json"), "utf8"));
  assert.deepEqual(await runCli(["--version"]), { status: 0, stdout: `${manifest.version}\n`, stderr: "" });
});

for (const [args, sentence] of [
  [[], 'no command given; "sysext --help" lists the commands'],
  [["biuld"], 'unknown command "biuld"; did you mean "build"?'],
  [["frobnicate"], 'unknown command "frobnicate"; see "sysext --help"'],
  [["--versoin"], 'unknown option "--versoin"; did you mean "--version"?'],
  [["ls"], "argument IMAGE is missing: sysext ls IMAGE [PATH]"],
  [["ls", "x.raw", "--recursvie"], 'unknown option "--recursvie" of "sysext ls"; did you mean "--recursive"?'],
  [["cat", "x.raw"], "argument PATH is missing: sysext cat IMAGE PATH"],
  [["lsp"], 'the transport is missing; use "sysext lsp --stdio"'],
] as const) {
  test(`"sysext ${args.join(" ")}" fails with one sentence`, async () => {
    assert.deepEqual(await runCli(args), { status: 2, stdout: "", stderr: `sysext: ${sentence}\n` });
  });
}
