import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCount, parseArguments } from "./arguments.ts";

const options = {
  output: { value: "FILE", summary: "" },
  force: { summary: "" },
  host: { value: "NAME", repeats: true, summary: "" },
} as const;

const parse = (...args: string[]) => parseArguments("build", options, args);

test("options and arguments come in any order", async () => {
  assert.deepEqual(await parse("--force", "tree", "--output", "x.raw"), {
    values: { force: true, output: "x.raw" },
    positionals: ["tree"],
  });
  assert.deepEqual(await parse("--output=-", "--", "--force"), { values: { output: "-" }, positionals: ["--force"] });
});

test("an option that repeats keeps all its values, another one its last", async () => {
  const { values } = await parse("--host", "a", "--output", "x", "--host=b", "--output", "y");
  assert.deepEqual(values, { host: ["a", "b"], output: "y" });
  assert.deepEqual((await parse("--host", "a")).values, { host: ["a"] });
  assert.deepEqual(await parse(), { values: {}, positionals: [] });
});

test("a value may begin with dashes behind an equals sign only", async () => {
  assert.deepEqual((await parse("--output=--x")).values, { output: "--x" });
  assert.deepEqual((await parse("--output", "-x")).values, { output: "-x" });
});

for (const [args, message] of [
  [["--ouput", "x"], 'unknown option "--ouput" of "sysext build"; did you mean "--output"?'],
  [["--zzz"], 'unknown option "--zzz" of "sysext build"; see "sysext build --help"'],
  [["-f"], 'unknown option "-f" of "sysext build"; see "sysext build --help"'],
  [["--output"], 'option "--output" requires a value: --output FILE'],
  [["--output", "--force"], 'option "--output" requires a value: --output FILE'],
  [["--output="], 'option "--output" requires a value: --output FILE'],
  [["--force=yes"], 'option "--force" does not take a value; remove "=yes"'],
  [["--toString"], 'unknown option "--toString" of "sysext build"; see "sysext build --help"'],
] as const) {
  test(`${args.join(" ")} is told in one sentence`, async () => {
    await assert.rejects(parse(...args), { name: "Failure", message });
  });
}

test("too few and too many arguments are told with the usage", () => {
  assert.throws(() => checkCount("ls", ["IMAGE", "[PATH]"], []), {
    message: "argument IMAGE is missing: sysext ls IMAGE [PATH]",
  });
  assert.throws(() => checkCount("ls", ["IMAGE", "[PATH]"], ["a", "b", "c"]), {
    message: 'unexpected argument "c": sysext ls IMAGE [PATH]',
  });
  checkCount("ls", ["IMAGE", "[PATH]"], ["a"]);
  checkCount("check", ["PATH…"], ["a", "b", "c"]);
});
