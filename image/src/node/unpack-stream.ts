// Unpacks compressed files from their beginning to their end, piece by piece, so that memory does not grow with them.
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import * as zlib from "node:zlib";
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import type { Checksum } from "../bytes/crc64.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { type SequentialReader, sequentialReader } from "../bytes/sequential-reader.ts";
import { unpackXzFile } from "../codec/xz-stream.ts";
import type { FileCompression } from "../content.ts";
import { unpackByHand } from "../detect-compression.ts";
import type { TakeContent } from "./take-content.ts";
import { unpackZstd } from "./unpack-zstd.ts";

export interface UnpackStreamOptions {
  /** Called with how many bytes of the compressed file were read, and how many it has. */
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: CancelSignal;
}

/**
 * Unpacks `source`; `take` is called once or several times, one after the other, with stretches of the content. Throws an
 * ImageError: `corrupt` where the file is damaged, `unsupported` for a compression or a variant that cannot be unpacked here.
 */
export async function unpackStream(
  source: ByteSource,
  compression: FileCompression,
  take: TakeContent,
  { progress, signal }: UnpackStreamOptions = {},
): Promise<void> {
  const reader = sequentialReader(source, signal, (position) => progress?.(position, source.size));
  try {
    switch (compression) {
      case "gzip":
        return await pipeline(piecesOf(reader, source.size), zlib.createGunzip({ chunkSize: pieceSize }), take);
      case "zstd":
        return await unpackZstd(reader, take);
      case "xz":
        return await take(withBreaks(unpackXzFile(reader, createSha256), signal));
      default:
        throw new ImageError("unsupported", `it is compressed with ${compression}; ${unpackByHand(compression)}`);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw isUnpackError(error) ? compressedDamage(reader.position, error) : error;
  }
}

const pieceSize = 128 * 1024;

async function* piecesOf(reader: SequentialReader, size: number): AsyncGenerator<Uint8Array> {
  while (!reader.atEnd) yield Uint8Array.from(await reader.take(Math.min(pieceSize, size - reader.position)));
}

function createSha256(): Checksum {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

/** Milliseconds for which our own decompressor keeps the thread to itself. */
const maxTurnMs = 20;

/** Lets others have their turn now and then. */
async function* withBreaks(content: AsyncIterable<Uint8Array>, signal?: CancelSignal): AsyncGenerator<Uint8Array> {
  let since = performance.now();
  for await (const piece of content) {
    yield piece;
    if (performance.now() - since < maxTurnMs) continue;
    await setImmediate();
    signal?.throwIfAborted();
    since = performance.now();
  }
}

/** Whether node's zlib has failed, on bytes that are none of its format. */
function isUnpackError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(Z_|ZSTD_)/.test(String(error.code));
}

function compressedDamage(position: number, cause: unknown): ImageError {
  const failure = damaged("its compressed content cannot be unpacked; copy or download it again", position);
  failure.cause = cause;
  return failure;
}
