// Makes valid units and, from each, variants with one fault; the same ones for the same seed.
import { randomNumbers } from "../support/random-numbers.ts";

export interface Variant {
  /** Kind of fault, for messages of tests. */
  readonly kind: string;
  /** File name of the unit. */
  readonly name: string;
  readonly text: string;
}

const head = "[Unit]\nDescription=Demo\nAfter=network.target\nDocumentation=https://example.com/demo\n";
const install = "\n[Install]\nWantedBy=multi-user.target\n";

/** Valid units by type; `%N%` is a number that makes the unit's name its own. */
const bases: Readonly<Record<string, string>> = {
  service: `${head}\n[Service]\nType=simple\nExecStart=/bin/true --once\nRestart=on-failure\nRestartSec=5s\nUser=root\n${install}`,
  socket: `${head}\n[Socket]\nListenStream=/run/demo-%N%.sock\nSocketMode=0660\n\n[Install]\nWantedBy=sockets.target\n`,
  timer: `${head}\n[Timer]\nOnCalendar=daily\nAccuracySec=1min\nPersistent=yes\n\n[Install]\nWantedBy=timers.target\n`,
  path: `${head}\n[Path]\nPathChanged=/run/demo-%N%\nMakeDirectory=no\n${install}`,
  mount: `${head}\n[Mount]\nWhat=tmpfs\nWhere=/srv/demo%N%\nType=tmpfs\nOptions=size=1M\n${install}`,
  automount: `${head}\n[Automount]\nWhere=/srv/demo%N%\nTimeoutIdleSec=1min\n${install}`,
  swap: `${head}\n[Swap]\nWhat=/srv/demo%N%\nPriority=5\n${install}`,
  slice: `${head}\n[Slice]\nMemoryMax=1G\nCPUWeight=50\n`,
  target: `${head}AllowIsolate=yes\n${install}`,
};

/** Values that systemd does not take, by section and setting. */
const wrongValues: Readonly<Record<string, readonly string[]>> = {
  "Unit.StopWhenUnneeded": ["maybe", "2", ""],
  "Unit.DefaultDependencies": ["never", "on off"],
  "Unit.JobTimeoutSec": ["5 minuts", "-1", "1x"],
  "Unit.StartLimitIntervalSec": ["soon", "10 parsecs"],
  "Unit.StartLimitBurst": ["many", "-3", "1.5"],
  "Unit.FailureAction": ["explode", "rebot"],
  "Unit.CollectMode": ["always", "inactiv"],
  "Unit.Requires": ["docker", "a/b.service", "foo.servce"],
  "Unit.Wants": ["network-online", "foo bar.service"],
  "Unit.Before": ["x.exe"],
  "Unit.Documentation": ["example.com/demo", "ftp://example.com"],
  "Unit.SourcePath": ["etc/demo", "demo"],
  "Unit.ConditionPathExists": ["etc/demo", "!var/lib/x"],
  "Unit.RequiresMountsFor": ["var/lib/demo"],
  "Unit.OnFailureJobMode": ["replac", "sometimes"],
  "Service.Type": ["onshot", "daemon", "exec forking"],
  "Service.Restart": ["onfailure", "yes", "allways"],
  "Service.RestartSec": ["5 seks", "five"],
  "Service.TimeoutStartSec": ["1 minuten", "ever"],
  "Service.RuntimeMaxSec": ["1dy"],
  "Service.NotifyAccess": ["everyone"],
  "Service.KillMode": ["proces", "group"],
  "Service.KillSignal": ["TERMINATE", "SIGFOO", "99"],
  "Service.OOMPolicy": ["ignore"],
  "Service.OOMScoreAdjust": ["2000", "low"],
  "Service.Nice": ["20", "-21", "nice"],
  "Service.UMask": ["9", "abc"],
  "Service.LimitNOFILE": ["a lot", "10:5", "-5"],
  "Service.LimitCORE": ["1Z", "big"],
  "Service.LimitCPU": ["1 parsec"],
  "Service.MemoryMax": ["512m", "1GB", "-1"],
  "Service.MemoryHigh": ["many"],
  "Service.TasksMax": ["0", "some"],
  "Service.CPUQuota": ["0%", "50", "half"],
  "Service.CPUWeight": ["0", "10001"],
  "Service.IOWeight": ["0", "heavy"],
  "Service.CPUAffinity": ["a", "1-x"],
  "Service.CPUSchedulingPolicy": ["fast"],
  "Service.CPUSchedulingPriority": ["100", "x"],
  "Service.IOSchedulingClass": ["5", "slow"],
  "Service.IOSchedulingPriority": ["8"],
  "Service.WorkingDirectory": ["var/lib", '"/var/lib"', "~root"],
  "Service.RootDirectory": ["srv"],
  "Service.User": ["a:b", "a/b", ""],
  "Service.Group": ["x y/", "a:b"],
  "Service.SupplementaryGroups": ["a:b"],
  "Service.Environment": ["FOO", "1A=b", "A B=c"],
  "Service.EnvironmentFile": ["etc/default/demo", '"/etc/default/demo"'],
  "Service.PassEnvironment": ["1A", "A=B"],
  "Service.UnsetEnvironment": ["1A"],
  "Service.StandardOutput": ["file:log", "screen", "fd:"],
  "Service.StandardInput": ["keyboard"],
  "Service.SyslogFacility": ["demo"],
  "Service.SyslogLevel": ["loud"],
  "Service.PrivateTmp": ["maybe"],
  "Service.PrivateDevices": ["yes # no hardware", "ja"],
  "Service.ProtectSystem": ["strickt", "all"],
  "Service.ProtectHome": ["readonly", "2"],
  "Service.ProtectProc": ["hidden"],
  "Service.NoNewPrivileges": ["ture"],
  "Service.CapabilityBoundingSet": ["CAP_FOO", "NET_ADMN"],
  "Service.AmbientCapabilities": ["CAP_NET_BIND"],
  "Service.SystemCallArchitectures": ["amd64", "nativ"],
  "Service.SystemCallErrorNumber": ["EFOO", "5000"],
  "Service.RestrictAddressFamilies": ["AF_IP", "inet"],
  "Service.RestrictNamespaces": ["network", "~foo"],
  "Service.SecureBits": ["keep"],
  "Service.Personality": ["vax"],
  "Service.MountFlags": ["public"],
  "Service.ReadWritePaths": ["var/lib/demo", "-srv"],
  "Service.BindPaths": ["srv:/mnt", "/srv:mnt"],
  "Service.TemporaryFileSystem": ["tmp"],
  "Service.StateDirectory": ["/var/lib/demo", "../demo"],
  "Service.RuntimeDirectory": ["/run/demo"],
  "Service.StateDirectoryMode": ["rwx", "8888"],
  "Service.RuntimeDirectoryPreserve": ["keep"],
  "Service.LoadCredential": [":x", ""],
  "Service.DeviceAllow": ["sda", "/etc/x rwz"],
  "Service.DevicePolicy": ["open"],
  "Service.Delegate": ["cpus"],
  "Service.IPAddressAllow": ["10.0.0.0/33", "home"],
  "Service.SuccessExitStatus": ["FOO", "256"],
  "Service.ExitType": ["group"],
  "Service.TimerSlackNSec": ["slow"],
  "Service.KeyringMode": ["none"],
  "Service.UtmpMode": ["root"],
  "Service.ManagedOOMSwap": ["yes"],
  "Service.Slice": ["demo", "demo.service"],
  "Service.Sockets": ["demo.service", "demo"],
  "Service.BusName": ["demo", "org..x"],
  "Service.LogRateLimitBurst": ["x"],
  "Service.LogExtraFields": ["foo=bar", "FOO"],
  "Service.CoredumpFilter": ["everything"],
  "Socket.ListenStream": ["run/demo.sock", "99999", "host:80"],
  "Socket.ListenFIFO": ["demo"],
  "Socket.ListenNetlink": ["foo"],
  "Socket.SocketMode": ["999", "rw"],
  "Socket.Backlog": ["many"],
  "Socket.BindIPv6Only": ["sometimes"],
  "Socket.Accept": ["x"],
  "Socket.Service": ["demo.socket"],
  "Socket.ReceiveBuffer": ["8k", "big"],
  "Socket.KeepAlive": ["perhaps"],
  "Socket.SocketUser": ["a:b"],
  "Socket.FileDescriptorName": ["a:b"],
  "Socket.TriggerLimitBurst": ["x"],
  "Timer.OnCalendar": ["dayly", "25:00", "Mon..Foo", "*-13-01"],
  "Timer.OnBootSec": ["5 minuts", "-3"],
  "Timer.AccuracySec": ["x"],
  "Timer.Persistent": ["ja"],
  "Timer.Unit": ["demo", "demo.exe"],
  "Path.PathExists": ["run/demo"],
  "Path.MakeDirectory": ["x"],
  "Path.DirectoryMode": ["x"],
  "Mount.TimeoutSec": ["x"],
  "Mount.DirectoryMode": ["x"],
  "Mount.ForceUnmount": ["x"],
  "Automount.TimeoutIdleSec": ["x"],
  "Automount.DirectoryMode": ["9"],
  "Swap.Priority": ["40000", "x"],
  "Swap.TimeoutSec": ["x"],
  "Slice.MemoryMax": ["1gb"],
  "Slice.CPUQuota": ["x"],
  "Slice.IOReadBandwidthMax": ["/dev/sda", "sda 1M"],
};

/** Faults of whole lines and of command lines, made of a base by replacing or adding. */
const rewrites: readonly (readonly [kind: string, type: string, from: string | RegExp, to: string])[] = [
  ["no command", "service", /ExecStart=.*\n/, ""],
  ["two commands", "service", "ExecStart=/bin/true --once\n", "ExecStart=/bin/true\nExecStart=/bin/false\n"],
  ["relative command", "service", "/bin/true", "bin/true"],
  ["folder as command", "service", "/bin/true", "/bin/"],
  ["open quote", "service", "--once", '"--once'],
  ["open single quote", "service", "--once", "it's"],
  ["prefix twice", "service", "/bin/true", "--/bin/true"],
  ["plus and exclamation", "service", "/bin/true", "+!/bin/true"],
  ["no name behind @", "service", "/bin/true --once", "@/bin/true"],
  ["unknown escape", "service", "--once", "\\d+"],
  ["unknown specifier in a command", "service", "--once", "%x"],
  ["unknown specifier in a text", "service", "Description=Demo", "Description=20%x"],
  [
    "oneshot that is always restarted",
    "service",
    "Type=simple\nExecStart=/bin/true --once\nRestart=on-failure",
    "Type=oneshot\nExecStart=/bin/true\nRestart=always",
  ],
  ["dbus without a name", "service", "Type=simple", "Type=dbus"],
  [
    "oneshot with cgroup",
    "service",
    "Type=simple\nExecStart=/bin/true --once\nRestart=on-failure",
    "Type=oneshot\nExecStart=/bin/true\nExitType=cgroup",
  ],
  ["PAM and process", "service", "User=root", "PAMName=demo\nKillMode=process"],
  ["dynamic user at home", "service", "User=root", "DynamicUser=yes\nWorkingDirectory=~"],
  [
    "limit of oneshot",
    "service",
    "Type=simple\nExecStart=/bin/true --once\nRestart=on-failure",
    "Type=oneshot\nExecStart=/bin/true\nRuntimeMaxSec=5",
  ],
  ["USB half", "service", "User=root", "USBFunctionDescriptors=/x"],
  ["itself", "service", "After=network.target", "After=variant-%N%.service"],
  ["before a device", "service", "After=network.target", "Before=dev-sda.device"],
  ["isolate two", "service", "After=network.target", "OnFailure=a.target b.target\nOnFailureJobMode=isolate"],
  ["kill none", "service", "User=root", "KillMode=none"],
  ["no listen", "socket", /ListenStream=.*\n/, ""],
  ["no connections", "socket", "SocketMode=0660", "MaxConnections=0"],
  ["accept datagram", "socket", /ListenStream=(.*)\n/, "ListenDatagram=$1\nAccept=yes\n"],
  ["accept and service", "socket", "SocketMode=0660", "Accept=yes\nService=variant-%N%.service"],
  ["symlinks of a port", "socket", /ListenStream=.*\n/, "ListenStream=8080\nSymlinks=/run/x\n"],
  ["no trigger", "timer", "OnCalendar=daily\n", ""],
  ["nothing watched", "path", /PathChanged=.*\n/, ""],
  ["another place", "mount", /Where=.*\n/, "Where=/srv/other\n"],
  ["nothing to mount", "mount", "What=tmpfs\n", ""],
  ["another place", "automount", /Where=.*\n/, "Where=/srv/other\n"],
  ["another device", "swap", /What=.*\n/, "What=/srv/other\n"],
  ["options of its own", "automount", "TimeoutIdleSec=1min", "ExtraOptions=direct"],
  ["failure of a slice", "slice", "After=network.target", "OnFailure=a.service"],
  ["another parent", "slice", "MemoryMax=1G", "Slice=other.slice"],
  ["alias of a mount", "mount", "WantedBy=multi-user.target", "Alias=x.mount"],
];

/** Faults of any line of any unit. */
const lineFaults: readonly (readonly [kind: string, change: (line: string) => string])[] = [
  ["misspelt setting", (line) => line.replace(/^(\w{3})\w/, "$1")],
  ["setting with a letter more", (line) => line.replace("=", "s=")],
  ["setting in lower case", (line) => line.replace(/^\w+/, (name) => name.toLowerCase())],
  ["no equals sign", (line) => line.replaceAll("=", " ")],
  ["no name", (line) => line.replace(/^\w+/, "")],
  ["a setting of nobody", (line) => `Frobnicate=yes\n${line}`],
  ["a blank after a section", (line) => `[Nothing ]\n${line}`],
  ["a section of nobody", (line) => `[Frobnicate]\n${line}`],
  ["a section that is not closed", (line) => `[Frobnicate\n${line}`],
];

/** Variants with one fault each, from all kinds of faults. */
export function makeVariants(seed: number): Variant[] {
  const random = randomNumbers(seed);
  const variants: Variant[] = [];
  const add = (kind: string, type: string, text: string) => {
    const number = String(variants.length + 1);
    const stems: Readonly<Record<string, string>> = { mount: "srv-demo", automount: "srv-demo", swap: "srv-demo" };
    const name = `${stems[type] ?? "variant-"}${number}.${type}`;
    variants.push({ kind: `${kind} (${name})`, name, text: text.replaceAll("%N%", number) });
  };
  for (const [key, values] of Object.entries(wrongValues)) {
    const [section = "", setting = ""] = key.split(".");
    const type = section === "Unit" ? "service" : section.toLowerCase();
    const base = (bases[type] ?? "").replace(new RegExp(`^${setting}=.*\n`, "m"), "");
    for (const value of values) {
      add(`${key}=${value}`, type, base.replace(`[${section}]\n`, `[${section}]\n${setting}=${value}\n`));
    }
  }
  for (const [kind, type, from, to] of rewrites) add(kind, type, (bases[type] ?? "").replace(from, to));
  for (const [kind, change] of lineFaults) {
    for (const [type, base] of Object.entries(bases)) {
      const lines = base.split("\n");
      const settings = lines.flatMap((line, index) =>
        /^\w+=/.test(line) && !/^(?:ExecStart|Listen|Where|What|On|Path)/.test(line) ? [index] : [],
      );
      const at = settings[random(settings.length)] ?? 1;
      add(kind, type, lines.map((line, index) => (index === at ? change(line) : line)).join("\n"));
    }
  }
  for (const [type, base] of Object.entries(bases)) add("before any section", type, `Frobnicate=yes\n${base}`);
  return variants;
}

/** The units without a fault, by file name. */
export function makeBases(): Variant[] {
  return Object.entries(bases).map(([type, text]) => {
    const stems: Readonly<Record<string, string>> = { mount: "srv-demo0", automount: "srv-demo0", swap: "srv-demo0" };
    return { kind: "valid", name: `${stems[type] ?? "variant-0"}.${type}`, text: text.replaceAll("%N%", "0") };
  });
}
