// A file or block device on the host as a ByteSource.
import { constants, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { ByteSource } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import { deviceSize } from "./device-size.ts";
import { ioError, ioReason } from "./io-error.ts";

/** A source that holds a resource until it is closed. */
export interface FileSource extends ByteSource {
  /** The system's number for the open file, which all threads of the process share. */
  readonly descriptor: number;
  close(): Promise<void>;
}

/** Opens a regular file or a block device for reading. Throws an ImageError of kind `io` in words ("no such file or folder"). */
export async function openFileSource(path: string): Promise<FileSource> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK, opening a fifo would wait for a writer.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw new ImageError("io", ioReason(error));
  }
  try {
    return fileSource(file, await sizeOf(file));
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function sizeOf(file: FileHandle): Promise<number> {
  const stat = await file.stat();
  if (stat.isDirectory()) throw new ImageError("io", "it is a folder; name an image file");
  if (stat.isBlockDevice())
    return await deviceSize(stat.rdev, (at, length) => readSome(file, new Uint8Array(length), 0, at));
  if (!stat.isFile()) throw new ImageError("io", "it is not a regular file; name an image file or a block device");
  return stat.size;
}

function fileSource(file: FileHandle, size: number): FileSource {
  return {
    size,
    descriptor: file.fd,
    close: () => file.close(),
    async read(offset, length, signal) {
      signal?.throwIfAborted();
      return await readWhole(offset, length, (bytes, at, position) => readSome(file, bytes, at, position));
    },
  };
}

/** A file that another thread has open, for a thread that has nothing to do while it waits for the disk. */
export function descriptorSource(descriptor: number, size: number): ByteSource {
  return {
    size,
    read: (offset, length) =>
      readWhole(offset, length, (bytes, at, position) => {
        try {
          return readSync(descriptor, bytes, at, bytes.length - at, position);
        } catch (error) {
          throw ioError("the file cannot be read", error);
        }
      }),
  };
}

/** `length` bytes from `offset` on, by a way to read some of them. */
async function readWhole(
  offset: number,
  length: number,
  readAt: (bytes: Uint8Array, at: number, position: number) => number | Promise<number>,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const count = await readAt(bytes, at, offset + at);
    if (count === 0) throw new ImageError("io", "the file was truncated while it was read", offset + at);
    at += count;
  }
  return bytes;
}

async function readSome(file: FileHandle, bytes: Uint8Array, at: number, position: number): Promise<number> {
  try {
    return (await file.read(bytes, at, bytes.length - at, position)).bytesRead;
  } catch (error) {
    throw ioError("the file cannot be read", error);
  }
}
