// Where an image of one version lies on a host, and the symlink under whose name it is merged.
import type { Refusal } from "./host-file.ts";
import { type NamedExtension, patternFault, updatePlaces, versionedName, versionFault } from "./update-names.ts";

/** Paths on the host, without a slash in front. */
export interface VersionedLayout {
  /** The image, whose name carries its version. */
  readonly image: string;
  /** The symlink, whose name never changes: systemd takes the extension's name from it. */
  readonly symlink: string;
  /** What the symlink holds: the image, from the symlink's folder. */
  readonly target: string;
}

/** Where a transfer of "New Transfer" would put this version; a refusal for a name or a version that it cannot have. */
export function versionedLayout(
  extension: NamedExtension,
  version: string,
  systemd: number,
): VersionedLayout | Refusal {
  const fault = patternFault(extension) ?? versionFault(version, systemd);
  if (fault !== undefined) return { fault };
  const { store, symlink } = updatePlaces(extension);
  const image = `${store}/${versionedName(extension, version)}`;
  return { image, symlink, target: relativePath(symlink, image) };
}

/** A path as it is seen from the folder of another one; both count from the same root. */
function relativePath(from: string, to: string): string {
  const folders = from.split("/").slice(0, -1);
  const names = to.split("/");
  let common = 0;
  while (common < folders.length && folders[common] === names[common]) common += 1;
  return [...folders.slice(common).map(() => ".."), ...names.slice(common)].join("/");
}
