// The texts of `sysext --help` and `sysext COMMAND --help`.
import type { Command } from "./command.ts";

export function overallHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "Usage: sysext COMMAND [ARGUMENT…] [OPTION…]",
    "",
    "Checks, builds and reads systemd system extensions and configuration extensions.",
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "Options:",
    "  --help     show this help, or the help of a command",
    "  --version  show the version",
    "",
    "Exit status: 0: success; 1: problems found or the answer is no; 2: the command failed.",
    "",
  ].join("\n");
}

export function commandHelp({ name, summary, positionals, options, details }: Command): string {
  const rows = Object.entries(options).map(([option, { value, summary }]) => ({
    left: value === undefined ? `--${option}` : `--${option} ${value}`,
    summary,
  }));
  rows.push({ left: "--help", summary: "show this help" });
  const width = Math.max(...rows.map(({ left }) => left.length));
  return [
    `Usage: ${["sysext", name, ...positionals, "[OPTION…]"].join(" ")}`,
    "",
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    ...(details.length === 0 ? [] : ["", ...details]),
    "",
    "Options:",
    ...rows.map(({ left, summary }) => `  ${left.padEnd(width)}  ${summary}`),
    "",
  ].join("\n");
}
