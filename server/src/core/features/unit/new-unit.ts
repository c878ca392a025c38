// Snippets for a new unit, by the type of the file.
import { sectionOfType, type UnitType } from "../../model/unit-name.ts";
import type { Span } from "../../text/span.ts";
import type { Completion } from "../completion.ts";
import type { UnitFeatureContext } from "./context.ts";

interface NewUnit {
  readonly label: string;
  /** Undefined for a drop-in, which every type has. */
  readonly type?: UnitType;
  readonly detail: string;
  /** With places to fill in, as LSP's snippets have them. */
  readonly text: string;
}

const unitsToBegin: readonly NewUnit[] = [
  {
    label: "service",
    type: "service",
    detail: "runs a program until it is stopped",
    text: `[Unit]
Description=\${1:What the service does}

[Service]
Type=\${2|exec,notify,oneshot,simple,forking|}
ExecStart=\${3:/usr/bin/program}
Restart=\${4|on-failure,no,on-abnormal|}

[Install]
WantedBy=\${5:multi-user.target}
`,
  },
  {
    label: "oneshot service",
    type: "service",
    detail: "runs a program once, until it exits",
    text: `[Unit]
Description=\${1:What the service does}

[Service]
Type=oneshot
ExecStart=\${2:/usr/bin/program}
RemainAfterExit=\${3|yes,no|}

[Install]
WantedBy=\${4:multi-user.target}
`,
  },
  {
    label: "socket",
    type: "socket",
    detail: "starts a service when a client connects",
    text: `[Unit]
Description=\${1:What is listened for}

[Socket]
ListenStream=\${2:/run/name.sock}

[Install]
WantedBy=sockets.target
`,
  },
  {
    label: "timer",
    type: "timer",
    detail: "starts a unit at given times",
    text: `[Unit]
Description=\${1:What happens when}

[Timer]
OnCalendar=\${2:daily}
Persistent=\${3|yes,no|}

[Install]
WantedBy=timers.target
`,
  },
  {
    label: "path",
    type: "path",
    detail: "starts a unit when files change",
    text: `[Unit]
Description=\${1:What is watched}

[Path]
\${2|PathChanged,PathModified,PathExists,DirectoryNotEmpty|}=\${3:/etc/name.conf}

[Install]
WantedBy=paths.target
`,
  },
  {
    label: "mount",
    type: "mount",
    detail: "mounts a file system",
    text: `[Unit]
Description=\${1:What is mounted}

[Mount]
What=\${2:/dev/disk/by-label/name}
Where=\${3:/mnt}
Type=\${4:ext4}

[Install]
WantedBy=local-fs.target
`,
  },
  {
    label: "slice",
    type: "slice",
    detail: "limits the resources that its units use together",
    text: `[Unit]
Description=\${1:What the units have in common}

[Slice]
MemoryMax=\${2:1G}
`,
  },
  {
    label: "target",
    type: "target",
    detail: "groups units",
    text: `[Unit]
Description=\${1:What is there when it is reached}
Requires=\${2:demo.service}
After=$2
`,
  },
];

/** Whole units for an empty file; of a file whose type is not known, all of them. */
export function newUnits(
  span: Span,
  { type, location }: { readonly type: UnitType | undefined } & Pick<UnitFeatureContext, "location">,
): Completion[] {
  const found = location?.kind === "drop-in" ? [dropIn(location.type)] : ofType(type);
  return found.map(({ label, detail, text }) => ({
    label,
    kind: "snippet",
    detail,
    documentation: "",
    span,
    text: `${text}$0`,
    snippet: true,
    continues: false,
  }));
}

function ofType(type: UnitType | undefined): readonly NewUnit[] {
  return type === undefined ? unitsToBegin : unitsToBegin.filter((unit) => unit.type === type);
}

function dropIn(type: UnitType): NewUnit {
  return {
    label: "drop-in",
    detail: "changes some settings of a unit",
    text: dropInTexts[type] ?? `[${sectionOfType(type)}]\n\${1:Name}=\${2:value}\n`,
  };
}

const dropInTexts: Partial<Readonly<Record<UnitType, string>>> = {
  // What adds up has to be taken back first.
  service: `[Service]
ExecStart=
ExecStart=\${1:/usr/bin/program}
`,
  socket: `[Socket]
ListenStream=
ListenStream=\${1:/run/name.sock}
`,
  timer: `[Timer]
OnCalendar=
OnCalendar=\${1:daily}
`,
  path: `[Path]
\${1|PathChanged,PathModified,PathExists|}=\${2:/etc/name.conf}
`,
  target: `[Unit]
Wants=\${1:demo.service}
`,
};
