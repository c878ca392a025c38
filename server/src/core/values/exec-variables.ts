// The environment variables that systemd sets for the commands of a unit.

export interface ExecVariable {
  readonly name: string;
  /** The first version of systemd that sets it; 0 for all that matter. */
  readonly since: number;
  readonly description: string;
}

export const execVariables: readonly ExecVariable[] = [
  { name: "MAINPID", since: 0, description: "the PID of the service's main process, if there is one" },
  { name: "MANAGERPID", since: 0, description: "the PID of the user manager, in its services" },
  {
    name: "MAINPIDFDID",
    since: 261,
    description: "the inode number of the main process's pidfd, which is never reused",
  },
  { name: "HOME", since: 0, description: "the home directory of the unit's user" },
  { name: "USER", since: 0, description: "the name of the unit's user" },
  { name: "LOGNAME", since: 0, description: "the name of the unit's user" },
  { name: "SHELL", since: 0, description: "the shell of the unit's user" },
  { name: "PATH", since: 0, description: "the directories in which programs are searched" },
  { name: "LANG", since: 0, description: "the language of messages" },
  { name: "XDG_RUNTIME_DIR", since: 0, description: "the user's directory for runtime files" },
  { name: "INVOCATION_ID", since: 232, description: "a random ID of this run of the unit" },
  {
    name: "RUNTIME_DIRECTORY",
    since: 240,
    description: "the folders that `RuntimeDirectory=` creates, separated by colons",
  },
  {
    name: "STATE_DIRECTORY",
    since: 240,
    description: "the folders that `StateDirectory=` creates, separated by colons",
  },
  {
    name: "CACHE_DIRECTORY",
    since: 240,
    description: "the folders that `CacheDirectory=` creates, separated by colons",
  },
  { name: "LOGS_DIRECTORY", since: 240, description: "the folders that `LogsDirectory=` creates, separated by colons" },
  {
    name: "CONFIGURATION_DIRECTORY",
    since: 240,
    description: "the folders that `ConfigurationDirectory=` creates, separated by colons",
  },
  { name: "CREDENTIALS_DIRECTORY", since: 247, description: "the directory with the unit's credentials" },
  { name: "NOTIFY_SOCKET", since: 0, description: "the socket on which the service reports that it is ready" },
  { name: "WATCHDOG_USEC", since: 0, description: "the watchdog timeout, in microseconds" },
  { name: "WATCHDOG_PID", since: 0, description: "the PID of the process that has to notify the watchdog" },
  { name: "LISTEN_FDS", since: 0, description: "how many file descriptors the service receives" },
  { name: "LISTEN_PID", since: 0, description: "the PID of the process that the file descriptors are for" },
  { name: "LISTEN_FDNAMES", since: 227, description: "the names of the file descriptors, separated by colons" },
  {
    name: "JOURNAL_STREAM",
    since: 231,
    description: "device and inode of the journal stream, if output goes there",
  },
  { name: "TERM", since: 0, description: "the terminal type, if the unit has a terminal" },
  { name: "REMOTE_ADDR", since: 0, description: "the address that a connection comes from, in services started by it" },
  { name: "REMOTE_PORT", since: 0, description: "the port that a connection comes from, in services started by it" },
  { name: "SERVICE_RESULT", since: 232, description: "how the service ended, in `ExecStop=` and `ExecStopPost=`" },
  { name: "EXIT_CODE", since: 232, description: "why the main process ended: `exited`, `killed` or `dumped`" },
  { name: "EXIT_STATUS", since: 232, description: "the exit status of the main process, or the signal that ended it" },
  { name: "TRIGGER_UNIT", since: 252, description: "the unit that triggered this one" },
  { name: "TRIGGER_PATH", since: 252, description: "the path whose change triggered the service" },
  { name: "MONITOR_SERVICE_RESULT", since: 251, description: "the result of the monitored unit" },
  { name: "MONITOR_EXIT_CODE", since: 251, description: "why the main process of the monitored unit ended" },
  { name: "MONITOR_EXIT_STATUS", since: 251, description: "the exit status of the monitored unit" },
  { name: "MONITOR_INVOCATION_ID", since: 251, description: "the invocation ID of the monitored unit" },
  { name: "MONITOR_UNIT", since: 251, description: "the name of the monitored unit" },
  { name: "PIDFILE", since: 242, description: "the path set with `PIDFile=`" },
  { name: "MEMORY_PRESSURE_WATCH", since: 254, description: "the file to watch for memory pressure" },
  { name: "FDSTORE", since: 254, description: "how many file descriptors the manager keeps for the service" },
];

const byName: ReadonlyMap<string, ExecVariable> = new Map(execVariables.map((variable) => [variable.name, variable]));

/** What systemd says about a variable; undefined for one that it does not set. */
export function findExecVariable(name: string): ExecVariable | undefined {
  return byName.get(name);
}
