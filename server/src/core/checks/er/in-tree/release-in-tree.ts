// What of a release file can be judged only together with the rest of the tree, or with a host.
import { hosts as knownHosts } from "../../../hosts/find-host.ts";
import { versionsVersion } from "../../../hosts/image-name.ts";
import { baseOfName } from "../../../model/extension-name.ts";
import type { ReleaseFile } from "../../../model/release-file.ts";
import { releaseFolders, releasePrefix } from "../../../model/release-location.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { nameOf } from "../../../model/tree-files.ts";
import type { TreeCheck } from "../../check.ts";
import { insertAt, renameFile } from "../../fixes.ts";
import { elfBytes } from "../../tree/elf-example.ts";
import { sayOfEach } from "../../tree/listing.ts";

const strictAttribute = "user.extension-release.strict";
const release = "usr/lib/extension-release.d/extension-release.demo";

/** The release files of the tree's own class; one that is there by several names once. */
function ownReleases({ extension, releases, files }: TreeFacts): (readonly [path: string, file: ReleaseFile])[] {
  const isAlias = (path: string) => {
    const found = files.get(path)?.type === "symlink" ? files.resolve(path) : undefined;
    return found?.kind === "file" && extension.releaseFiles.includes(found.file.path);
  };
  return extension.releaseFiles.flatMap((path) => {
    const file = releases.get(path);
    return file === undefined || isAlias(path) ? [] : [[path, file] as const];
  });
}

/** Puts a line at the end of a release file. */
function addLine({ text }: ReleaseFile, line: string) {
  const newline = text === "" || /[\r\n]$/.test(text) ? "" : "\n";
  return insertAt(text.length, `${newline}${line}\n`, `Add "${line}"`);
}

const levelNeedsHostLevel: TreeCheck = {
  id: "er/level-needs-host-level",
  severity: "info",
  title: "A level that these hosts do not have",
  why: "A level is compared only where the host has one as well. All others look for VERSION_ID, and ignore an extension without it.",
  example: {
    badTree: { [release]: "ID=debian\nSYSEXT_LEVEL=1.0\n" },
    goodTree: { [release]: "ID=flatcar\nSYSEXT_LEVEL=1.0\n" },
  },
  run(facts, { hosts }, report) {
    for (const [path, file] of ownReleases(facts)) {
      const level = file.get("SYSEXT_LEVEL");
      const id = file.get("ID")?.text;
      if (level === undefined || facts.extension.class !== "sysext" || file.get("VERSION_ID") !== undefined) continue;
      const ofId = knownHosts.filter((host) => host.release.id === id);
      const isLevelled = ofId.some(
        (host) => host.release.sysextLevel !== undefined || host.release.versionId === undefined,
      );
      // A host that was named says so itself.
      if (ofId.length === 0 || isLevelled || hosts.some((host) => host.release.id === id)) continue;
      report(path, `"${id}" hosts have no SYSEXT_LEVEL, so they look for "VERSION_ID" and ignore this; add it`, {
        span: level.value,
      });
    }
  },
};

/** Architectures whose programs the kernel of another runs as well. */
const alsoRuns: Readonly<Record<string, readonly string[]>> = {
  "x86-64": ["x86"],
  arm64: ["arm"],
  s390x: ["s390"],
  ppc64: ["ppc"],
  mips64: ["mips"],
  "mips64-le": ["mips-le"],
};

/** Programs and libraries where the host looks for them. */
const publicPlace = /^(?:usr\/(?:local\/)?s?bin|usr\/lib(?:64|32)?(?:\/[^/]+-linux-\w+)?|opt\/[^/]+\/bin)\/[^/]+$/;
/** Folders that each architecture has its own of, so that those of others may be in a tree as well. */
const ownFolder = /^usr\/lib\/[^/]+-linux-\w+\//;

const architectureMissing: TreeCheck = {
  id: "er/architecture-missing",
  severity: "warning",
  title: "Programs for one architecture, and an extension for all",
  why: "Without ARCHITECTURE= a host of any architecture merges the extension, and its programs fail there.",
  example: {
    badTree: {
      [release]: "ID=_any\n",
      "usr/bin/tool": { bytes: elfBytes({ machine: 62 }), mode: 0o755 },
    },
    goodTree: {
      [release]: "ID=_any\nARCHITECTURE=x86-64\n",
      "usr/bin/tool": { bytes: elfBytes({ machine: 62 }), mode: 0o755 },
    },
  },
  run(facts, _context, report) {
    const found = new Map<string, string>();
    for (const [path, { architecture, kind }] of facts.elfs) {
      if (architecture !== undefined && kind !== "other" && publicPlace.test(path) && !found.has(architecture)) {
        found.set(architecture, path);
      }
    }
    const least = [...found].filter(([name]) => ![...found.keys()].some((other) => alsoRuns[other]?.includes(name)));
    const [only] = least;
    // Programs for several may be chosen from by what starts them.
    if (only === undefined || least.length > 1) return;
    const [architecture, program] = only;
    for (const [path, file] of ownReleases(facts)) {
      if (file.assignments.some(({ name }) => name === "ARCHITECTURE") || file.disguised("ARCHITECTURE")) continue;
      report(
        path,
        `"${program}" runs on "${architecture}" only, but every host merges this; add "ARCHITECTURE=${architecture}"`,
        { span: file.head, fixes: [addLine(file, `ARCHITECTURE=${architecture}`)] },
      );
    }
  },
};

const architectureMismatch: TreeCheck = {
  id: "er/architecture-elf-mismatch",
  severity: "error",
  title: "Programs for another architecture than the extension's",
  why: "A host of the architecture that the release file names merges the extension, and cannot run the program.",
  example: {
    badTree: {
      [release]: "ID=_any\nARCHITECTURE=arm64\n",
      "usr/bin/tool": { bytes: elfBytes({ machine: 62 }), mode: 0o755 },
    },
    goodTree: {
      [release]: "ID=_any\nARCHITECTURE=x86-64\n",
      "usr/bin/tool": { bytes: elfBytes({ machine: 3, bits: 32 }), mode: 0o755 },
    },
  },
  run(facts, _context, report) {
    const [first] = ownReleases(facts);
    const declared = first?.[1].get("ARCHITECTURE")?.text;
    if (declared === undefined || declared === "_any") return;
    const others = [...facts.elfs].flatMap(([path, { architecture }]) =>
      architecture === undefined ||
      architecture === declared ||
      alsoRuns[declared]?.includes(architecture) === true ||
      !publicPlace.test(path) ||
      ownFolder.test(path)
        ? []
        : [{ path, architecture }],
    );
    sayOfEach(others, ({ path, architecture }, more) =>
      report(
        path,
        `this is for "${architecture}", but the release file says "ARCHITECTURE=${declared}"; build it anew, or correct that${more}`,
      ),
    );
  },
};

const unitFolder = /^(?:usr\/(?:local\/)?lib|etc)\/systemd\/system$/;
const reloadKeys = ["EXTENSION_RELOAD_MANAGER", "EXTENSION_RESTART_UNITS", "EXTENSION_RELOAD_OR_RESTART_UNITS"];
/** The first version that reads the key. */
const reloadVersion = 255;

const reloadMissing: TreeCheck = {
  id: "er/reload-missing",
  severity: "warning",
  title: "Units that systemd does not look at after the merge",
  why: "systemd reads unit files when it starts. Those that an extension brings later are unknown to it until its manager is reloaded, which it does itself when the release file says so.",
  since: reloadVersion,
  example: {
    badTree: {
      [release]: "ID=_any\n",
      "usr/lib/systemd/system/docker.service.d/10-demo.conf": "[Service]\nEnvironment=DEMO=1\n",
    },
    goodTree: {
      [release]: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
      "usr/lib/systemd/system/docker.service.d/10-demo.conf": "[Service]\nEnvironment=DEMO=1\n",
    },
  },
  run(facts, { systemd }, report) {
    if (systemd < reloadVersion) return; // which does not know the key
    const unit = facts.units.files.find(
      ({ location, path }) =>
        location.manager === "system" &&
        facts.extension.hierarchies.some((folder) => path.startsWith(`${folder}/`)) &&
        unitFolder.test(location.folder ?? ""),
    );
    if (unit === undefined) return;
    for (const [path, file] of ownReleases(facts)) {
      if (file.assignments.some(({ name }) => reloadKeys.includes(name))) continue;
      report(
        path,
        `systemd does not notice "${nameOf(unit.path)}" when it merges this; add "EXTENSION_RELOAD_MANAGER=1"`,
        {
          span: file.head,
          fixes: [addLine(file, "EXTENSION_RELOAD_MANAGER=1")],
        },
      );
    }
  },
};

const multipleFiles: TreeCheck = {
  id: "er/multiple-files",
  severity: "warning",
  title: "More than one release file",
  why: "A host reads the release file that is called as the image. Of others it takes none when there are several, so that an image of another name is not recognised.",
  example: {
    badTree: { [release]: "ID=_any\n", "usr/lib/extension-release.d/extension-release.other": "ID=_any\n" },
    goodTree: {
      [release]: "ID=_any\n",
      "usr/lib/extension-release.d/extension-release.other": { target: "extension-release.demo" },
    },
  },
  run({ files, extension }, _context, report) {
    const folder = releaseFolders[extension.class];
    const regular = files
      .children(folder)
      .filter(({ path, type }) => type === "file" && nameOf(path).startsWith(releasePrefix));
    const own = `${releasePrefix}${extension.name}`;
    // Without a file of the right name it is that which has to be said.
    if (regular.length < 2 || !regular.some(({ path }) => nameOf(path) === own)) return;
    for (const { path } of regular) {
      if (nameOf(path) === own) continue;
      report(path, `no host reads this file beside "${own}"; remove it, or make it a symlink to that`, {
        fixes: [{ title: "Remove the file", changes: [{ kind: "remove", path }] }],
      });
    }
  },
};

/** Whether a host finds a release file by its name; newer ones are content with what stands before a version. */
function hasOwnName({ extension: { name } }: TreeFacts, path: string, systemd: number): boolean {
  const suffix = nameOf(path).slice(releasePrefix.length);
  return suffix === name || (systemd >= versionsVersion && suffix === baseOfName(name));
}

/** Whether the attribute says that the file's name need not be the extension's. */
function isRelaxed({ files }: TreeFacts, path: string): boolean {
  const value = files.get(path)?.xattrs?.get(strictAttribute);
  return value !== undefined && /^(?:0|no|n|false|f|off)$/i.test(String.fromCharCode(...value));
}

const strictHazard: TreeCheck = {
  id: "er/strict-false-hazard",
  severity: "info",
  title: "A reload that is skipped when there are several extensions",
  why: "After the merge systemd looks for the release file once more, in the merged tree. One that is found by its attribute only is one of several there, and the reload is skipped.",
  example: {
    badTree: {
      "usr/lib/extension-release.d/extension-release.other": {
        content: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
        xattrs: { [strictAttribute]: "0" },
      },
    },
    goodTree: {
      [release]: { content: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n", xattrs: { [strictAttribute]: "0" } },
    },
    image: true,
  },
  run(facts, { systemd }, report) {
    if (systemd < reloadVersion) return;
    for (const [path, file] of ownReleases(facts)) {
      if (hasOwnName(facts, path, systemd) || !isRelaxed(facts, path)) continue;
      const key = file.assignments.find(
        ({ name, text }) => reloadKeys.includes(name) && !/^(?:|0|no|n|false|f|off)$/i.test(text),
      );
      if (key === undefined) continue;
      report(
        path,
        `"${key.name}" is passed over as soon as another extension is merged; call the file "${releasePrefix}${facts.extension.name}"`,
        {
          span: key.key,
          fixes: [renameFile(path, `${releaseFolders[facts.extension.class]}/${releasePrefix}${facts.extension.name}`)],
        },
      );
    }
  },
};

const strictLost: TreeCheck = {
  id: "er/strict-xattr-lost",
  severity: "warning",
  title: "A name that an attribute allows, which gets lost easily",
  why: "git, most archives and builds without extended attributes drop the attribute that allows another name, and then the image keeps the host from merging any extension.",
  example: {
    badTree: {
      "usr/lib/extension-release.d/extension-release.other": {
        content: "ID=_any\n",
        xattrs: { [strictAttribute]: "0" },
      },
    },
    goodTree: { [release]: { content: "ID=_any\n", xattrs: { [strictAttribute]: "0" } } },
  },
  run(facts, { image, systemd }, report) {
    if (image) return; // there it was kept
    const own = `${releasePrefix}${facts.extension.name}`;
    for (const [path, file] of ownReleases(facts)) {
      if (hasOwnName(facts, path, systemd) || !isRelaxed(facts, path)) continue;
      report(
        path,
        `only an attribute allows another name than "${own}", and git and most archives lose it; rename the file`,
        {
          span: file.head,
          fixes: [renameFile(path, `${releaseFolders[facts.extension.class]}/${own}`)],
        },
      );
    }
  },
};

const rollingHost: TreeCheck = {
  id: "er/rolling-host",
  severity: "info",
  title: "A host without versions, which takes an extension for ever",
  why: "On a rolling system nothing but the ID is compared, so that an extension is merged even when its programs do not fit the libraries any more.",
  example: {
    badTree: { [release]: "ID=arch\n" },
    goodTree: { [release]: "ID=_any\n" },
    hosts: ["arch"],
  },
  run(facts, { hosts }, report) {
    for (const [path, file] of ownReleases(facts)) {
      const id = file.get("ID");
      const host = hosts.find(
        ({ release: { id: hostId, versionId } }) => hostId === id?.text && versionId === undefined,
      );
      if (id === undefined || host === undefined) continue;
      report(
        path,
        `${host.title} compares no version, so this is merged after any update; link statically, or build it anew for each`,
        {
          span: id.value,
        },
      );
    }
  },
};

const azureId: TreeCheck = {
  id: "er/azure-sysext-id",
  severity: "warning",
  title: "An extension for Azure Linux without a SYSEXT_ID",
  why: "Trident, which installs extensions on Azure Linux, tells them apart by SYSEXT_ID in their release files.",
  example: {
    badTree: { [release]: "ID=azurelinux\nVERSION_ID=3.0\n" },
    goodTree: { [release]: "ID=azurelinux\nVERSION_ID=3.0\nSYSEXT_ID=demo\n" },
    hosts: ["azurelinux-3"],
  },
  run(facts, { hosts, others }, report) {
    if (facts.extension.class !== "sysext" || !hosts.some(({ facts: known }) => known?.family === "azure")) return;
    for (const [path, file] of ownReleases(facts)) {
      const id = file.get("SYSEXT_ID");
      if (id !== undefined) {
        const same = others.find((other) => other.release?.get("SYSEXT_ID")?.text === id.text);
        if (same === undefined || same.name === facts.extension.name) continue;
        report(path, `"${same.name}" has the SYSEXT_ID "${id.text}" as well; give each extension one of its own`, {
          span: id.value,
        });
        continue;
      }
      report(path, `Azure Linux knows extensions by "SYSEXT_ID"; add "SYSEXT_ID=${facts.extension.name}"`, {
        span: file.head,
        fixes: [addLine(file, `SYSEXT_ID=${facts.extension.name}`)],
      });
    }
  },
};

export const releaseInTreeChecks: readonly TreeCheck[] = [
  levelNeedsHostLevel,
  architectureMissing,
  architectureMismatch,
  reloadMissing,
  multipleFiles,
  strictHazard,
  strictLost,
  rollingHost,
  azureId,
];
