// The folders of a host in which systemd looks for extensions, and those in which it no longer does.
import { searchPath } from "../../hosts/image-name.ts";
import { withoutSlash } from "./transfer-facts.ts";

const classes = ["sysext", "confext"] as const;

/** Whether a path is a folder whose images a host merges; extensions of both classes are meant. */
export function inSearchPath(path: string, systemd: number): boolean {
  const wanted = withoutSlash(path);
  return classes.some((extensionClass) =>
    searchPath(extensionClass, systemd, false).some((folder) => `/${folder}` === wanted),
  );
}

/** Folders in which systemd looked for extensions before 254, and no later. */
export const deadFolders = ["/usr/lib/extensions", "/usr/local/lib/extensions"] as const;

/** The first systemd that does not look there. */
export const firstWithoutDeadFolders = 254;

/** Whether a path tells that an extension lies there. */
export function isExtensionPath(path: string): boolean {
  return /(?:^|\/)(?:extensions|confexts)(?:\.d)?(?:\/|$)/.test(path);
}
