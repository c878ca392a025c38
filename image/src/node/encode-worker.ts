// A worker thread of the build: reads runs of files and compresses them, without ever waiting for the event loop.
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { ImageError } from "../bytes/image-error.ts";
import { isHole, type Piece, storeBlock } from "../codec/block-encoder.ts";
import { changedWhileBuilding } from "../codec/tree-encoder.ts";
import { createCompressor } from "./compressors.ts";
import type { EncodeAnswer, EncodeTask, EncodeWorkerData } from "./encode-messages.ts";
import { hostPath } from "./host-path.ts";
import { ioError } from "./io-error.ts";
import type { PoolReply, PoolRequest } from "./worker-pool.ts";

const { folder, encoding } = workerData as EncodeWorkerData;
const compress = createCompressor(encoding, encoding.blockSize);
const block = Buffer.alloc(encoding.blockSize);
const fingerprintBuffer = Buffer.alloc(1 << 20);

parentPort?.on("message", ({ id, task }: PoolRequest<EncodeTask>) => {
  parentPort?.postMessage({ id, answer: answerTo(task) } satisfies PoolReply<EncodeAnswer>);
});

function answerTo(task: EncodeTask): EncodeAnswer {
  const reader = openPieces();
  try {
    return task.kind === "encode" ? encode(task, reader) : fingerprints(task, reader);
  } catch (error) {
    const failure = ioError("cannot build the image", error);
    return { kind: "failed", errorKind: failure.kind, message: failure.message };
  } finally {
    reader.close();
  }
}

function encode(task: EncodeTask & { kind: "encode" }, reader: PieceReader): EncodeAnswer {
  const output = new Uint8Array(task.output);
  const lengths: number[] = [];
  let used = 0;
  for (const { pieces, mayBeHole } of task.blocks) {
    let filled = 0;
    for (const piece of pieces) filled += reader.read(piece, piece.offset, block, filled, piece.length);
    const content = block.subarray(0, filled);
    if (mayBeHole && isHole(content)) {
      lengths.push(0);
      continue;
    }
    const stored = storeBlock(content, compress);
    output.set(stored.bytes, used);
    used += stored.bytes.length;
    lengths.push(stored.length);
  }
  return { kind: "encode", used, lengths };
}

function fingerprints(task: EncodeTask & { kind: "fingerprints" }, reader: PieceReader): EncodeAnswer {
  const texts = task.files.map((file) => {
    const hash = createHash("sha256");
    for (let at = 0; at < file.length; at += fingerprintBuffer.length) {
      const length = Math.min(fingerprintBuffer.length, file.length - at);
      reader.read(file, file.offset + at, fingerprintBuffer, 0, length);
      hash.update(fingerprintBuffer.subarray(0, length));
    }
    return hash.digest("base64");
  });
  return { kind: "fingerprints", texts };
}

interface PieceReader {
  /** Reads exactly `length` bytes of the piece's file into `buffer`; returns `length`. */
  read(piece: Piece, offset: number, buffer: Buffer, at: number, length: number): number;
  close(): void;
}

/** Reads pieces of files and keeps the last file open, as the next piece is mostly of the same. */
function openPieces(): PieceReader {
  let openPath: string | undefined;
  let descriptor = -1;

  function close(): void {
    if (openPath !== undefined) closeSync(descriptor);
    openPath = undefined;
  }

  return {
    close,
    read(piece, offset, buffer, at, length) {
      try {
        if (piece.path !== openPath) {
          close();
          descriptor = openSync(hostPath(folder, piece.path), "r");
          openPath = piece.path;
          if (fstatSync(descriptor).size !== piece.fileSize) throw changedWhileBuilding(piece.path);
        }
        let filled = 0;
        while (filled < length) {
          const count = readSync(descriptor, buffer, at + filled, length - filled, offset + filled);
          if (count === 0) throw changedWhileBuilding(piece.path);
          filled += count;
        }
        return length;
      } catch (error) {
        throw error instanceof ImageError ? error : ioError(`cannot read "${piece.path}"`, error);
      }
    },
  };
}
