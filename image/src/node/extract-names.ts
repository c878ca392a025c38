// Names and paths of an image as names of files on this host: which are not valid there, and which are the same there.

const control = /\p{Cc}/u;
/** Names that are devices on Windows, with any extension. */
const windowsDevice = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const windowsForbidden = /[<>:"|?*\\]/;

/** Why a file of this name cannot be made here, as a clause; undefined when it can. */
export function reasonAgainstName(name: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (name === "" || name === "." || name === "..") return `"${name}" is not a valid file name`;
  if (name.includes("/") || name.includes("\0")) return "its name contains a character that file names cannot contain";
  if (platform === "linux") return undefined;
  if (!name.isWellFormed()) return "its name is not UTF-8, which this system requires";
  if (platform !== "win32") return undefined;
  if (windowsDevice.test(name)) return `"${name}" is the name of a device on Windows`;
  if (windowsForbidden.test(name) || control.test(name))
    return "its name contains a character that Windows does not allow";
  if (/[. ]$/.test(name)) return "its name ends with a dot or space, which Windows removes";
  return undefined;
}

/** A key that is equal for paths that are the same to some hosts, as those that do not tell case apart. */
export function foldedName(path: string): string {
  return path.normalize().toLowerCase();
}

/** The paths that are not below another one of them. */
export function withoutNested(paths: readonly string[]): string[] {
  const wanted = new Set(paths);
  return [...wanted].filter((path) => {
    if (path === "") return true;
    const parents = ["", ...Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index))];
    return !parents.some((parent) => wanted.has(parent));
  });
}
