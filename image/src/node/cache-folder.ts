// Where this system keeps what programs can make again.
import { homedir } from "node:os";
import path from "node:path";

/** The folder `name` for caches of this program: in `$XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches`, or `%LOCALAPPDATA%`. */
export function cacheFolder(
  name: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = homedir();
  const given = environment[platform === "win32" ? "LOCALAPPDATA" : "XDG_CACHE_HOME"];
  const isUsable = platform !== "darwin" && given !== undefined && path.isAbsolute(given);
  const standard = { win32: ["AppData", "Local"], darwin: ["Library", "Caches"] };
  const names = platform === "win32" || platform === "darwin" ? standard[platform] : [".cache"];
  return path.join(isUsable ? given : path.join(home, ...names), "sysext-workbench", name);
}
