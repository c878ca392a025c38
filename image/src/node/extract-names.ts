// Names and paths of an image as those of files of this host: what cannot be one, and which are taken for the same.

const control = /\p{Cc}/u;
/** Names that Windows takes for devices, whatever ending they have. */
const windowsDevice = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const windowsSigns = /[<>:"|?*\\]/;

/** Why a file of this name cannot be made here, as a clause; undefined when it can. */
export function reasonAgainstName(name: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (name === "" || name === "." || name === "..") return `"${name}" is no name of a file`;
  if (name.includes("/") || name.includes("\0")) return "its name has a sign in it that no name may have";
  if (platform === "linux") return undefined;
  if (!name.isWellFormed()) return "its name is not UTF-8, and this system takes no other";
  if (platform !== "win32") return undefined;
  if (windowsDevice.test(name)) return `"${name}" is the name of a device on Windows`;
  if (windowsSigns.test(name) || control.test(name)) return "its name has a sign in it that Windows does not allow";
  if (/[. ]$/.test(name)) return "its name ends in a dot or blank, which Windows leaves out";
  return undefined;
}

/** One for all paths that some hosts take for the same. */
export function foldedName(path: string): string {
  return path.normalize().toLowerCase();
}

/** Paths that no other one brings along. */
export function withoutNested(paths: readonly string[]): string[] {
  const wanted = new Set(paths);
  return [...wanted].filter((path) => {
    if (path === "") return true;
    const parents = ["", ...Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index))];
    return !parents.some((parent) => wanted.has(parent));
  });
}
