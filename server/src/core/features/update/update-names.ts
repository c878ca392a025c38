// What images of an extension are called that carry their version, and where a host keeps them.
import { nameFault } from "../../hosts/image-name.ts";
import type { KnownExtension } from "../../model/update-context.ts";
import { parsePattern } from "../../values/parse-pattern.ts";
import { isVersion } from "../../values/wildcards.ts";

export type NamedExtension = Pick<KnownExtension, "name" | "class" | "release">;

/** Where a host keeps the versions of an extension, and the name under which it merges one of them. No slash in front. */
export interface UpdatePlaces {
  /** A folder of the extension's own, outside of those that systemd-sysext looks into. */
  readonly store: string;
  /** The symlink to the version that counts. */
  readonly symlink: string;
}

/** The version of the host, as it stands in the release file, counts for an extension that is for one version only. */
export function boundVersion({ release }: NamedExtension): string | undefined {
  return release?.get("ID") === "_any" ? undefined : release?.get("VERSION_ID") || undefined;
}

function architecture({ release }: NamedExtension): string | undefined {
  return release?.get("ARCHITECTURE") || undefined;
}

/**
 * The pattern of an extension's images, as it is written in a transfer: `NAME-@v.raw`, with `%w` for an extension of one
 * version of the host and `%a` for one of one architecture.
 */
export function imagePattern(extension: NamedExtension): string {
  const parts = [
    escapeSpecifiers(extension.name).replaceAll("@", "@@"),
    "@v",
    ...(boundVersion(extension) === undefined ? [] : ["%w"]),
    ...(architecture(extension) === undefined ? [] : ["%a"]),
  ];
  return `${parts.join("-")}.raw`;
}

/** The name of an image of one version; the pattern matches it on the hosts that the extension is for. */
export function versionedName(extension: NamedExtension, version: string): string {
  const parts = [extension.name, version, boundVersion(extension), architecture(extension)];
  return `${parts.filter((part) => part !== undefined).join("-")}.raw`;
}

/** Flatcar has places of its own that its documentation and the images of its bakery use. */
export function updatePlaces({ name, class: extensionClass, release }: NamedExtension): UpdatePlaces {
  if (extensionClass === "confext") {
    return { store: `var/lib/confexts.d/${name}`, symlink: `var/lib/confexts/${name}.raw` };
  }
  if (release?.get("ID") === "flatcar") {
    return { store: `opt/extensions/${name}`, symlink: `etc/extensions/${name}.raw` };
  }
  return { store: `var/lib/extensions.d/${name}`, symlink: `var/lib/extensions/${name}.raw` };
}

/** Why no pattern can match the images of an extension of this name, as a sentence; undefined when one can. */
export function patternFault(extension: NamedExtension): string | undefined {
  const { name } = extension;
  const fault = nameFault(name);
  if (fault !== undefined) return fault;
  // Blanks separate patterns; nobody wants to escape them everywhere.
  const sign = /\s/.exec(name)?.[0] ?? parsePattern(imagePattern(extension), { specifiers: true }).faults[0]?.text;
  if (sign === undefined) return undefined;
  return `patterns of systemd-sysupdate cannot contain "${sign}"; use another name for the extension "${name}"`;
}

/** Why an image cannot have this version in its name, as a sentence; undefined when it can. */
export function versionFault(version: string, systemd: number): string | undefined {
  if (version === "") return "the image has no version; use for example 1.2";
  if (isVersion(version, systemd)) return undefined;
  return `"${version}" is not a version that systemd-sysupdate accepts; use letters, digits and the characters .-_+`;
}

/** Specifiers are replaced in patterns and paths alike. */
export function escapeSpecifiers(text: string): string {
  return text.replaceAll("%", "%%");
}
