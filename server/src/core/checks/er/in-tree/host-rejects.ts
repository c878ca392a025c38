// er/host-rejects: a host that the extension is for ignores it.
import { matchHosts } from "../../../hosts/match-hosts.ts";
import { mergeableFacts } from "../../../hosts/read-image.ts";
import { releasePath } from "../../../model/release-location.ts";
import type { TreeCheck } from "../../check.ts";

/** Of these another check speaks, at the place itself. */
const saidElsewhere = new Set(["release-file", "name", "os-release"]);

export const hostRejects: TreeCheck = {
  id: "er/host-rejects",
  severity: "error",
  title: "A host that the extension is meant for ignores it",
  why: "systemd compares the release file with the host's os-release and silently skips an extension that does not match; only the debug log says so.",
  example: {
    badTree: { "usr/lib/extension-release.d/extension-release.demo": "ID=debian\nVERSION_ID=12\n" },
    goodTree: { "usr/lib/extension-release.d/extension-release.demo": "ID=debian\nVERSION_ID=13\n" },
    hosts: ["debian-13"],
  },
  run(facts, { hosts }, report) {
    const { extension, releases, files } = facts;
    if (hosts.length === 0) return;
    const image = { fileName: `${extension.name}.raw`, kind: "file", ...mergeableFacts(facts) } as const;
    for (const { host, judgement } of matchHosts(image, extension.class, hosts)) {
      if (judgement.verdict === "match" || judgement.verdict === "ignored" || saidElsewhere.has(judgement.rule))
        continue;
      const path = judgement.releasePath ?? releasePath(extension.class, extension.name);
      const release = releases.get(path);
      if (release === undefined && files.get(path) === undefined) continue;
      const key = keyOf(judgement.rule);
      const at = key === undefined ? undefined : release?.get(key)?.value;
      const way =
        judgement.fix === undefined ? "" : `; ${judgement.fix.charAt(0).toLowerCase()}${judgement.fix.slice(1)}`;
      report(path, `${host.title} ignores the extension: ${judgement.reason}${way}`, {
        ...(release === undefined ? {} : { span: at ?? release.head }),
      });
    }
  },
};

/** The key that a rule compares. */
function keyOf(rule: string): string | undefined {
  const keys: Readonly<Record<string, string>> = {
    id: "ID",
    "version-id": "VERSION_ID",
    level: "SYSEXT_LEVEL",
    architecture: "ARCHITECTURE",
    scope: "SYSEXT_SCOPE",
  };
  return keys[rule];
}
