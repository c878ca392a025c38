// The environment variables that systemd sets for the commands of a unit.

export interface ExecVariable {
  readonly name: string;
  /** The first version of systemd that sets it; 0 for all that matter. */
  readonly since: number;
  readonly description: string;
}

export const execVariables: readonly ExecVariable[] = [
  { name: "MAINPID", since: 0, description: "the number of the service's main process, when there is one" },
  { name: "MANAGERPID", since: 0, description: "the number of the user manager's process, in its services" },
  { name: "MAINPIDFDID", since: 261, description: "the number of the main process's pidfd, which is never used twice" },
  { name: "HOME", since: 0, description: "the home folder of the unit's user" },
  { name: "USER", since: 0, description: "the name of the unit's user" },
  { name: "LOGNAME", since: 0, description: "the name of the unit's user" },
  { name: "SHELL", since: 0, description: "the shell of the unit's user" },
  { name: "PATH", since: 0, description: "the folders in which programs are looked for" },
  { name: "LANG", since: 0, description: "the language of messages" },
  { name: "XDG_RUNTIME_DIR", since: 0, description: "the folder for run-time files of the user" },
  { name: "INVOCATION_ID", since: 232, description: "a random identifier of this run of the unit" },
  { name: "RUNTIME_DIRECTORY", since: 240, description: "the folders that `RuntimeDirectory=` makes, colons between" },
  { name: "STATE_DIRECTORY", since: 240, description: "the folders that `StateDirectory=` makes, colons between" },
  { name: "CACHE_DIRECTORY", since: 240, description: "the folders that `CacheDirectory=` makes, colons between" },
  { name: "LOGS_DIRECTORY", since: 240, description: "the folders that `LogsDirectory=` makes, colons between" },
  {
    name: "CONFIGURATION_DIRECTORY",
    since: 240,
    description: "the folders that `ConfigurationDirectory=` makes, colons between",
  },
  { name: "CREDENTIALS_DIRECTORY", since: 247, description: "the folder with the unit's credentials" },
  { name: "NOTIFY_SOCKET", since: 0, description: "the socket on which the service says that it is ready" },
  { name: "WATCHDOG_USEC", since: 0, description: "the time within which the service has to report, in microseconds" },
  { name: "WATCHDOG_PID", since: 0, description: "the number of the process that has to report" },
  { name: "LISTEN_FDS", since: 0, description: "how many sockets the service is handed" },
  { name: "LISTEN_PID", since: 0, description: "the number of the process that the sockets are for" },
  { name: "LISTEN_FDNAMES", since: 227, description: "the names of the sockets, colons between" },
  {
    name: "JOURNAL_STREAM",
    since: 231,
    description: "device and inode of the journal's stream, when output goes there",
  },
  { name: "TERM", since: 0, description: "the kind of terminal, when the unit has one" },
  { name: "REMOTE_ADDR", since: 0, description: "the address that a connection comes from, in services started by it" },
  { name: "REMOTE_PORT", since: 0, description: "the port that a connection comes from, in services started by it" },
  { name: "SERVICE_RESULT", since: 232, description: "how the service ended, in `ExecStop=` and `ExecStopPost=`" },
  { name: "EXIT_CODE", since: 232, description: "why the main process ended: `exited`, `killed` or `dumped`" },
  { name: "EXIT_STATUS", since: 232, description: "the exit status of the main process, or the signal that ended it" },
  { name: "TRIGGER_UNIT", since: 252, description: "the unit that set this one off" },
  { name: "TRIGGER_PATH", since: 252, description: "the path whose change set the service off" },
  { name: "MONITOR_SERVICE_RESULT", since: 251, description: "how the unit ended that this one looks after" },
  { name: "MONITOR_EXIT_CODE", since: 251, description: "why the main process of the unit looked after ended" },
  { name: "MONITOR_EXIT_STATUS", since: 251, description: "the exit status of the unit looked after" },
  { name: "MONITOR_INVOCATION_ID", since: 251, description: "the identifier of the run of the unit looked after" },
  { name: "MONITOR_UNIT", since: 251, description: "the name of the unit looked after" },
  { name: "PIDFILE", since: 242, description: "the path that `PIDFile=` has" },
  { name: "MEMORY_PRESSURE_WATCH", since: 254, description: "the file to watch for a shortage of memory" },
  { name: "FDSTORE", since: 254, description: "how many file descriptors the manager keeps for the service" },
];

const byName: ReadonlyMap<string, ExecVariable> = new Map(execVariables.map((variable) => [variable.name, variable]));

/** What systemd says about a variable; undefined for one that it does not set. */
export function findExecVariable(name: string): ExecVariable | undefined {
  return byName.get(name);
}
