// os-release files: all that is known of the host is what the file says.
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { decodeName } from "../../image/src/index.ts";
import { ioReason } from "../../image/src/node/index.ts";
import { type Host, hostOfFile } from "../../server/src/core/index.ts";
import { HostError } from "./host-error.ts";
import type { HostKind } from "./host-kind.ts";

/** The largest os-release file that is read, in bytes; real ones have less than a thousand. */
export const maxFileSize = 1 << 20;

export const osReleaseFile: HostKind = {
  title: "an os-release file",
  takes: ({ type }) => type === "file",
  read: async ({ name, path = "" }) => ({ host: await readOsRelease(path, name) }),
};

/** The host that the os-release file at `path` describes, which the user called `name`. Throws a HostError. */
export async function readOsRelease(path: string, name = path): Promise<Host> {
  const host = hostOfFile(name, decodeName(await readFile(path, name)));
  if (host !== undefined) return host;
  throw new HostError("not-a-host", name, "it is not an os-release file, as it has no line such as ID=debian");
}

async function readFile(path: string, name: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    // Something else may have taken the file's place; a pipe would be waited for without end.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const buffer = Buffer.alloc(maxFileSize + 1);
    let length = 0;
    for (let count = 1; count > 0 && length < buffer.length; length += count) {
      count = (await file.read(buffer, length, buffer.length - length)).bytesRead;
    }
    if (length > maxFileSize) {
      throw new HostError("not-a-host", name, "it is not an os-release file, as it is larger than 1 MiB");
    }
    return buffer.subarray(0, length);
  } catch (error) {
    throw error instanceof HostError ? error : new HostError("unreadable", name, ioReason(error));
  } finally {
    await file?.close();
  }
}
