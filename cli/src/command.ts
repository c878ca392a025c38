// What a command is, and what it gets from the process it runs in.
import { type Arguments, type Options, parseArguments } from "./arguments.ts";
import type { Output } from "./output.ts";

/** The process as a command sees it. */
export interface CommandContext {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user presses Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Names of the positional arguments: `IMAGE`, `[PATH]`, `PATH…`. */
  readonly positionals: readonly string[];
  readonly options: Options;
  /** More lines for the command's own help. */
  readonly details: readonly string[];
  /** Runs with the arguments behind the command's name; gives the exit status. */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}

interface Definition<Given extends Options> extends Omit<Command, "options" | "run"> {
  readonly options: Given;
  run(args: Arguments<Given>, context: CommandContext): Promise<number>;
}

/** A command whose `run` gets its arguments parsed by its own options. */
export function defineCommand<const Given extends Options>(definition: Definition<Given>): Command {
  return {
    ...definition,
    run: async (args, context) =>
      definition.run(await parseArguments(definition.name, definition.options, args), context),
  };
}
