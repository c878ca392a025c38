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
  [[], '"sysext vercmp" needs A: sysext vercmp A B'],
  [["1"], '"sysext vercmp" needs B: sysext vercmp A B'],
  [["1", "lt", "2"], '"sysext vercmp" does not know what to do with "2": sysext vercmp A B'],
  [["-1", "1"], '"sysext vercmp" has no option "-1"; "sysext vercmp --help" lists those it has'],
  [["1", "2", "--json"], '"sysext vercmp" has no option "--json"; "sysext vercmp --help" lists those it has'],
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
