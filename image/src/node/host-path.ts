// From a path inside a FileTree to what node's file functions take.
import path from "node:path";
import { encodeName, isOddName } from "../tree/names.ts";

/** The host's path of `treePath` below `folder`: text, or bytes when a name in it is not UTF-8. */
export function hostPath(folder: string, treePath: string): string | Buffer {
  if (treePath === "") return folder;
  const joined = folder.endsWith(path.sep) ? folder + treePath : folder + path.sep + treePath;
  return isOddName(treePath) ? Buffer.from(encodeName(joined)) : joined;
}
