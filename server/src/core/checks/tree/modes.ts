// Types, modes and owners of files, which a host takes over as they are.
import type { TreeFacts } from "../../model/tree-facts.ts";
import type { TreeFile } from "../../model/tree-files.ts";
import type { TreeCheck } from "../check.ts";
import type { Fix } from "../finding.ts";

/** All that goes into the image, but for the hierarchies themselves, whose mode and owner are the host's. */
function merged({ files, extension }: TreeFacts): TreeFile[] {
  return extension.hierarchies.flatMap((folder) => files.below(folder));
}

/** No more of one kind are listed one by one. */
const mostListed = 50;

function modeText(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

function changeMode(path: string, mode: number): Fix {
  return { title: `Change the mode to ${modeText(mode)}`, changes: [{ kind: "mode", path, mode }] };
}

/** Folders that hosts have as well. */
const sharedFolder =
  /^(?:usr\/[^/]+|opt|usr\/(?:lib|share|local)\/(?:systemd|udev|modules|firmware|tmpfiles\.d|sysusers\.d|sysctl\.d|environment\.d|extension-release\.d|applications|dbus-1|doc|icons|locale|man|polkit-1|bin|lib|share)|usr\/lib\/systemd\/(?:system|user)|etc\/[^/]+)$/;

const dirMode: TreeCheck = {
  id: "tree/dir-mode",
  severity: "error",
  title: "A folder that locks people out, or lets everybody in",
  why: "The mode of a folder in an extension becomes that of the host's folder while it is merged: usr/share with 0700 locks every user out of all of it.",
  example: {
    badTree: { "usr/share": { type: "directory", mode: 0o700 }, "usr/share/demo/a": "" },
    goodTree: { "usr/share": { type: "directory", mode: 0o755 }, "usr/share/demo/a": "" },
  },
  run(facts, { base }, report) {
    for (const { path, type, mode } of merged(facts)) {
      if (type !== "directory") continue;
      const fixes = [changeMode(path, 0o755)];
      if ((mode & 0o002) !== 0) {
        report(path, `everybody can write into this folder, whose mode is ${modeText(mode)}; change it to 0755`, {
          fixes,
        });
      } else if ((mode & 0o005) !== 0o005) {
        const isShared = sharedFolder.test(path) || base?.typeOf(path) === "directory";
        const message = isShared
          ? `with the mode ${modeText(mode)} users are locked out of the host's "${path}" while this is merged; change it to 0755`
          : `with the mode ${modeText(mode)} users cannot look into this folder; change it to 0755 unless that is meant`;
        report(path, message, { fixes, ...(isShared ? {} : { severity: "info" }) });
      }
    }
  },
};

const notRootOwned: TreeCheck = {
  id: "tree/not-root-owned",
  severity: "error",
  title: "Files in an image that do not belong to root",
  why: "Owners in an image are numbers, and a number that belonged to the builder belongs to somebody else on a host, who can change the file's mode there.",
  example: {
    badTree: { "usr/share/demo/a": { uid: 1000, gid: 1000 } },
    goodTree: { "usr/share/demo/a": { uid: 0, gid: 0 } },
    image: true,
  },
  run(facts, { image }, report) {
    if (!image) return; // a folder's owner is whoever works on it, and a build gives all to root
    const foreign = merged(facts).filter(({ uid }) => uid !== 0);
    const [first] = foreign;
    if (first === undefined) return;
    const others = foreign.length === 1 ? "" : `, and ${foreign.length - 1} more do not belong to root`;
    report(first.path, `it belongs to the user ${first.uid}${others}; build the image so that all belongs to root`);
  },
};

const suid: TreeCheck = {
  id: "tree/suid-or-caps",
  severity: "info",
  title: "A program with more rights than its caller",
  why: "Set-user-ID bits and file capabilities are kept in an image, but not by git or most archives, so that a tree that was checked out elsewhere has lost them.",
  example: {
    badTree: { "usr/bin/tool": { mode: 0o4755 } },
    goodTree: { "usr/bin/tool": { mode: 0o755 } },
  },
  run(facts, _context, report) {
    const privileged = merged(facts).filter(
      ({ type, mode, xattrs }) =>
        type === "file" && ((mode & 0o6000) !== 0 || xattrs?.has("security.capability") === true),
    );
    for (const { path, mode } of privileged.slice(0, mostListed)) {
      const what = (mode & 0o6000) === 0 ? "file capabilities" : `the mode ${modeText(mode)}`;
      report(path, `it has ${what}, which git does not keep; set it in the build as well`);
    }
  },
};

const worldWritable: TreeCheck = {
  id: "tree/world-writable",
  severity: "warning",
  title: "A file that everybody can write",
  why: "While it is merged the file is read-only, but its copies are not, and nobody expects such a mode below /usr.",
  example: {
    badTree: { "usr/share/demo/a": { mode: 0o666 } },
    goodTree: { "usr/share/demo/a": { mode: 0o664 } },
  },
  run(facts, _context, report) {
    const open = merged(facts).filter(({ type, mode }) => type === "file" && (mode & 0o002) !== 0);
    for (const { path, mode } of open.slice(0, mostListed)) {
      if (isUnit(path)) continue; // unit/file-mode says so
      report(path, `everybody can write this file, whose mode is ${modeText(mode)}; take that away`, {
        fixes: [changeMode(path, mode & ~0o022)],
      });
    }
  },
};

function isUnit(path: string): boolean {
  return /\/systemd\/(?:system|user)\//.test(path);
}

/** Where programs are that users call; in folders of its own a program may keep scripts that it only reads. */
const publicProgram = /^(?:usr\/(?:local\/)?s?bin|opt\/[^/]+\/bin)\/[^/]+$/;

const execBit: TreeCheck = {
  id: "tree/exec-bit",
  severity: "warning",
  title: "A program that cannot be run",
  why: "A file without its executable bit is not run, whatever folder it is in. Windows and some archives do not keep the bit.",
  example: {
    badTree: { "usr/bin/tool": { content: "#!/bin/sh\n:\n", mode: 0o644 } },
    goodTree: { "usr/bin/tool": { content: "#!/bin/sh\n:\n", mode: 0o755 }, "usr/bin/tool.lib": "a=1\n" },
  },
  run(facts, _context, report) {
    for (const path of [...facts.elfs.keys(), ...facts.scripts.keys()]) {
      const file = facts.files.get(path);
      if (file === undefined || (file.mode & 0o111) !== 0 || !publicProgram.test(path)) continue;
      report(path, `"${path}" is a program without the bit that lets it be run; change its mode to 0755`, {
        fixes: [changeMode(path, 0o755)],
      });
    }
  },
};

/** Types that nobody ships, with what they are called. */
const specialTypes: Readonly<Record<string, string>> = {
  char: "a character device",
  block: "a block device",
  fifo: "a FIFO",
  socket: "a socket",
};

const specialFile: TreeCheck = {
  id: "tree/special-file",
  severity: "error",
  title: "A device, FIFO or socket",
  why: "Devices do nothing on a merged hierarchy, which is mounted without them; FIFOs and sockets are made by the program that needs them.",
  example: {
    badTree: { "usr/share/demo/pipe": { type: "fifo" } },
    goodTree: { "usr/share/demo/pipe": { type: "file" } },
  },
  run(facts, _context, report) {
    for (const { path, type, rdev } of merged(facts)) {
      const what = specialTypes[type];
      if (what === undefined || (type === "char" && rdev === 0)) continue;
      report(path, `it is ${what}, which does nothing in an extension; remove it`, {
        fixes: [{ title: "Remove it", changes: [{ kind: "remove", path }] }],
      });
    }
  },
};

const overlayMarker: TreeCheck = {
  id: "tree/overlay-marker",
  severity: "error",
  title: "A mark that hides files of the host",
  why: "In an overlay a device 0:0 hides the lower file of its name, and an opaque folder hides all that is below it. They are left over from container layers, as are files that begin with .wh., which hide nothing.",
  example: {
    badTree: { "usr/share/demo/.wh.old": "" },
    goodTree: { "usr/share/demo/.what": "" },
  },
  run(facts, _context, report) {
    for (const { path, type, rdev, xattrs } of merged(facts)) {
      const isWhiteout = type === "char" && rdev === 0;
      const isOpaque = ["trusted.overlay.opaque", "user.overlay.opaque"].some((name) => xattrs?.has(name));
      const isLeftOver = path.slice(path.lastIndexOf("/") + 1).startsWith(".wh.");
      if (!isWhiteout && !isOpaque && !isLeftOver) continue;
      const message = isOpaque
        ? "this folder is marked as opaque, and hides all that the host has in it; remove the attribute"
        : isWhiteout
          ? "this device 0:0 hides the host's file of the same name; remove it"
          : "this file is left over from a container layer, and hides nothing on a host; remove it";
      report(path, message, {
        fixes: isOpaque ? [] : [{ title: "Remove it", changes: [{ kind: "remove", path }] }],
      });
    }
  },
};

export const modeChecks: readonly TreeCheck[] = [
  overlayMarker,
  specialFile,
  dirMode,
  notRootOwned,
  suid,
  worldWritable,
  execBit,
];
