// Environment variables of a unit file: which ones there are for its commands, and where each is named.
import type { Entry, UnitFile } from "../../model/unit-file.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { cWords, splitWords } from "../../values/words.ts";

export interface Variable {
  readonly name: string;
  /** Where its value comes from. */
  readonly detail: string;
}

/** Variables that systemd sets for every process. */
const always: readonly Variable[] = [
  { name: "PATH", detail: "where programs are looked for" },
  { name: "LANG", detail: "locale of the host" },
  { name: "USER", detail: "name of the user, when one is set" },
  { name: "LOGNAME", detail: "name of the user, when one is set" },
  { name: "HOME", detail: "home of the user, when one is set" },
  { name: "SHELL", detail: "shell of the user, when one is set" },
  { name: "INVOCATION_ID", detail: "another one at each start of the unit" },
  { name: "SYSTEMD_EXEC_PID", detail: "process id of the command" },
  { name: "JOURNAL_STREAM", detail: "device and inode of the stream to the journal" },
];

/** Variables that depend on a setting of the unit. */
const bySetting: ReadonlyMap<string, readonly Variable[]> = new Map([
  ["RuntimeDirectory", [{ name: "RUNTIME_DIRECTORY", detail: "from RuntimeDirectory=" }]],
  ["StateDirectory", [{ name: "STATE_DIRECTORY", detail: "from StateDirectory=" }]],
  ["CacheDirectory", [{ name: "CACHE_DIRECTORY", detail: "from CacheDirectory=" }]],
  ["LogsDirectory", [{ name: "LOGS_DIRECTORY", detail: "from LogsDirectory=" }]],
  ["ConfigurationDirectory", [{ name: "CONFIGURATION_DIRECTORY", detail: "from ConfigurationDirectory=" }]],
  ["WatchdogSec", [{ name: "WATCHDOG_USEC", detail: "microseconds, from WatchdogSec=" }]],
  ["LoadCredential", [{ name: "CREDENTIALS_DIRECTORY", detail: "folder of the credentials" }]],
  ["LoadCredentialEncrypted", [{ name: "CREDENTIALS_DIRECTORY", detail: "folder of the credentials" }]],
  ["SetCredential", [{ name: "CREDENTIALS_DIRECTORY", detail: "folder of the credentials" }]],
  ["SetCredentialEncrypted", [{ name: "CREDENTIALS_DIRECTORY", detail: "folder of the credentials" }]],
  ["ImportCredential", [{ name: "CREDENTIALS_DIRECTORY", detail: "folder of the credentials" }]],
  ["TTYPath", [{ name: "TERM", detail: "type of the terminal" }]],
]);

/** Variables that only some commands of a service have. */
const byCommand: ReadonlyMap<string, readonly Variable[]> = new Map(
  (
    [
      [["ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost"], "MAINPID", "process id of the main process"],
      [["ExecStop", "ExecStopPost"], "SERVICE_RESULT", "why the service stopped, such as success or timeout"],
      [["ExecStop", "ExecStopPost"], "EXIT_CODE", "how the main process ended: exited, killed or dumped"],
      [["ExecStop", "ExecStopPost"], "EXIT_STATUS", "exit status or signal of the main process"],
      [["ExecStart", "ExecStartPre"], "LISTEN_FDS", "number of sockets that were handed in"],
      [["ExecStart", "ExecStartPre"], "TRIGGER_UNIT", "the timer or path that started the service"],
      [["ExecStart", "ExecStartPre"], "MONITOR_UNIT", "the unit that OnSuccess= or OnFailure= stands in"],
      [["ExecStart", "ExecStartPre"], "MONITOR_SERVICE_RESULT", "why that unit stopped"],
    ] as const
  )
    .flatMap(([commands, name, detail]) => commands.map((command) => [command, { name, detail }] as const))
    .reduce((all, [command, variable]) => all.set(command, [...(all.get(command) ?? []), variable]), new Map()),
);

/** The variables that a command can use, those of the file first. */
export function variablesFor(file: UnitFile, { node, section }: Entry): Variable[] {
  const found = new Map<string, Variable>();
  const add = (variables: readonly Variable[]) => {
    for (const variable of variables) if (!found.has(variable.name)) found.set(variable.name, variable);
  };
  for (const { name, definition, detail } of mentionsOfVariables(file)) if (definition) add([{ name, detail }]);
  for (const entry of file.entries) add(bySetting.get(entry.node.name) ?? []);
  if (section.name === "Service") add(byCommand.get(node.name) ?? []);
  add(always);
  return [...found.values()];
}

export interface VariableMention extends Variable {
  readonly span: Span;
  /** Whether it gets its value here. */
  readonly definition: boolean;
}

/** Where the file names variables, in the order of the text. */
export function mentionsOfVariables(file: UnitFile): VariableMention[] {
  return file.entries.flatMap((entry) => {
    if (entry.setting === undefined || entry.open) return [];
    if (entry.setting.grammar === "command") return usesIn(entry);
    return definingSettings.has(entry.node.name) ? definitionsIn(entry) : [];
  });
}

const definingSettings: ReadonlySet<string> = new Set(["Environment", "PassEnvironment", "UnsetEnvironment"]);

function definitionsIn({ node: { name: setting, value } }: Entry): VariableMention[] {
  return splitWords(value.text, cWords).flatMap((word) => {
    const from = word.start + (/^["']/.test(value.text.charAt(word.start)) ? 1 : 0);
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(value.text.slice(from, word.end))?.[0];
    if (name === undefined) return [];
    const assigned = word.text.startsWith(`${name}=`) ? word.text.slice(name.length + 1) : undefined;
    return [
      {
        name,
        detail: assigned === undefined ? `from ${setting}=` : `"${assigned}"`,
        span: spanInValue(value, from, from + name.length),
        definition: setting !== "UnsetEnvironment",
      },
    ];
  });
}

function usesIn({ node: { value } }: Entry): VariableMention[] {
  return [...value.text.matchAll(/\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)].flatMap((match) => {
    const name = match[1] ?? match[2];
    if (name === undefined) return [];
    const from = match.index + (match[1] === undefined ? 2 : 1);
    return [{ name, detail: "", span: spanInValue(value, from, from + name.length), definition: false }];
  });
}
