// Snippets for a new file of systemd-sysupdate: transfers for what people update, features, components and drop-ins.
import type { UpdateKind, UpdateLocation } from "../../model/update-location.ts";
import type { Span } from "../../text/span.ts";
import type { Completion } from "../completion.ts";
import type { UnitFeatureContext } from "./context.ts";

interface NewDefinition {
  readonly label: string;
  readonly detail: string;
  /** With places to fill in, as LSP's snippets have them. */
  readonly text: string;
}

/** Whole files to begin with, for an empty one of this kind at this place. */
export function newDefinitions(span: Span, kind: UpdateKind, { update }: UnitFeatureContext): Completion[] {
  const found = update?.form === "drop-in" ? [dropIns[kind]] : definitionsOf(kind, nameFor(update));
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

/** What is probably updated: what the component is called, else the file without the number that orders it. */
function nameFor(update: UpdateLocation | undefined): string {
  const name = update?.component ?? update?.id.replace(/^[0-9]+-/, "") ?? "";
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) ? name : "demo";
}

function definitionsOf(kind: UpdateKind, name: string): readonly NewDefinition[] {
  switch (kind) {
    case "transfer":
      return transfers(name);
    case "feature":
      return [
        {
          label: "feature",
          detail: "an optional part of updates",
          text: `[Feature]
Description=\${1:What the feature adds}
Documentation=\${2:https://example.com/${name}}
Enabled=\${3|no,yes|}
`,
        },
      ];
    case "component":
      return [
        {
          label: "component",
          detail: "a set of transfers with its own versions",
          text: `[Component]
Description=\${1:What the component is}
Documentation=\${2:https://example.com/${name}}
`,
        },
      ];
  }
}

function transfers(name: string): readonly NewDefinition[] {
  return [
    {
      label: "extension from a server",
      detail: "downloads images and links the newest for systemd-sysext",
      text: `[Transfer]
Verify=\${1|yes,no|}

[Source]
Type=url-file
Path=\${2:https://example.com/extensions/${name}}
MatchPattern=\${3:${name}}-@v-%a.raw

[Target]
Type=regular-file
Path=/var/lib/extensions.d/$3
MatchPattern=$3-@v-%a.raw
CurrentSymlink=/var/lib/extensions/$3.raw
InstancesMax=2
`,
    },
    {
      label: "extension from a folder",
      detail: "copies images and links the newest for systemd-sysext",
      text: `[Source]
Type=regular-file
Path=\${1:/srv/updates}
MatchPattern=\${2:${name}}-@v-%a.raw

[Target]
Type=regular-file
Path=/var/lib/extensions.d/$2
MatchPattern=$2-@v-%a.raw
CurrentSymlink=/var/lib/extensions/$2.raw
InstancesMax=2
`,
    },
    {
      label: "partition from a server",
      detail: "downloads a file system image into one of two partitions",
      text: `[Transfer]
Verify=\${1|yes,no|}

[Source]
Type=url-file
Path=\${2:https://example.com/images}
MatchPattern=\${3:${name}}_@v_%a.usr.raw.xz

[Target]
Type=partition
Path=\${4|auto,/dev/disk/by-id/name|}
MatchPattern=$3_@v
MatchPartitionType=\${5|usr,root|}
ReadOnly=yes
`,
    },
  ];
}

const dropIns: Readonly<Record<UpdateKind, NewDefinition>> = {
  transfer: {
    label: "drop-in",
    detail: "changes some settings of a transfer",
    text: `[Source]
Path=\${1:https://example.com/mirror}
`,
  },
  feature: {
    label: "drop-in",
    detail: "enables or disables the feature",
    text: `[Feature]
Enabled=\${1|yes,no|}
`,
  },
  component: {
    label: "drop-in",
    detail: "enables or disables the component",
    text: `[Component]
Enabled=\${1|no,yes|}
`,
  },
};
