// Which file names are extension images, and how systemd calls an image: its name decides which release file counts.
import type { ExtensionClass } from "../model/release-context.ts";

/** What a name in a folder of extensions belongs to. */
export type ImageKind = "file" | "directory" | "block";

/** How systemd reads a name in a folder of extensions. */
export type NamedImage =
  | {
      readonly kind: "image";
      /** The extension's name. */
      readonly name: string;
      readonly raw: boolean;
    }
  /** A folder `NAME.v` or `NAME.raw.v`, out of which the newest version is picked. */
  | { readonly kind: "versions"; readonly name: string; readonly raw: boolean; readonly suffix: string }
  /** Nothing that systemd looks at. */
  | { readonly kind: "ignored"; readonly reason: string };

/** The first version that drops `.sysext` and `.confext` from names. */
export const classSuffixVersion = 255;
/** The first version that picks out of folders with versions, and takes the part of a name before `_` or `+`. */
export const versionsVersion = 256;
const layeredVersion = 260;
const temporaryVersion = 261;
const maxNameLength = 255;

/** Reads the name of a file or folder in a search path as systemd does (systemd-sysext(8)). */
export function readImageName(fileName: string, kind: ImageKind, systemd: number): NamedImage {
  if (systemd >= temporaryVersion && fileName.startsWith(".sysupdate.")) {
    return ignored(`"${fileName}" is an unfinished download of systemd-sysupdate`);
  }
  if (kind === "block") return named(fileName, true);
  if (kind === "file") {
    if (!fileName.endsWith(".raw")) return ignored(`"${fileName}" does not end in ".raw"`);
    return named(withoutClass(fileName.slice(0, -4), systemd), true);
  }
  if (systemd >= versionsVersion && fileName.endsWith(".v")) {
    const suffixed = fileName.slice(0, -2);
    const raw = suffixed.endsWith(".raw");
    const inner = raw ? suffixed.slice(0, -4) : suffixed;
    const name = withoutClass(inner, systemd);
    const fault = nameFault(name);
    if (fault !== undefined) return ignored(fault);
    return { kind: "versions", name, raw, suffix: suffixed.slice(name.length) };
  }
  const plain = systemd >= layeredVersion ? fileName.replace(/(.)\.mstack$/, "$1") : fileName;
  return named(withoutClass(plain, systemd), false);
}

/** Why no extension can be called so, as a sentence; undefined for a name that one can have. */
export function nameFault(name: string): string | undefined {
  if (name === "") return "the extension has no name";
  if (name.length > maxNameLength) return `the name has ${name.length} characters; the limit is ${maxNameLength}`;
  if (name === "." || name === "..") return `"${name}" is a reserved directory name`;
  if (name.includes("/")) return `"${name}" contains "/"`;
  if (name.startsWith(".#")) return `"${name}" begins with ".#", like lock files of editors`;
  if (/\p{Cc}|\p{Cs}|\ufffd/u.test(name))
    return `"${name.replaceAll(/\p{Cc}/gu, "\u2423")}" contains invisible characters`;
  return undefined;
}

function named(name: string, raw: boolean): NamedImage {
  const fault = nameFault(name);
  return fault === undefined ? { kind: "image", name, raw } : ignored(fault);
}

function ignored(reason: string): NamedImage {
  return { kind: "ignored", reason };
}

function withoutClass(name: string, systemd: number): string {
  return systemd >= classSuffixVersion ? name.replace(/(.)\.(?:sysext|confext)$/, "$1") : name;
}

/** The folder of an extension's search path that has images of this class (systemd-sysext(8)). */
export function searchPath(extensionClass: ExtensionClass, systemd: number, initrd: boolean): readonly string[] {
  if (extensionClass === "confext") {
    if (systemd < 254) return [];
    const common = ["run/confexts", "var/lib/confexts", "usr/local/lib/confexts"];
    if (!initrd) return [...common, "usr/lib/confexts"];
    return [
      ...common,
      ...(systemd >= 256 ? [".extra/confext"] : []),
      ...(systemd >= 258 ? [".extra/global_confext"] : []),
    ];
  }
  return [
    "etc/extensions",
    "run/extensions",
    "var/lib/extensions",
    ...(systemd < 254 ? ["usr/local/lib/extensions", "usr/lib/extensions"] : []),
    ...(initrd && systemd >= 250 ? [".extra/sysext"] : []),
    ...(initrd && systemd >= 258 ? [".extra/global_sysext"] : []),
  ];
}
