// What the operating system's error codes mean, in a user's words.
import { getSystemErrorMap } from "node:util";
import { ImageError } from "../bytes/image-error.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EEXIST: "there is already a file of this name",
  EACCES: "no permission",
  EPERM: "no permission",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EFBIG: "the file system does not support files of this size",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ELOOP: "too many symlinks on its path",
  ENAMETOOLONG: "its name is too long",
  EBUSY: "another program is using it",
  EIO: "the disk reports an error",
};

/** Why an operation of node failed, without a path: "no permission". */
export function ioReason(error: unknown): string {
  const code = errorCode(error);
  const reason = code === undefined ? undefined : (reasons[code] ?? systemReason(code));
  if (reason !== undefined) return reason;
  return error instanceof Error ? error.message : String(error);
}

/** The system's own words for a code that is not in the table; undefined for codes that are not the system's. */
function systemReason(code: string): string | undefined {
  const found = [...getSystemErrorMap().values()].find(([name]) => name === code);
  return found && `${found[1]} (${code})`;
}

/** node's code of a failed operation (`ENOENT`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** A failed operation of node as an ImageError of kind `io`; `task` is what could not be done ("cannot read "a""). */
export function ioError(task: string, error: unknown): ImageError {
  return error instanceof ImageError ? error : new ImageError("io", `${task}: ${ioReason(error)}`);
}
