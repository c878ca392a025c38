// What of a tree reaches a host as its author means it, and what gets lost or hides what the host has.

import { hierarchiesOf } from "../../model/extension-tree.ts";
import { isGenerated, projectPath } from "../../model/project.ts";
import { releaseFolders } from "../../model/release-location.ts";
import type { TreeContext } from "../../model/tree-context.ts";
import type { TreeFacts } from "../../model/tree-facts.ts";
import { folderOf, type TreeFiles } from "../../model/tree-files.ts";
import type { HostFacts } from "../../tables/host.ts";
import type { TreeCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { mergedContent } from "./merged-files.ts";
import { copyingLines, moveInto } from "./move-files.ts";

/** Regular files and links in a folder, at any depth. */
function filesIn({ files }: TreeFacts, folder: string) {
  return files.below(folder).filter(({ type }) => type !== "directory");
}

/** Whether one of the hosts is laid out so. */
function someHost({ hosts }: TreeContext, has: (facts: HostFacts) => boolean): boolean {
  return hosts.some(({ facts }) => facts !== undefined && has(facts));
}

const etcContent: TreeCheck = {
  id: "tree/etc-content",
  severity: "warning",
  title: "Files for /etc that are lost",
  why: "A system extension is merged into /usr and /opt, never into /etc. Ship files for /etc in /usr/share with a line in tmpfiles.d that copies them, or in a configuration extension.",
  example: {
    badTree: { "etc/demo/demo.conf": "x=1\n" },
    goodTree: { "usr/share/demo/etc/demo/demo.conf": "x=1\n" },
    fixed: [
      {
        files: {
          "etc/demo/demo.conf": undefined,
          "usr/share/demo/etc/demo/demo.conf": "x=1\n",
          "usr/lib/tmpfiles.d/demo.conf": "C /etc/demo/demo.conf - - - - /usr/share/demo/etc/demo/demo.conf\n",
        },
      },
    ],
  },
  run(facts, _context, report) {
    const { extension, files } = facts;
    if (extension.class !== "sysext") return;
    const lost = filesIn(facts, "etc").filter(({ path }) => !path.startsWith(`${releaseFolders.confext}/`));
    if (lost.length === 0) return;
    const [first] = lost;
    const what = lost.length === 1 ? `"${first?.path}"` : `"${first?.path}" and ${lost.length - 1} more`;
    const fix = files.children(releaseFolders.confext).length > 0 ? undefined : copyAtBoot(facts, "etc");
    report(
      "etc",
      `a system extension is not merged into /etc, so ${what} is lost; ship it in "usr/share" and copy it with tmpfiles.d`,
      { fixes: fix === undefined ? [] : [fix] },
    );
  },
};

/** Ships what is in a folder below `usr/share`, with lines that copy it; undefined where a person has to do it. */
function copyAtBoot(facts: TreeFacts, folder: string): Fix | undefined {
  const { extension, files } = facts;
  const store = `usr/share/${extension.name}/${folder}`;
  const lines = copyingLines(files, folder, store);
  // Nothing is added to a file that is there, which an editor may have open with changes.
  const names = [extension.name, `${extension.name}-${folder}`].map((name) => `usr/lib/tmpfiles.d/${name}.conf`);
  const rules = names.find((path) => files.get(path) === undefined);
  if (lines === undefined || rules === undefined) return undefined;
  const write = { kind: "write", path: rules, text: lines } as const;
  if (filesIn(facts, folder).length === 0) {
    return { title: `Create the folders with "${rules}"`, changes: [write, { kind: "remove", path: folder }] };
  }
  const moved = moveInto(files, folder, store);
  if (moved === undefined) return undefined;
  return { title: `Move "${folder}" to "${store}", and copy it with "${rules}"`, changes: [...moved, write] };
}

/** Folders that every host keeps for itself. */
export const ownFolders: readonly string[] = ["var", "run", "tmp", "home", "root", "boot", "srv", "mnt", "media"];
/** Of these the ones whose files may be copies of what an extension ships. */
const copiedFolders: readonly string[] = ["var", "srv"];

const varContent: TreeCheck = {
  id: "tree/var-run-content",
  severity: "warning",
  title: "Files for folders that extensions are not merged into",
  why: "State, temporary files and home folders belong to the host. Services create theirs with StateDirectory= and similar settings, and tmpfiles.d creates other folders.",
  example: {
    badTree: { "var/lib/demo/state": "1\n" },
    goodTree: { "usr/lib/tmpfiles.d/demo.conf": "d /var/lib/demo\n" },
    fixed: [
      {
        files: {
          "var/lib/demo/state": undefined,
          "usr/share/demo/var/lib/demo/state": "1\n",
          "usr/lib/tmpfiles.d/demo.conf": "C /var/lib/demo/state - - - - /usr/share/demo/var/lib/demo/state\n",
        },
      },
    ],
  },
  run(facts, _context, report) {
    for (const folder of ownFolders) {
      if (facts.files.below(folder).length === 0) continue;
      const isCopied = copiedFolders.includes(folder) || filesIn(facts, folder).length === 0;
      const fix = isCopied ? copyAtBoot(facts, folder) : undefined;
      report(
        folder,
        `no host merges "${folder}" of an extension, so its content is lost; create what is needed with "StateDirectory=" or tmpfiles.d`,
        { fixes: fix === undefined ? [] : [fix] },
      );
    }
  },
};

const osRelease: TreeCheck = {
  id: "tree/os-release",
  severity: "error",
  title: "An extension that looks like a whole system",
  why: "systemd treats a tree with usr/lib/os-release as a system, not as an extension: it ignores an image, and a folder prevents the host from merging any extension.",
  example: {
    badTree: { "usr/lib/os-release": "ID=demo\n" },
    goodTree: { "usr/share/demo/os-release": "ID=demo\n" },
    fixed: [{ files: { "usr/lib/os-release": undefined } }],
  },
  run({ files, extension }, _context, report) {
    const path = "usr/lib/os-release";
    if (extension.class !== "sysext" || files.get(path) === undefined) return;
    report(
      path,
      'systemd rejects an extension with "usr/lib/os-release" because it looks like a whole system; remove the file',
      {
        fixes: [{ title: "Remove the file", changes: [{ kind: "remove", path }] }],
      },
    );
  },
};

const usrSbin: TreeCheck = {
  id: "tree/usr-sbin-dir",
  severity: "warning",
  title: "A folder usr/sbin, which is a symlink on many hosts",
  why: "If /usr/sbin is a symlink to bin, a folder of that name in an extension replaces the symlink, and all system administration programs disappear from it.",
  example: {
    badTree: { "usr/sbin/demod": { mode: 0o755 } },
    goodTree: { "usr/bin/demod": { mode: 0o755 }, "usr/sbin": { target: "bin" } },
    fixed: [{ files: { "usr/sbin/demod": undefined, "usr/bin/demod": { mode: 0o755 } } }],
  },
  run({ files, extension }, context, report) {
    if (extension.class !== "sysext" || files.get("usr/sbin")?.type !== "directory") return;
    const onHost = context.base?.typeOf("usr/sbin");
    const isMerged = onHost === "symlink" || someHost(context, ({ mergedSbin }) => mergedSbin);
    if (onHost === "directory" && !isMerged) return;
    const isEmpty = files.children("usr/sbin").length === 0;
    const where = isMerged ? "on a host that the extension is meant for" : "on hosts where it is a symlink";
    const wayOut = isEmpty ? "remove the empty folder" : 'move its content to "usr/bin"';
    const moved = moveInto(files, "usr/sbin", "usr/bin");
    report("usr/sbin", `"usr/sbin" hides the host's own programs there ${where}; ${wayOut}`, {
      ...(isMerged ? { severity: "error" } : {}),
      fixes: isEmpty
        ? [{ title: "Remove the folder", changes: [{ kind: "remove", path: "usr/sbin" }] }]
        : moved === undefined
          ? []
          : [{ title: 'Move the programs to "usr/bin"', changes: moved }],
    });
  },
};

const usrLocal: TreeCheck = {
  id: "tree/usr-local",
  severity: "warning",
  title: "Files in /usr/local, which is a symlink on a host",
  why: "On hosts whose /usr/local is a symlink into /var, a folder of that name in an extension replaces the symlink and hides the administrator's files.",
  example: {
    badTree: { "usr/local/bin/tool": { mode: 0o755 } },
    goodTree: { "usr/bin/tool": { mode: 0o755 } },
    hosts: ["fedora-coreos"],
  },
  run(facts, context, report) {
    if (facts.extension.class !== "sysext" || facts.files.get("usr/local")?.type !== "directory") return;
    // With a known base tree/dir-over-host-symlink says so.
    if (context.base?.typeOf("usr/local") === "symlink" || !someHost(context, (host) => host.usrLocal === "var"))
      return;
    report(
      "usr/local",
      '"usr/local" hides the files of the host because it is a symlink into /var on one of the hosts; use "usr/bin" and "usr/lib"',
    );
  },
};

const optContent: TreeCheck = {
  id: "tree/opt-content",
  severity: "warning",
  title: "Files in /opt, which becomes read-only",
  why: "While an extension with files in /opt is merged, all of /opt is read-only, and file systems mounted in it are hidden. If /opt is a symlink into /var, the extension is merged there.",
  example: {
    badTree: { "opt/demo/tool": { mode: 0o755 } },
    goodTree: { "usr/lib/demo/tool": { mode: 0o755 }, "usr/bin/tool": { target: "../lib/demo/tool" } },
  },
  run(facts, context, report) {
    if (facts.extension.class !== "sysext" || facts.files.below("opt").length === 0) return;
    const isLink = someHost(context, ({ opt }) => opt === "var");
    const message = isLink
      ? '/opt is a symlink into /var on a host that the extension is meant for, and "opt" is merged there'
      : "all of /opt is read-only while this extension is merged";
    report("opt", `${message}; move the files to "usr/lib/${facts.extension.name}", with symlinks in "usr/bin"`, {
      ...(isLink ? { severity: "error" } : {}),
    });
  },
};

const hierarchySymlink: TreeCheck = {
  id: "tree/hierarchy-symlink",
  severity: "error",
  title: "A hierarchy that is not a folder",
  why: "systemd merges the folders usr and opt of a system extension, and etc of a configuration extension. A symlink in their place is not included in images, and one that points outside the extension prevents its merge; a file in their place prevents the merge of all extensions.",
  example: {
    badTree: { opt: { target: "usr/lib/demo" } },
    goodTree: { "usr/share/demo/opt": { target: "../../lib/demo" } },
  },
  run({ files, extension }, { image }, report) {
    for (const path of hierarchiesOf[extension.class]) {
      const file = files.get(path);
      if (file === undefined || file.type === "directory") continue;
      if (file.type !== "symlink") {
        report(path, `"${path}" is not a folder, which prevents a host from merging any extension; make it a folder`);
        continue;
      }
      const found = files.resolve(path);
      const isFollowed = image && found.kind === "file" && found.file.type === "directory";
      const message = isFollowed
        ? `"${path}" is a symlink, which hosts follow but other tools may not; make it a folder`
        : `"${path}" is a symlink to "${file.target ?? ""}", so its content is not merged; make it a folder`;
      report(path, message, isFollowed ? { severity: "info" } : {});
    }
  },
};

const emptyPayload: TreeCheck = {
  id: "tree/empty-payload",
  severity: "warning",
  title: "An empty extension",
  why: "An extension that contains only its release file changes nothing on a host; usually a build step did not run.",
  example: {
    badTree: { "usr/bin/demo": { type: "directory" } },
    goodTree: { "usr/share/demo/about.txt": "About.\n", "usr/bin/demo": { type: "directory" } },
  },
  run(facts, _context, report) {
    const { extension } = facts;
    const [release] = extension.releaseFiles;
    if (release === undefined || extension.maker !== undefined || extension.project.generated.length > 0) return;
    if (mergedContent(facts).some(({ path }) => !extension.allReleaseFiles.includes(path))) return;
    report(release, "the extension contains only its release file; add the files that it should provide");
  },
};

const requiredPaths: TreeCheck = {
  id: "tree/required-paths",
  severity: "error",
  title: "A required path is missing",
  why: "The project file lists the paths that the extension must contain, so that a failed build step is noticed before the extension reaches a host.",
  example: {
    badTree: { "sysext.json": '{ "required": ["usr/bin/tool"] }\n' },
    goodTree: { "sysext.json": '{ "required": ["usr/bin/demo"] }\n' },
  },
  run({ extension, files }, _context, report) {
    const { project, projectText = "" } = extension;
    for (const path of project.required) {
      const plain = path
        .split("/")
        .filter((part) => part !== "" && part !== ".")
        .join("/");
      if (mayBeThere(files, plain) || isGenerated(project, path)) continue;
      const start = Math.max(0, projectText.indexOf(JSON.stringify(path)));
      const span = { start, end: Math.min(projectText.length, start + JSON.stringify(path).length) };
      report(projectPath, `"${path}" is required but missing; build it, or remove it from "required"`, {
        span,
      });
    }
  },
};

/** Whether there is something at a path, or nobody can tell. */
function mayBeThere(files: TreeFiles, path: string): boolean {
  if (files.cut || files.get(path) !== undefined || files.resolve(path).kind === "file") return true;
  const unreadable = new Set(files.unreadable.map((found) => found.path));
  for (let at = path; at !== ""; at = folderOf(at)) if (unreadable.has(at)) return true;
  return unreadable.has("");
}

const dirOverSymlink: TreeCheck = {
  id: "tree/dir-over-host-symlink",
  severity: "error",
  title: "A folder where the host has a symlink",
  why: "A folder in an extension replaces a symlink of the host with the same name, and the files at its target are no longer found there.",
  example: {
    badTree: { "usr/lib64/libdemo-private.conf": "" },
    goodTree: { "usr/lib/libdemo-private.conf": "" },
    base: ["usr/lib/", "usr/lib64@"],
  },
  run({ files, extension }, { base }, report) {
    if (base === undefined) return;
    function visit(folder: string): void {
      const onHost = base?.typeOf(folder);
      if (folder === "usr/sbin") return; // tree/usr-sbin-dir says so
      if (onHost === "symlink") {
        report(folder, `this folder hides the host's symlink "${folder}"; move the files to the target of the symlink`);
      } else if (onHost === "directory") {
        for (const { path, type } of files.children(folder)) if (type === "directory") visit(path);
      }
    }
    for (const folder of extension.hierarchies) visit(folder);
  },
};

export const payloadChecks: readonly TreeCheck[] = [
  etcContent,
  varContent,
  osRelease,
  usrSbin,
  dirOverSymlink,
  usrLocal,
  optContent,
  hierarchySymlink,
  emptyPayload,
  requiredPaths,
];
