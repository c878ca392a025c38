// `sysext vercmp`: which of two versions systemd takes for the newer one.
import { compareVersions } from "../../../server/src/core/index.ts";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { exitStatus } from "../failure.ts";

const positionals = ["A", "B"];

export const vercmpCommand = defineCommand({
  name: "vercmp",
  summary: "compare two versions as systemd does",
  positionals,
  options: {},
  details: [
    "Prints < if A is older than B, > if A is newer, and = if systemd treats both as equal",
    "between them. Any text is compared; before a version that begins with a hyphen write --,",
    "as in: sysext vercmp -- -1 1",
  ],
  async run({ positionals: given }, { stdout }) {
    checkCount("vercmp", positionals, given);
    const [a = "", b = ""] = given;
    const order = compareVersions(a, b);
    await stdout.write(`${order < 0 ? "<" : order > 0 ? ">" : "="}\n`);
    return exitStatus.done;
  },
});
