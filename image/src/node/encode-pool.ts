// A BlockEncoder over worker threads, one a core, for the files of a folder on the host.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ImageError } from "../bytes/image-error.ts";
import { type BlockEncoder, type BlockRequest, storeBlock } from "../codec/block-encoder.ts";
import { createCompressor } from "./compressors.ts";
import type { EncodeAnswer, EncodeTask, EncodeWorkerData } from "./encode-messages.ts";
import { workerFile } from "./worker-file.ts";

export interface EncodePool extends BlockEncoder {
  /** How many tasks keep all threads busy without piling up. */
  readonly depth: number;
  /** Ends the threads, also in the middle of their work. */
  close(): Promise<void>;
}

/** `threads`: how many; all cores when it is not given. */
export function createEncodePool(data: EncodeWorkerData, threads = availableParallelism()): EncodePool {
  const compressMetadata = createCompressor(data.compression, data.level, metadataBlockSize);
  const waiting = new Map<number, { settle: (answer: EncodeAnswer) => void; fail: (error: unknown) => void }>();
  let lastId = 0;
  let failure: unknown;
  const idle: Worker[] = [];
  const queued: EncodeTask[] = [];
  // Shared and used again: what is not allocated need not wait for a garbage collection.
  const outputs: SharedArrayBuffer[] = [];

  /** Memory that holds `blocks` even if none of them gets smaller. */
  function takeOutput(blocks: readonly BlockRequest[]): SharedArrayBuffer {
    const needed = blocks.reduce((sum, { pieces }) => pieces.reduce((part, { length }) => part + length, sum), 0);
    const output = outputs.pop();
    return output !== undefined && output.byteLength >= needed
      ? output
      : new SharedArrayBuffer(Math.max(needed, usualOutputSize));
  }

  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(workerFile("encode-worker"), {
      workerData: data,
      resourceLimits,
    });
    worker.on("message", (answer: EncodeAnswer) => {
      const next = queued.shift();
      if (next === undefined) idle.push(worker);
      else worker.postMessage(next);
      waiting.get(answer.id)?.settle(answer);
      waiting.delete(answer.id);
    });
    worker.on("error", (error) => {
      failure = new ImageError(
        "io",
        `a thread of the build stopped: ${error instanceof Error ? error.message : error}`,
      );
      for (const { fail } of waiting.values()) fail(failure);
      waiting.clear();
    });
    idle.push(worker);
    return worker;
  });

  /** Gives a task to the first thread that is free. */
  async function run(task: EncodeTask): Promise<EncodeAnswer> {
    if (failure !== undefined) throw failure;
    const answer = await new Promise<EncodeAnswer>((settle, fail) => {
      waiting.set(task.id, { settle, fail });
      const worker = idle.pop();
      if (worker === undefined) queued.push(task);
      else worker.postMessage(task);
    });
    if (answer.kind === "failed") throw new ImageError(answer.errorKind, answer.message);
    return answer;
  }

  return {
    depth: threads * 2 + 1,

    async encode(blocks, signal) {
      signal?.throwIfAborted();
      const output = takeOutput(blocks);
      const answer = await run({ kind: "encode", id: ++lastId, blocks, output });
      signal?.throwIfAborted();
      if (answer.kind !== "encode") throw new TypeError(`a thread answered "${answer.kind}" to "encode"`);
      const bytes = new Uint8Array(output, 0, answer.used);
      return { bytes, lengths: answer.lengths, release: () => outputs.push(output) };
    },

    async fingerprints(files, signal) {
      signal?.throwIfAborted();
      const answer = await run({ kind: "fingerprints", id: ++lastId, files });
      signal?.throwIfAborted();
      if (answer.kind !== "fingerprints") throw new TypeError(`a thread answered "${answer.kind}" to "fingerprints"`);
      return answer.texts;
    },

    encodeMetadata: (block) => storeBlock(block, compressMetadata),

    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Small, so that V8 soon frees the compressors' short-lived buffers; the work itself keeps next to nothing. */
const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

/** Most batches fit; a larger one gets memory of its own. */
const usualOutputSize = 2 << 20;

/** squashfs compresses its tables in pieces of this size. */
const metadataBlockSize = 8192;
