// Types, modes and owners of files, which a host takes over as they are.
import type { TreeFacts } from "../../model/tree-facts.ts";
import { nameOf } from "../../model/tree-files.ts";
import type { TreeCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { commandsOf, inTree } from "../unit/in-tree/commands.ts";
import { treeUnits } from "../unit/in-tree/tree-units.ts";
import { merged } from "./merged-files.ts";
import { sayOfEach } from "./say-of-each.ts";

function modeText(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

function changeMode(path: string, mode: number): Fix {
  return { title: `Change the mode to ${modeText(mode)}`, changes: [{ kind: "mode", path, mode }] };
}

/** Folders that hosts have as well, and that all users have to look into. */
const sharedFolder =
  /^(?:usr\/(?:[^/]+|local\/(?:bin|lib|share)|(?:lib(?:64)?|share)\/(?:systemd|udev|modules|firmware|[\w-]+\.d|applications|bash-completion|dbus-1|doc|fonts|glib-2\.0|icons|info|licenses|locale|man|mime|pixmaps|polkit-1|terminfo|zoneinfo|zsh)|lib\/(?:systemd\/(?:system|user)|[\w-]+-linux-gnu\w*)|share\/(?:icons\/hicolor|man\/man\d|dbus-1\/[\w.-]+|polkit-1\/actions))|etc\/(?:systemd(?:\/(?:system|user))?|environment\.d|extension-release\.d|fonts|pam\.d|profile\.d|security|sysctl\.d|sysusers\.d|tmpfiles\.d|udev|xdg|X11))$/;

/** Folders that hosts keep private. */
const privateFolder = /^(?:usr\/lib\/credstore(?:\.encrypted)?|usr\/share\/polkit-1\/rules\.d|usr\/lib\/sudoers\.d)$/;

const dirMode: TreeCheck = {
  id: "tree/dir-mode",
  severity: "error",
  title: "A folder mode that locks users out, or lets everyone write",
  why: "While an extension is merged, the modes of its folders apply to the host's folders: usr/share with mode 0700 locks all users out of it.",
  example: {
    badTree: { "usr/share": { type: "directory", mode: 0o700 }, "usr/share/demo/a": "" },
    goodTree: { "usr/share": { type: "directory", mode: 0o775 }, "usr/share/demo/a": "" },
    fixed: [{ files: { "usr/share": { type: "directory", mode: 0o755 } } }],
  },
  run(facts, { base }, report) {
    const folders = merged(facts).filter(({ type }) => type === "directory");
    const isShared = (path: string): boolean =>
      sharedFolder.test(path) || (facts.extension.class === "sysext" && base?.typeOf(path) === "directory");
    sayOfEach(
      folders.filter(({ mode }) => (mode & 0o002) !== 0),
      ({ path, mode }, more) =>
        report(path, `everyone can write to this folder with the mode ${modeText(mode)}; change it to 0755${more}`, {
          fixes: [changeMode(path, 0o755)],
        }),
    );
    const closed = folders.filter(
      ({ path, mode }) => (mode & 0o002) === 0 && (mode & 0o005) !== 0o005 && !privateFolder.test(path),
    );
    sayOfEach(
      closed.filter(({ path }) => isShared(path)),
      ({ path, mode }, more) => {
        const what =
          (mode & 0o001) === 0 ? `are locked out of the host's "${path}"` : `cannot list the host's "${path}"`;
        report(
          path,
          `with the mode ${modeText(mode)}, users ${what} while this extension is merged; change it to 0755${more}`,
          {
            fixes: [changeMode(path, 0o755)],
          },
        );
      },
    );
    sayOfEach(
      closed.filter(({ path }) => !isShared(path)),
      ({ path, mode }, more) => {
        const message = `with the mode ${modeText(mode)}, users cannot list this folder; change it to 0755 unless that is intended${more}`;
        report(path, message, { severity: "info", fixes: [changeMode(path, 0o755)] });
      },
    );
  },
};

const notRootOwned: TreeCheck = {
  id: "tree/not-root-owned",
  severity: "error",
  title: "Files in an image that do not belong to root",
  why: "An image stores owners as numbers, and the number of the builder may belong to another user on a host, who can then change the mode of the file.",
  example: {
    badTree: { "usr/share/demo/a": { uid: 1000, gid: 1000 } },
    goodTree: { "usr/share/demo/a": { uid: 0, gid: 0 } },
    image: true,
  },
  run(facts, { image }, report) {
    if (!image) return; // a folder's owner is whoever works on it, and a build gives all to root
    const fixed = fixedIds(facts);
    const foreign = merged(facts).filter(({ uid }) => uid !== 0 && !fixed.has(uid));
    const [first] = foreign;
    if (first === undefined) return;
    const others = foreign.length === 1 ? "" : `, and ${foreign.length - 1} more do not belong to root`;
    report(
      first.path,
      `it belongs to the user ${first.uid}${others}; build the image so that all files belong to root`,
    );
  },
};

/** Numbers of users that the extension gives a name on every host; those of groups are another check's. */
function fixedIds({ texts }: TreeFacts): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const [path, text] of texts) {
    if (!/\/sysusers\.d\/[^/]+\.conf$/.test(path)) continue;
    for (const [, id] of text.matchAll(/^[ \t]*u!?[ \t]+\S+[ \t]+(\d{1,10})(?=[:\s]|$)/gm)) ids.add(Number(id));
  }
  return ids;
}

const suid: TreeCheck = {
  id: "tree/suid-or-caps",
  severity: "info",
  title: "A program with more privileges than its caller",
  why: "An image keeps set-user-ID bits and file capabilities, but git and most archives do not, so a tree that is checked out elsewhere loses them.",
  example: {
    badTree: { "usr/bin/tool": { mode: 0o4755 } },
    goodTree: { "usr/bin/tool": { mode: 0o755 } },
  },
  run(facts, _context, report) {
    const privileged = merged(facts).filter(
      ({ type, mode, xattrs }) =>
        type === "file" && ((mode & 0o6000) !== 0 || xattrs?.has("security.capability") === true),
    );
    sayOfEach(privileged, ({ path, mode }, more) => {
      const what = (mode & 0o6000) === 0 ? "file capabilities" : `the mode ${modeText(mode)}`;
      report(path, `it has ${what}, which git does not keep; set it in the build too${more}`);
    });
  },
};

const worldWritable: TreeCheck = {
  id: "tree/world-writable",
  severity: "warning",
  title: "A world-writable file",
  why: "The merged file is read-only, but copies of it are not, and such a mode is unexpected in /usr.",
  example: {
    badTree: { "usr/share/demo/a": { mode: 0o666 } },
    goodTree: { "usr/share/demo/a": { mode: 0o664 } },
    fixed: [{ files: { "usr/share/demo/a": { mode: 0o644 } } }],
  },
  run(facts, _context, report) {
    // Of units unit/file-mode says so.
    const open = merged(facts).filter(
      ({ path, type, mode }) => type === "file" && (mode & 0o002) !== 0 && !isUnit(path),
    );
    sayOfEach(open, ({ path, mode }, more) =>
      report(path, `everyone can write this file with the mode ${modeText(mode)}; remove that permission${more}`, {
        fixes: [changeMode(path, mode & ~0o022)],
      }),
    );
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
  title: "A program that is not executable",
  why: "A file without the executable bit cannot be run, whatever folder it is in. Windows and some archives do not keep the bit.",
  example: {
    badTree: { "usr/bin/tool": { content: "#!/bin/sh\n:\n", mode: 0o644 } },
    goodTree: { "usr/bin/tool": { content: "#!/bin/sh\n:\n", mode: 0o755 }, "usr/bin/tool.lib": "a=1\n" },
    fixed: [{ files: { "usr/bin/tool": { content: "#!/bin/sh\n:\n", mode: 0o755 } } }],
  },
  run(facts, _context, report) {
    const closed = new Set<string>();
    const add = (path: string) => {
      const found = facts.files.resolve(path);
      if (found.kind === "file" && found.file.type === "file" && (found.file.mode & 0o111) === 0)
        closed.add(found.file.path);
    };
    for (const path of facts.scripts.keys()) if (publicProgram.test(path)) add(path);
    for (const [path, { interpreter, kind }] of facts.elfs) {
      if (publicProgram.test(path) || (/\/libexec\//.test(path) && (interpreter !== undefined || kind === "program")))
        add(path);
    }
    for (const unit of treeUnits(facts)) {
      for (const { command } of commandsOf(unit)) {
        if (command.path.text.startsWith("/")) add(inTree(command.path.text));
      }
    }
    sayOfEach([...closed], (path, more) =>
      report(path, `"${path}" is not executable; change its mode to 0755${more}`, {
        fixes: [changeMode(path, 0o755)],
      }),
    );
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
  why: "Devices have no effect in a merged hierarchy, which is mounted without them; FIFOs and sockets are created by the programs that use them.",
  example: {
    badTree: { "usr/share/demo/pipe": { type: "fifo" } },
    goodTree: { "usr/share/demo/pipe": { type: "file" } },
    fixed: [{ files: { "usr/share/demo/pipe": undefined } }],
  },
  run(facts, _context, report) {
    const special = merged(facts).filter(
      ({ type, rdev }) => specialTypes[type] !== undefined && !isWhiteout(type, rdev),
    );
    sayOfEach(special, ({ path, type }, more) =>
      report(path, `it is ${specialTypes[type] ?? type}, which has no effect in an extension; remove it${more}`, {
        fixes: [{ title: "Remove it", changes: [{ kind: "remove", path }] }],
      }),
    );
  },
};

function isWhiteout(type: string, rdev: number | undefined): boolean {
  return type === "char" && rdev === 0;
}

const overlayMarker: TreeCheck = {
  id: "tree/overlay-marker",
  severity: "error",
  title: "A marker that hides files of the host",
  why: "In an overlay, a device 0:0 hides the lower file of its name, and an opaque folder hides everything below it. They are remains of container layers, like files that begin with .wh., which hide nothing.",
  example: {
    badTree: { "usr/share/demo/.wh.old": "" },
    goodTree: { "usr/share/demo/.what": "" },
    fixed: [{ files: { "usr/share/demo/.wh.old": undefined } }],
  },
  run(facts, _context, report) {
    const marks = merged(facts).flatMap(({ path, type, rdev, xattrs }) => {
      const mark = isWhiteout(type, rdev)
        ? "whiteout"
        : xattrs?.has("trusted.overlay.opaque")
          ? "opaque"
          : xattrs?.has("user.overlay.opaque")
            ? "rootless"
            : path.includes("/.wh.") && nameOf(path).startsWith(".wh.")
              ? "layer"
              : undefined;
      return mark === undefined ? [] : [{ path, mark } as const];
    });
    sayOfEach(marks, ({ path, mark }, more) => {
      const hasFix = mark === "whiteout" || mark === "layer";
      report(path, `${marked[mark]}${more}`, {
        // Only containers of users without rights look at this attribute.
        ...(mark === "rootless" ? { severity: "info" } : {}),
        fixes: hasFix ? [{ title: "Remove it", changes: [{ kind: "remove", path }] }] : [],
      });
    });
  },
};

const marked = {
  whiteout: "this device 0:0 hides the host's file of the same name; remove it",
  opaque: "this folder is marked as opaque and hides everything that the host has in it; remove the attribute",
  rootless: "this folder has the opaque marker of a container, which has no effect on a host; remove the attribute",
  layer: "this file is a remainder of a container layer and hides nothing on a host; remove it",
} as const;

export const modeChecks: readonly TreeCheck[] = [
  overlayMarker,
  specialFile,
  dirMode,
  notRootOwned,
  suid,
  worldWritable,
  execBit,
];
