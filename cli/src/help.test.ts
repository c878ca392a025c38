import assert from "node:assert/strict";
import { test } from "node:test";
import { defineCommand } from "./command.ts";
import { commandHelp, overallHelp } from "./help.ts";

const command = defineCommand({
  name: "demo",
  summary: "do something",
  positionals: ["IMAGE", "[PATH]"],
  options: { long: { value: "FILE", summary: "where" }, json: { summary: "as JSON" } },
  details: ["More of it."],
  run: async () => 0,
});

test("a command's help has its usage, a sentence, the details and the options in columns", () => {
  assert.equal(
    commandHelp(command),
    [
      "Usage: sysext demo IMAGE [PATH] [OPTION…]",
      "",
      "Do something.",
      "",
      "More of it.",
      "",
      "Options:",
      "  --long FILE  where",
      "  --json       as JSON",
      "  --help       show this help",
      "",
    ].join("\n"),
  );
  assert.match(commandHelp({ ...command, details: [] }), /Do something\.\n\nOptions:/);
});

test("the overall help lists the commands in columns", () => {
  const text = overallHelp([command, { ...command, name: "longer", summary: "do more" }]);
  assert.match(text, /^Commands:\n {2}demo {4}do something\n {2}longer {2}do more\n\n/m);
  assert.match(text, /Exit status: 0.*; 1.*; 2.*\n$/);
});
