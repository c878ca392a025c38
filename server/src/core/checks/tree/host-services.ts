// Configuration that the host has read before an extension is merged, and does not read again by itself.
import type { TreeFacts } from "../../model/tree-facts.ts";
import { folderOf, nameOf, type TreeFile } from "../../model/tree-files.ts";
import type { TreeCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { isInOwnRoot, isMadeLater } from "./find-path.ts";
import { mergedContent } from "./merged-files.ts";
import { runs } from "./reload-commands.ts";
import { sayOfEach } from "./say-of-each.ts";

const udevRules: TreeCheck = {
  id: "tree/udev-rules",
  severity: "warning",
  title: "Rules that udev has read already",
  why: "udev reads its rules when it starts, which is before an extension is merged on a booted host. Devices that are there by then are not looked at again.",
  example: {
    badTree: { "usr/lib/udev/rules.d/70-demo.rules": "" },
    goodTree: { "usr/share/demo/udev/rules.d/70-demo.rules": "" },
  },
  run(facts, _context, report) {
    const { files } = facts;
    const [rule] = [...files.children("usr/lib/udev/rules.d"), ...files.children("usr/lib/udev/hwdb.d")];
    if (rule === undefined || runs(facts, /udevadm/)) return;
    report(
      rule.path,
      'udev does not read it again after a merge; let a oneshot service run "udevadm control --reload" and "udevadm trigger"',
    );
  },
};

/** Folders that are read early at boot, with what reads them again, and words that show that something does. */
const earlyFolders: readonly (readonly [folder: string, remedy: string, words: RegExp])[] = [
  ["usr/lib/modules-load.d", "systemctl restart systemd-modules-load.service", /modules-load|modprobe/],
  ["usr/lib/sysctl.d", "systemctl restart systemd-sysctl.service", /sysctl/],
  ["usr/lib/binfmt.d", "systemctl restart systemd-binfmt.service", /binfmt/],
  ["usr/lib/repart.d", "systemd-repart", /repart/],
  ["usr/lib/systemd/system-generators", "systemctl daemon-reload", /daemon-reload/],
  ["usr/lib/dracut", "dracut", /dracut/],
  ["usr/lib/kernel/install.d", "kernel-install", /kernel-install/],
];

const earlyConfig: TreeCheck = {
  id: "tree/early-config",
  severity: "warning",
  title: "Configuration that is read before the merge",
  why: "These folders are read early at boot, without waiting for extensions, so that what one brings has no effect until it is read once more.",
  example: {
    badTree: { "usr/lib/sysctl.d/50-demo.conf": "vm.swappiness=10\n" },
    goodTree: { "usr/share/demo/sysctl.d/50-demo.conf": "vm.swappiness=10\n" },
  },
  run(facts, _context, report) {
    const reloads = [...facts.releases.values()].some((file) =>
      /^(?:1|y|yes|t|true|on)$/i.test(file.get("EXTENSION_RELOAD_MANAGER")?.text ?? ""),
    );
    for (const [folder, remedy, words] of earlyFolders) {
      const [first] = facts.files.below(folder).filter(({ type }) => type !== "directory");
      if (first === undefined || runs(facts, words) || (folder.endsWith("-generators") && reloads)) continue;
      report(
        first.path,
        `the host reads "${folder}" before extensions are merged; let a oneshot service run "${remedy}"`,
      );
    }
  },
};

const dbusPolicy: TreeCheck = {
  id: "tree/dbus-policy",
  severity: "warning",
  title: "Names on the bus that it does not know yet",
  why: "The message bus reads its policies and services when it starts, and does not notice all that a merge brings; until it reads them again, the service may not own its name.",
  example: {
    badTree: { "usr/share/dbus-1/system.d/org.example.Demo.conf": "<busconfig/>\n" },
    goodTree: { "usr/share/dbus-1/interfaces/org.example.Demo.xml": "<node/>\n" },
  },
  run(facts, _context, report) {
    const { files } = facts;
    const [first] = [
      ...files.children("usr/share/dbus-1/system.d"),
      ...files.children("usr/share/dbus-1/system-services"),
    ];
    if (first === undefined || runs(facts, /ReloadConfig|reload dbus|dbus-broker/)) return;
    report(
      first.path,
      'the bus does not read this again after a merge; let the service call "busctl call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus ReloadConfig" before it starts',
    );
  },
};

const alternatives: TreeCheck = {
  id: "tree/alternatives-symlink",
  severity: "error",
  title: "A link into /etc/alternatives",
  why: "Packages of Debian and its kin make such links when they are installed. No host has the extension's, so that the program is not found there.",
  example: {
    badTree: { "usr/bin/tool": { target: "/etc/alternatives/tool" } },
    goodTree: { "usr/bin/tool": { target: "tool.demo" }, "usr/bin/tool.demo": { mode: 0o755 } },
    fixed: [{ files: { "usr/bin/tool": undefined } }],
  },
  run(facts, { base }, report) {
    const { files, texts } = facts;
    // tmpfiles.d can make such a link on the host.
    const isMade = (target: string) => Array.from(texts.values()).some((text) => text.includes(target));
    const links = mergedContent(facts).filter(
      ({ path, target }) =>
        target?.startsWith("/etc/alternatives/") === true &&
        base?.typeOf(target.slice(1)) === undefined &&
        files.get(target.slice(1)) === undefined &&
        !isMade(target) &&
        !isInOwnRoot(facts, target, path),
    );
    sayOfEach(links, (link, more) =>
      report(
        link.path,
        `"${link.target}" is on the machine that built it and on no host; let the link lead to the program itself${more}`,
        { fixes: [withoutLink(facts, link)] },
      ),
    );
  },
};

/** Puts the one program that the link must be meant for into its place, as `nc.openbsd` for `nc`, or takes the link out. */
function withoutLink({ files }: TreeFacts, { path }: TreeFile): Fix {
  const begins = [`${path}.`, `${path}-`];
  const meant = files
    .children(folderOf(path))
    .filter((file) => file.type === "file" && begins.some((begin) => file.path.startsWith(begin)));
  const [only] = meant;
  const remove = { kind: "remove", path } as const;
  if (only === undefined || meant.length > 1) return { title: "Remove the link", changes: [remove] };
  return {
    title: `Put "${nameOf(only.path)}" into its place`,
    changes: [remove, { kind: "rename", from: only.path, to: path }],
  };
}

/** Places that a host fills while it runs. */
const madeLater = /^(?:etc|var|run|proc|sys|dev|tmp)\//;

const danglingSymlink: TreeCheck = {
  id: "tree/dangling-symlink",
  severity: "warning",
  title: "A link that leads nowhere",
  why: "Neither the extension nor the host has a file where the link leads to.",
  example: {
    badTree: { "usr/bin/tool": { target: "../lib/demo/tool" } },
    goodTree: { "usr/bin/tool": { target: "../lib/host/tool" } },
    base: ["usr/lib/host/tool", "usr/bin/"],
  },
  run(facts, { base, others }, report) {
    if (base === undefined) return;
    const { files, extension } = facts;
    const links = extension.hierarchies
      .flatMap((folder) => files.below(folder))
      .filter(({ path, target }) => {
        if (target === undefined || target.startsWith("/etc/alternatives/")) return false;
        const found = files.resolve(path);
        return (
          found.kind === "missing" &&
          !madeLater.test(found.path) &&
          !isOnHost(found.path, (inside) => base.typeOf(inside)) &&
          !isMadeLater(facts, found.path) &&
          !others.some((other) => other.files.get(found.path) !== undefined) &&
          !(target.startsWith("/") && isInOwnRoot(facts, target, path))
        );
      });
    sayOfEach(links, ({ path, target }, more) =>
      report(
        path,
        `the symlink leads to "${target}", which is neither in the extension nor on the host; correct it${more}`,
      ),
    );
  },
};

/** Whether the host has a path, or a symlink on the way to it, behind which nobody knows. */
function isOnHost(path: string, typeOf: (path: string) => string | undefined): boolean {
  const parts = path.split("/");
  for (let depth = 1; depth <= parts.length; depth++) {
    const type = typeOf(parts.slice(0, depth).join("/"));
    if (type === undefined) return false;
    if (type === "symlink") return true;
  }
  return true;
}

const selinux: TreeCheck = {
  id: "tree/selinux-unlabelled",
  severity: "warning",
  title: "An image without SELinux labels, for a host that needs them",
  why: "Merged folders have the labels of the extension. Without any they are unlabelled, and services that SELinux confines may not read what is in them.",
  example: {
    badTree: { "usr/share/demo/a": "" },
    goodTree: { "usr/share/demo/a": { xattrs: { "security.selinux": "system_u:object_r:usr_t:s0" } } },
    hosts: ["fedora-coreos"],
    image: true,
  },
  run({ files, extension }, { hosts, image }, report) {
    const host = hosts.find(({ facts }) => facts?.selinux === true);
    if (!image || host === undefined || files.all.some(({ xattrs }) => xattrs?.has("security.selinux") === true))
      return;
    const [folder] = extension.hierarchies;
    if (folder === undefined) return;
    report(
      folder,
      `nothing in the image has an SELinux label, which ${host.title} needs; run "setfiles" over the tree in the build`,
    );
  },
};

const overridesBase: TreeCheck = {
  id: "tree/overrides-base",
  severity: "info",
  title: "A file that takes the place of the host's",
  why: "An extension should only add. A file that the host has as well is hidden while it is merged, and is the old one after the host's next update.",
  example: {
    badTree: { "usr/bin/tool": { mode: 0o755 } },
    goodTree: { "usr/bin/tool2": { mode: 0o755 } },
    base: ["usr/bin/tool"],
  },
  run({ files, extension }, { base }, report) {
    if (base === undefined) return;
    const hiding = extension.hierarchies
      .flatMap((folder) => files.below(folder))
      .filter(({ path, type }) => type !== "directory" && base.typeOf(path) !== undefined);
    sayOfEach(hiding, ({ path }, more) =>
      report(
        path,
        `the host has "${nameOf(path)}" itself, which this takes the place of; leave it out unless that is meant${more}`,
      ),
    );
  },
};

export const hostServiceChecks: readonly TreeCheck[] = [
  udevRules,
  earlyConfig,
  dbusPolicy,
  alternatives,
  danglingSymlink,
  selinux,
  overridesBase,
];
