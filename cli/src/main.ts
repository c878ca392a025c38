// The command line `sysext`: finds the command, runs it, and ends the process with its status.
import type { CommandContext } from "./command.ts";
import { commandNames, loadCommand, loadCommands } from "./commands/index.ts";
import { exitStatus, Failure, failureText } from "./failure.ts";
import { commandHelp, overallHelp } from "./help.ts";
import { nodeFault } from "./node-version.ts";
import { ReaderGone, streamOutput } from "./output.ts";
import { programVersion } from "./version.ts";

async function runCommandLine([name, ...args]: readonly string[], context: CommandContext): Promise<number> {
  const { stdout } = context;
  const fault = nodeFault(process.versions.node);
  if (fault !== undefined) throw new Failure(fault);
  if (name === undefined) throw new Failure('no command given; "sysext --help" lists the commands');
  if (name === "--version") {
    await stdout.write(`${programVersion()}\n`);
    return exitStatus.done;
  }
  if (name === "--help" || (name === "help" && args.length === 0)) {
    await stdout.write(overallHelp(await loadCommands()));
    return exitStatus.done;
  }
  const wanted = name === "help" ? args[0] : name;
  const command = await loadCommand(wanted ?? name);
  if (command === undefined) throw await unknownCommand(wanted ?? name);
  if (name === "help" || asksForHelp(args)) {
    await stdout.write(commandHelp(command));
    return exitStatus.done;
  }
  return command.run(args, context);
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).includes("--help");
}

async function unknownCommand(given: string): Promise<Failure> {
  const { findNearest } = await import("../../server/src/core/index.ts");
  const close = findNearest(given, [...commandNames, "--help", "--version"]);
  const hint = close === undefined ? 'see "sysext --help"' : `did you mean "${close}"?`;
  return new Failure(`unknown ${given.startsWith("-") ? "option" : "command"} "${given}"; ${hint}`);
}

async function main(): Promise<void> {
  const interrupt = new AbortController();
  const stderr = streamOutput(process.stderr);
  // A second Ctrl-C ends the process at once.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupt.abort());
  try {
    process.exitCode = await runCommandLine(process.argv.slice(2), {
      stdout: streamOutput(process.stdout),
      stderr,
      environment: process.env,
      signal: interrupt.signal,
    });
  } catch (error) {
    if (error instanceof ReaderGone) {
      process.exitCode = exitStatus.done;
    } else if (interrupt.signal.aborted) {
      process.exitCode = exitStatus.interrupted;
      await stderr.write("sysext: stopped\n");
    } else {
      process.exitCode = exitStatus.failed;
      await stderr.write(failureText(error, process.env["SYSEXT_DEBUG"] === "1"));
    }
  }
}

void main();
