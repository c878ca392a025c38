// `sysext vercmp` as a user types it: one sign for two versions, whatever they are made of.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ensureBundles, runCli } from "./run-cli.ts";

before(ensureBundles);

for (const [args, sign] of [
  [["1.9", "1.10"], "<"],
  [["1.0", "1.0~rc1"], ">"],
  [["~1", ""], "<"],
  [["1.01", "1.1"], "="],
  [["1.2+a b", "1.2_a,b"], "="],
  [["--", "-1", "1"], "<"],
  [["1", "--", "--help"], ">"],
  [["--", "--", "--"], "="],
] as const) {
  test(`vercmp ${args.map((word) => `"${word}"`).join(" ")} prints ${sign}`, async () => {
    assert.deepEqual(await runCli(["vercmp", ...args]), { status: 0, stdout: `${sign}\n`, stderr: "" });
  });
}

for (const [args, sentence] of [
  [[], "argument A is missing: sysext vercmp A B"],
  [["1"], "argument B is missing: sysext vercmp A B"],
  [["1", "lt", "2"], 'unexpected argument "2": sysext vercmp A B'],
  [["-1", "1"], 'unknown option "-1" of "sysext vercmp"; see "sysext vercmp --help"'],
  [["1", "2", "--json"], 'unknown option "--json" of "sysext vercmp"; see "sysext vercmp --help"'],
] as const) {
  test(`"vercmp ${args.join(" ")}" fails with one sentence`, async () => {
    assert.deepEqual(await runCli(["vercmp", ...args]), { status: 2, stdout: "", stderr: `sysext: ${sentence}\n` });
  });
}

test("its help says what the signs mean, and what to do about hyphens", async () => {
  const { status, stdout } = await runCli(["vercmp", "--help"]);
  assert.equal(status, 0);
  assert.match(stdout, /^Usage: sysext vercmp A B/);
  assert.match(stdout, /sysext vercmp -- -1 1/);
});
