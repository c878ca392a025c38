// Files that do harm in an extension, or that are there by mistake.

import type { TreeFacts } from "../../model/tree-facts.ts";
import { nameOf } from "../../model/tree-files.ts";
import { isOneEdit } from "../../text/nearest.ts";
import type { TreeCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { transfer } from "../transfer/example-texts.ts";
import { mergedNamed } from "./merged-files.ts";
import { moveInto } from "./move-files.ts";
import { sayOfEach } from "./say-of-each.ts";

function remove(path: string): Fix {
  return { title: "Remove it", changes: [{ kind: "remove", path }] };
}

const secrets =
  /(?:^|\/)etc\/(?:g?shadow-?|machine-id|ssl\/private\/[^/]+|pki\/tls\/private\/[^/]+)$|(?:^|\/)ssh_host_\w+_key$|(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/;

function isSecret(path: string): boolean {
  return secrets.test(path);
}

const etcSecrets: TreeCheck = {
  id: "tree/etc-secrets",
  severity: "error",
  title: "Passwords or keys of the build machine",
  why: "Password hashes, host keys and the machine ID belong to one machine. In an image they are public and the same on every host.",
  example: {
    badTree: { "usr/share/factory/etc/shadow": "root:*:1::::::\n" },
    goodTree: { "usr/share/factory/etc/shells": "/bin/sh\n" },
    fixed: [{ files: { "usr/share/factory/etc/shadow": undefined } }],
  },
  run(facts, { image }, report) {
    // An image may have more than hosts merge, and everybody can read that as well.
    const found = facts.files
      .named(isSecret)
      .filter(({ path, type, size }) => type === "file" && size > 0 && (image || /^(?:usr|opt|etc)\//.test(path)));
    sayOfEach(found, ({ path }, more) =>
      report(path, `"${nameOf(path)}" is private to one machine and must not be in an image; remove it${more}`, {
        fixes: [remove(path)],
      }),
    );
  },
};

/** Caches that are made of the files of all packages, by where hosts have them. */
const caches =
  /^usr\/(?:share\/icons\/[^/]+\/icon-theme\.cache|share\/applications\/mimeinfo\.cache|share\/mime\/mime\.cache|share\/glib-2\.0\/schemas\/gschemas\.compiled|share\/info\/dir|lib\/udev\/hwdb\.bin|lib(?:64)?\/(?:[^/]+\/)?gio\/modules\/giomodule\.cache|lib(?:64)?\/(?:[^/]+\/)?gdk-pixbuf-2\.0\/[^/]+\/loaders\.cache|share\/pki\/.*ca-bundle[^/]*)$|^etc\/ld\.so\.cache$/;

function isCache(path: string): boolean {
  return caches.test(path);
}

const singletonCache: TreeCheck = {
  id: "tree/singleton-cache",
  severity: "warning",
  title: "A cache that hides the host's",
  why: "A host has one such file, generated from the content of all packages. The one in the extension hides it, and the host's own entries are no longer found.",
  example: {
    badTree: { "usr/share/applications/mimeinfo.cache": "[MIME Cache]\n" },
    goodTree: { "usr/lib/demo/applications/mimeinfo.cache": "[MIME Cache]\n" },
    fixed: [{ files: { "usr/share/applications/mimeinfo.cache": undefined } }],
  },
  run(facts, _context, report) {
    const found = mergedNamed(facts, isCache).filter(
      ({ path, type }) => type !== "directory" && !isOfOwnTheme(facts, path),
    );
    sayOfEach(found, ({ path }, more) =>
      report(path, `"${nameOf(path)}" hides the host's file and all entries that are only in it; remove it${more}`, {
        fixes: [remove(path)],
      }),
    );
  },
};

/** Whether it is the cache of an icon theme that the extension brings as a whole. */
function isOfOwnTheme({ files }: TreeFacts, path: string): boolean {
  const [, folder, theme] = /^(usr\/share\/icons\/([^/]+))\/icon-theme\.cache$/.exec(path) ?? [];
  return folder !== undefined && theme !== "hicolor" && files.get(`${folder}/index.theme`) !== undefined;
}

/** Whether the tree has the kernel itself, which comes with all of its modules. */
function hasKernel({ files }: TreeFacts, folder: string): boolean {
  return files.get(`${folder}/vmlinuz`) !== undefined;
}

const depmodName = /^modules\.(?:dep|alias|symbols|softdep|devname|weakdep|builtin\.(?:alias|bin))(?:\.bin)?$/;

const depmodFiles: TreeCheck = {
  id: "tree/depmod-files",
  severity: "error",
  title: "Lists of kernel modules that hide the host's",
  why: "depmod generates these lists from all modules of a kernel. Those in an extension contain only its own modules and hide the host's, so the kernel finds no other module.",
  example: {
    badTree: { "usr/lib/modules/6.6.1/modules.dep": "" },
    goodTree: { "usr/lib/modules/6.6.1/modules.order": "" },
    fixed: [{ files: { "usr/lib/modules/6.6.1/modules.dep": undefined } }],
  },
  run(facts, _context, report) {
    for (const kernel of facts.files.children("usr/lib/modules")) {
      if (hasKernel(facts, kernel.path)) continue;
      const lists = facts.files.children(kernel.path).filter(({ path }) => depmodName.test(nameOf(path)));
      for (const { path } of lists) {
        report(
          path,
          `"${nameOf(path)}" hides the host's list of kernel modules; remove it, and run depmod on the host`,
          {
            fixes: [
              remove(path),
              ...(lists.length < 2
                ? []
                : [
                    {
                      title: `Remove all ${lists.length} lists`,
                      changes: lists.map((list) => ({ kind: "remove" as const, path: list.path })),
                    },
                  ]),
            ],
          },
        );
      }
    }
  },
};

const kmodUnpinned: TreeCheck = {
  id: "tree/kmod-unpinned",
  severity: "error",
  title: "Kernel modules for any kernel",
  why: "A kernel loads only modules that were built for it, so an extension with modules must be bound to the version of the system with that kernel.",
  example: {
    badTree: { "usr/lib/modules/6.6.1/extra/demo.ko": "" },
    goodTree: {
      "usr/lib/modules/6.6.1/extra/demo.ko": "",
      "usr/lib/extension-release.d/extension-release.demo": "ID=fedora\nVERSION_ID=43\n",
    },
  },
  run(facts, _context, report) {
    const { extension, releases } = facts;
    const module = facts.files.below("usr/lib/modules").find(({ path, type }) => {
      const [, folder] = /^(usr\/lib\/modules\/[^/]+)\/.+\.ko(?:\.(?:xz|zst|gz))?$/.exec(path) ?? [];
      return type === "file" && folder !== undefined && !hasKernel(facts, folder);
    });
    if (module === undefined) return;
    for (const path of extension.releaseFiles) {
      const release = releases.get(path);
      const id = release?.get("ID");
      const isPinned =
        id?.text !== "_any" && ["VERSION_ID", "SYSEXT_LEVEL"].some((key) => release?.get(key) !== undefined);
      if (release === undefined || id === undefined || isPinned) continue;
      report(
        path,
        `"${module.path}" works with one kernel only, but every version merges this extension; set the host's "ID" and "VERSION_ID"`,
        {
          span: id.value,
        },
      );
    }
  },
};

/** Folders in which names matter, with the names that some program looks for there. */
const knownFolders: Readonly<Record<string, readonly string[]>> = {
  "usr/lib": [
    "binfmt.d",
    "environment.d",
    "extension-release.d",
    "modules-load.d",
    "modprobe.d",
    "repart.d",
    "sysctl.d",
    "systemd",
    "sysupdate.d",
    "sysusers.d",
    "tmpfiles.d",
    "udev",
  ],
  "usr/lib/systemd": [
    "system",
    "user",
    "system-generators",
    "user-generators",
    "system-preset",
    "user-preset",
    "network",
  ],
  "usr/share": [
    "applications",
    "bash-completion",
    "dbus-1",
    "doc",
    "factory",
    "fonts",
    "icons",
    "licenses",
    "locale",
    "man",
    "polkit-1",
  ],
  usr: ["bin", "include", "lib", "lib64", "libexec", "local", "share", "src"],
};

/** Folders that are there on some hosts, though their names are close to those of others. */
const otherFolders: readonly string[] = ["usr/share/locales"];

const typoDir: TreeCheck = {
  id: "tree/typo-dir",
  severity: "warning",
  title: "A folder whose name is misspelt",
  why: "Programs look for files in folders with certain names; files in a folder with a misspelt name are never found.",
  example: {
    badTree: { "usr/lib/tmpfile.d/demo.conf": "d /run/demo\n" },
    goodTree: { "usr/lib/tmpfiles.d/demo.conf": "d /run/demo\n", "usr/lib/demo.d/x.conf": "" },
    fixed: [{ files: { "usr/lib/tmpfile.d/demo.conf": undefined, "usr/lib/tmpfiles.d/demo.conf": "d /run/demo\n" } }],
  },
  run({ files, extension }, { base }, report) {
    if (extension.class !== "sysext") return;
    for (const [folder, known] of Object.entries(knownFolders)) {
      for (const { path, type } of files.children(folder)) {
        const name = nameOf(path);
        if (type !== "directory" || known.includes(name) || otherFolders.includes(path)) continue;
        if (files.below(path).length === 0) continue;
        const meant = known.find((candidate) => candidate.length > 3 && isOneEdit(name, candidate));
        if (meant === undefined || base?.typeOf(path) !== undefined) continue;
        const to = `${folder}/${meant}`;
        const moved = moveInto(files, path, to);
        report(path, `no program reads "${path}"; did you mean "${to}"?`, {
          fixes: moved === undefined ? [] : [{ title: `Rename the folder to "${meant}"`, changes: moved }],
        });
      }
    }
  },
};

const embeddedTransfer: TreeCheck = {
  id: "tree/embedded-transfer",
  severity: "warning",
  title: "An update definition in the host's own set",
  why: "All definitions in sysupdate.d, including those of the host's system, are updated together to one version. Definitions of an extension belong in a component.",
  example: {
    badTree: { "usr/lib/sysupdate.d/50-demo.transfer": transfer() },
    goodTree: { "usr/lib/sysupdate.demo.d/50-demo.transfer": transfer() },
    fixed: ["good"],
  },
  run({ files, extension: { name } }, _context, report) {
    for (const { path, type } of files.children("usr/lib/sysupdate.d")) {
      if (type === "directory" || !/\.(?:transfer|conf)$/.test(path)) continue;
      const to = `usr/lib/sysupdate.${name}.d/${nameOf(path)}`;
      report(
        path,
        `"${nameOf(path)}" becomes part of the update of the host's system; move it to "usr/lib/sysupdate.${name}.d"`,
        {
          fixes:
            files.get(to) === undefined
              ? [{ title: `Move it to "usr/lib/sysupdate.${name}.d"`, changes: [{ kind: "rename", from: path, to }] }]
              : [],
        },
      );
    }
  },
};

const confextInside: TreeCheck = {
  id: "tree/confext-inside",
  severity: "info",
  title: "A configuration extension inside an extension",
  why: "A configuration extension in usr/lib/confexts is found only after the extension around it is merged, so systemd-confext must run later.",
  example: {
    badTree: { "usr/lib/confexts/demo/etc/demo.conf": "" },
    goodTree: { "usr/share/demo/confexts/demo/etc/demo.conf": "" },
  },
  run({ files }, _context, report) {
    const [first] = files.below("usr/lib/confexts");
    if (first !== undefined) {
      report(
        first.path,
        'a host finds it only after this extension is merged; run "systemd-confext refresh" after systemd-sysext there',
      );
    }
  },
};

const litterName =
  /^(?:\.git|\.gitignore|\.gitattributes|\.gitmodules|\.hg|\.svn|\.DS_Store|Thumbs\.db|__pycache__|.*\.orig|.*\.rej|.*~|\.#.*|#.*#|\..*\.sw[op])$/;
/** Where a host's package manager has its sources; below `etc` of a configuration extension they are meant. */
const packageSources = /^usr\/share\/(?:keyrings\/[^/]+|factory\/etc\/(?:apt|yum\.repos\.d))$/;

function isLitter(path: string): boolean {
  return litterName.test(nameOf(path)) || packageSources.test(path);
}

/** To remove more than this is a script's work. */
const maxRemovedFiles = 200;

const litter: TreeCheck = {
  id: "tree/litter",
  severity: "info",
  title: "Files that probably should not ship",
  why: "Files left by version control, editors and package managers are merged on every host too.",
  example: {
    badTree: { "usr/share/demo/.DS_Store": "" },
    goodTree: { "usr/share/demo/DS_Store": "" },
    fixed: [{ files: { "usr/share/demo/.DS_Store": undefined } }],
  },
  run(facts, _context, report) {
    // A tree may have thousands of one name, so that only the first of each is spoken of.
    const found = new Map<string, string[]>();
    let inside = "";
    for (const { path } of mergedNamed(facts, isLitter)) {
      if (inside !== "" && path.startsWith(inside)) continue;
      const name = nameOf(path);
      inside = `${path}/`;
      const same = found.get(name);
      if (same === undefined) found.set(name, [path]);
      else same.push(path);
    }
    sayOfEach([...found], ([name, [first = "", ...others]], more) => {
      const same = others.length === 0 ? "" : `, and ${others.length} more of this name`;
      const changes = [first, ...others].map((path) => ({ kind: "remove", path }) as const);
      const title = others.length === 0 ? "Remove it" : `Remove all ${changes.length}`;
      report(first, `"${name}" probably should not ship on a host${same}; remove it${more}`, {
        fixes: changes.length > maxRemovedFiles ? [] : [{ title, changes }],
      });
    });
  },
};

function isGitKeep(path: string): boolean {
  return path.endsWith("/.gitkeep") || path.endsWith("/.keep");
}

const dotGitKeep: TreeCheck = {
  id: "tree/dotgitkeep",
  severity: "info",
  title: "A file that only keeps a folder in git",
  why: "git does not store empty folders, and the file that keeps one is merged on every host. Exclude it in the build, or create the folder with tmpfiles.d.",
  example: {
    badTree: { "usr/share/demo/plugins/.gitkeep": "" },
    goodTree: { "usr/share/demo/plugins/gitkeep": "" },
  },
  run(facts, _context, report) {
    const keepers = mergedNamed(facts, isGitKeep).filter(({ type }) => type !== "directory");
    sayOfEach(keepers, ({ path }, more) =>
      report(
        path,
        `"${nameOf(path)}" keeps the folder in git and would be on every host; exclude it from the image${more}`,
      ),
    );
  },
};

export const contentChecks: readonly TreeCheck[] = [
  etcSecrets,
  singletonCache,
  depmodFiles,
  kmodUnpinned,
  typoDir,
  embeddedTransfer,
  confextInside,
  litter,
  dotGitKeep,
];
