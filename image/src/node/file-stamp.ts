// What tells one state of a file on the host from the next.
import { stat } from "node:fs/promises";

/**
 * A text that is another one when the file at `path` was written, replaced or put back: of its size, the times of its
 * content and of its inode, and the inode itself, as a new file may keep the times of the old one. Throws the system's error.
 */
export async function fileStamp(path: string): Promise<string> {
  const { size, mtimeNs, ctimeNs, ino, dev } = await stat(path, { bigint: true });
  return [size, mtimeNs, ctimeNs, ino, dev].join(" ");
}
