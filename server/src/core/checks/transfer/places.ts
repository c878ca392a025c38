// Where versions of extensions are stored, and whether a host finds there what it is to merge.
import { baseOfName } from "../../model/extension-name.ts";
import type { KnownExtension, UpdateContext } from "../../model/update-context.ts";
import type { UpdateCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { replaceWith } from "../fixes.ts";
import { extensionTarget, source, target } from "./example-texts.ts";
import { deadFolders, firstWithoutDeadFolders, inSearchPath, isExtensionPath } from "./search-folders.ts";
import {
  nameInPattern,
  prefixOf,
  readTransfer,
  storedPatterns,
  type TransferFacts,
  type Written,
  withoutSlash,
} from "./transfer-facts.ts";

/** The first systemd that takes a release file called after what stands before the version. */
const firstBaseName = 256;

/** The extension around that a transfer is of, by the name in its pattern. */
export function extensionOf(facts: TransferFacts, { extensions }: UpdateContext): KnownExtension | undefined {
  const [first] = storedPatterns(facts);
  const name = first === undefined ? undefined : nameInPattern(first);
  return extensions.find((extension) => extension.name === name);
}

/** Whether a transfer is of an extension, by where it is stored. */
export function isOfExtension({ targetPath, symlink, targetType }: TransferFacts): boolean {
  if (targetType === undefined || targetType === "partition") return false;
  return [targetPath, symlink].some((path) => path !== undefined && isExtensionPath(path.text));
}

/** Whether paths begin at the root of the host. */
function isBelowRoot({ definition }: TransferFacts): boolean {
  return (definition.text("Target", "PathRelativeTo") ?? "root") === "root";
}

export const versionsInSearchPath: UpdateCheck = {
  id: "transfer/versions-in-search-path",
  severity: "warning",
  title: "Several versions in a folder whose content hosts merge",
  why: "At least two versions are kept. In a folder where systemd looks for extensions, each is an extension of its own: all are merged together, or none if the release file is named NAME instead of NAME-VERSION. Store versions in another folder, with a symlink to the newest one.",
  example: {
    bad: `${source()}\n${target({ Path: "/var/lib/extensions" })}`,
    good: `${source()}\n${target({ Path: "/var/lib/extensions/demo.raw.v" })}`,
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    const { targetPath, targetType } = facts;
    if (targetPath === undefined || targetType === undefined || targetType === "partition" || !isBelowRoot(facts))
      return;
    if (!inSearchPath(targetPath.text, context.systemd)) return;
    const [first] = storedPatterns(facts);
    if (first === undefined || first.pattern.faults.length > 0) return;
    // Of a pattern with folders the first lies in the search path, and is something else.
    if (first.pattern.parts.some(({ kind }) => kind === "slash")) return;
    if (targetType === "regular-file" && !first.text.endsWith(".raw")) return;
    const extension = extensionOf(facts, context);
    // A check of the tree's own name says so.
    if (extension?.own === true && first.text.startsWith(`${extension.name}-@v`)) return;
    const isRefused = extension !== undefined && !isFoundByBase(prefixOf(first), extension.name, context.systemd);
    const way = `store them in "/var/lib/extensions.d" with "CurrentSymlink="`;
    report(
      targetPath.at,
      isRefused
        ? `a host rejects "${first.text.replace("@v", "VERSION")}", which has no release file of that name, and then merges nothing in "${targetPath.text}"; ${way}`
        : `a host merges every version in "${targetPath.text}", and at least two are kept; ${way}`,
      { severity: isRefused ? "error" : "warning" },
    );
  },
};

/** Whether hosts find the release file of an extension in an image whose name goes on with a version. */
function isFoundByBase(prefix: string, name: string, systemd: number): boolean {
  return systemd >= firstBaseName && baseOfName(`${prefix}1`) === name;
}

/** The folder and the name of the symlink, with a relative one where it lies. */
function placeOfSymlink({ symlink, targetPath }: TransferFacts): { folder: string; name: string } | undefined {
  if (symlink === undefined || targetPath === undefined || symlink.text === "") return undefined;
  if (symlink.text.includes("..") || !targetPath.text.startsWith("/")) return undefined;
  const path = symlink.text.startsWith("/") ? symlink.text : `${withoutSlash(targetPath.text)}/${symlink.text}`;
  const end = path.lastIndexOf("/");
  return { folder: path.slice(0, end) || "/", name: path.slice(end + 1) };
}

export const symlinkOutside: UpdateCheck = {
  id: "transfer/symlink-outside",
  severity: "info",
  title: "No host merges the target of the symlink",
  why: "A host looks for extensions in /etc/extensions, /run/extensions and /var/lib/extensions. Extensions elsewhere are merged only if a symlink there points to them; a relative CurrentSymlink= is relative to the folder of the versions. Another tool may create the link.",
  example: {
    bad: `${source()}\n${extensionTarget({ CurrentSymlink: "demo.raw" })}`,
    good: `${source()}\n${extensionTarget()}`,
    fixed: ["good"],
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    const { symlink, targetPath, targetType, open } = facts;
    if (open || targetPath === undefined || !isOfExtension(facts) || !isBelowRoot(facts)) return;
    if (targetPath.text.includes("%") || symlink?.text.includes("%") === true) return;
    const name = extensionOf(facts, context)?.name ?? nameInStore(facts) ?? "NAME";
    const wanted = `/var/lib/extensions/${name}${targetType === "regular-file" ? ".raw" : ""}`;
    const place = placeOfSymlink(facts);
    const fixes: Fix[] =
      symlink === undefined || name === "NAME" ? [] : [replaceWith(symlink.at.entry.node.value.span, wanted)];
    if (place !== undefined && symlink !== undefined) {
      if (inSearchPath(place.folder, context.systemd) || isDead(place.folder, context)) return;
      // A symlink that is no image's, as for programs of the host's own, is not about merging.
      if (targetType === "regular-file" && !place.name.endsWith(".raw")) return;
      if (/\.v$/.test(place.folder)) return;
      report(
        symlink.at,
        `no host looks for extensions in "${place.folder}", the folder of "${symlink.text}"; set "CurrentSymlink=${wanted}" unless another tool creates the link`,
        { fixes },
      );
    } else if (symlink === undefined && isUsualStore(targetPath.text)) {
      report(
        targetPath.at,
        `no host looks for extensions in "${targetPath.text}"; set "CurrentSymlink=${wanted}" unless another tool links the newest version`,
      );
    }
  },
};

function nameInStore(facts: TransferFacts): string | undefined {
  const [first] = storedPatterns(facts);
  const name = first === undefined ? undefined : nameInPattern(first);
  return name !== undefined && /^[\w.-]+$/.test(name) ? name : undefined;
}

/** The folders for versions that the documentation of systemd and of well-known projects has, and nobody else looks into. */
function isUsualStore(path: string): boolean {
  return /^\/(?:var\/lib\/(?:extensions|confexts)\.d|opt\/extensions(?:\/[^/]+)?)\/?$/.test(path);
}

export const symlinkName: UpdateCheck = {
  id: "transfer/symlink-name",
  severity: "error",
  title: "The symlink does not have the name of the extension",
  why: "An image NAME.raw is the extension NAME, and its release file must have that name; hosts ignore files without the suffix .raw. The name of the symlink counts.",
  example: {
    bad: `${source()}\n${extensionTarget({ CurrentSymlink: "/var/lib/extensions/demo" })}`,
    good: `${source()}\n${extensionTarget()}`,
    fixed: ["good"],
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    const { symlink, targetType, open } = facts;
    const place = placeOfSymlink(facts);
    if (open || symlink === undefined || place === undefined || symlink.text.includes("%") || !isBelowRoot(facts))
      return;
    if (!inSearchPath(place.folder, context.systemd)) return;
    const extension = extensionOf(facts, context);
    const rename = (to: string): Fix[] => [
      replaceWith(symlink.at.entry.node.value.span, symlink.text.slice(0, symlink.text.lastIndexOf("/") + 1) + to),
    ];
    if (targetType === "regular-file" && !place.name.endsWith(".raw")) {
      const wanted = `${extension?.name ?? place.name}.raw`;
      report(
        symlink.at,
        `hosts ignore "${place.name}" in "${place.folder}" because it does not end in ".raw"; use "${wanted}"`,
        {
          fixes: place.name === "" ? [] : rename(wanted),
        },
      );
      return;
    }
    if (extension?.release === undefined || (extension.class === "confext") !== /confexts$/.test(place.folder)) return;
    const called = place.name.replace(/\.raw$/, "").replace(/(.)\.(?:sysext|confext)$/, "$1");
    if (called === extension.name || isFoundByBase(called, extension.name, context.systemd)) return;
    const wanted = targetType === "regular-file" ? `${extension.name}.raw` : extension.name;
    report(
      symlink.at,
      `the name of the extension is "${extension.name}", so a host rejects it as "${place.name}"; use "${wanted}"`,
      { fixes: rename(wanted) },
    );
  },
};

function isDead(folder: string, { systemd }: UpdateContext): boolean {
  return systemd >= firstWithoutDeadFolders && deadFolders.some((dead) => dead === withoutSlash(folder));
}

export const deadSearchPath: UpdateCheck = {
  id: "transfer/dead-search-path",
  severity: "error",
  title: "A folder where hosts no longer look for extensions",
  why: "Since version 254, systemd merges no extensions that are stored below /usr, because merging changes /usr itself.",
  since: firstWithoutDeadFolders,
  example: {
    bad: `${source()}\n${extensionTarget({ CurrentSymlink: "/usr/lib/extensions/demo.raw" })}`,
    good: `${source()}\n${extensionTarget()}`,
    fixed: ["good"],
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    const { symlink, targetPath, targetType } = facts;
    if (targetType === undefined || targetType === "partition" || !isBelowRoot(facts)) return;
    const place = placeOfSymlink(facts);
    if (symlink !== undefined && place !== undefined && isDead(place.folder, context)) {
      reportDead(symlink, place.folder, `/var/lib/extensions/${place.name}`);
    }
    // Versions may be stored anywhere as long as a symlink leads to them from elsewhere.
    if (targetPath !== undefined && symlink === undefined && isDead(targetPath.text, context)) {
      reportDead(targetPath, targetPath.text, "/var/lib/extensions.d");
    }

    function reportDead({ at }: Written, folder: string, better: string): void {
      report(
        at,
        `since systemd ${firstWithoutDeadFolders}, hosts do not look for extensions in "${folder}"; use "${better}"`,
        { fixes: [replaceWith(at.entry.node.value.span, better)] },
      );
    }
  },
};
