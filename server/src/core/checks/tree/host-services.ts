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
  title: "udev rules that are loaded too late",
  why: "udev loads its rules when it starts, before a booted host merges extensions. Existing devices are not processed again.",
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
      'udev does not reload its rules after a merge; add a oneshot service that runs "udevadm control --reload" and "udevadm trigger"',
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
  why: "These folders are read early at boot, before extensions are merged, so the files of an extension have no effect until they are read again.",
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
        `the host reads "${folder}" before extensions are merged; add a oneshot service that runs "${remedy}"`,
      );
    }
  },
};

const dbusPolicy: TreeCheck = {
  id: "tree/dbus-policy",
  severity: "warning",
  title: "D-Bus configuration that is loaded too late",
  why: "The message bus loads its policies and services when it starts and does not notice all files of a merge; until it reloads them, the service may not own its name.",
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
      'the bus does not reload this after a merge; run "busctl call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus ReloadConfig" before the service starts',
    );
  },
};

const alternatives: TreeCheck = {
  id: "tree/alternatives-symlink",
  severity: "error",
  title: "A link into /etc/alternatives",
  why: "Packages of Debian and its derivatives create such links when they are installed. Hosts do not have those of an extension, so the program is not found.",
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
        `"${link.target}" exists only on the build machine; point the link to the program itself${more}`,
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
    title: `Replace it with "${nameOf(only.path)}"`,
    changes: [remove, { kind: "rename", from: only.path, to: path }],
  };
}

/** Places that a host fills while it runs. */
const madeLater = /^(?:etc|var|run|proc|sys|dev|tmp)\//;

const danglingSymlink: TreeCheck = {
  id: "tree/dangling-symlink",
  severity: "warning",
  title: "A broken symlink",
  why: "Neither the extension nor the host has a file at the target of the symlink.",
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
        `the symlink points to "${target}", which is neither in the extension nor on the host; correct it${more}`,
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
  title: "An image without SELinux labels for a host that uses them",
  why: "Merged folders have the labels of the extension. Without labels, services that SELinux confines may not read them.",
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
      `no file in the image has an SELinux label, which ${host.title} needs; run "setfiles" on the tree in the build`,
    );
  },
};

const overridesBase: TreeCheck = {
  id: "tree/overrides-base",
  severity: "info",
  title: "A file that hides the host's",
  why: "An extension should only add files. It hides a file that the host has too, and after the next update of the host the hidden file is newer.",
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
      report(path, `this file hides the host's "${nameOf(path)}"; remove it unless that is intended${more}`),
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
