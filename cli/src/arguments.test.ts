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
  [["--ouput", "x"], '"sysext build" has no option "--ouput"; did you mean "--output"?'],
  [["--zzz"], '"sysext build" has no option "--zzz"; "sysext build --help" lists those it has'],
  [["-f"], '"sysext build" has no option "-f"; "sysext build --help" lists those it has'],
  [["--output"], 'the option "--output" needs a value: --output FILE'],
  [["--output", "--force"], 'the option "--output" needs a value: --output FILE'],
  [["--output="], 'the option "--output" needs a value: --output FILE'],
  [["--force=yes"], 'the option "--force" takes no value, and "yes" was given'],
  [["--toString"], '"sysext build" has no option "--toString"; "sysext build --help" lists those it has'],
] as const) {
  test(`${args.join(" ")} is told in one sentence`, async () => {
    await assert.rejects(parse(...args), { name: "Failure", message });
  });
}

test("too few and too many arguments are told with the usage", () => {
  assert.throws(() => checkCount("ls", ["IMAGE", "[PATH]"], []), {
    message: '"sysext ls" needs IMAGE: sysext ls IMAGE [PATH]',
  });
  assert.throws(() => checkCount("ls", ["IMAGE", "[PATH]"], ["a", "b", "c"]), {
    message: '"sysext ls" does not know what to do with "c": sysext ls IMAGE [PATH]',
  });
  checkCount("ls", ["IMAGE", "[PATH]"], ["a"]);
  checkCount("check", ["PATH…"], ["a", "b", "c"]);
});
