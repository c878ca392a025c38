// Reads os-release files: the host that one describes.
import { parseReleaseFile } from "../model/release-file.ts";
import type { Host, HostRelease } from "../tables/host.ts";

/** Reads the text of an os-release file; undefined when it has no assignment at all and is something else. */
export function readHostRelease(text: string): HostRelease | undefined {
  const file = parseReleaseFile(text);
  if (!file.assignments.some(({ name }) => /^[A-Z][A-Z0-9_]*$/.test(name))) return undefined;
  const id = file.get("ID")?.text;
  const versionId = file.get("VERSION_ID")?.text;
  const sysextLevel = file.get("SYSEXT_LEVEL")?.text;
  const confextLevel = file.get("CONFEXT_LEVEL")?.text;
  return {
    ...(id === undefined ? {} : { id }),
    idLike: (file.get("ID_LIKE")?.text ?? "").split(/\s+/).filter((word) => word !== ""),
    ...(versionId === undefined ? {} : { versionId }),
    ...(sysextLevel === undefined ? {} : { sysextLevel }),
    ...(confextLevel === undefined ? {} : { confextLevel }),
  };
}

/** The host that an os-release file describes; undefined when the text is none. `name` is the file's path. */
export function hostOfFile(name: string, text: string): Host | undefined {
  const release = readHostRelease(text);
  if (release === undefined) return undefined;
  const pretty = parseReleaseFile(text).get("PRETTY_NAME")?.text;
  return { name, title: pretty ?? name, release, releaseText: text, architectures: [] };
}
