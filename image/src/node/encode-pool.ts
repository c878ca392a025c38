// A BlockEncoder over worker threads, one a core, for the files of a folder on the host.
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { ImageError } from "../bytes/image-error.ts";
import { type BlockEncoder, storeBlock } from "../codec/block-encoder.ts";
import { createCompressor } from "./compressors.ts";
import type { EncodeAnswer, EncodeTask, EncodeWorkerData } from "./encode-messages.ts";

export interface EncodePool extends BlockEncoder {
  /** How many tasks keep all threads busy without piling up. */
  readonly depth: number;
  /** Ends the threads, also in the middle of their work. */
  close(): Promise<void>;
}

/** Beside this file: source under the tests, a bundle in dist/. */
const workerFile = path.join(
  import.meta.dirname,
  import.meta.filename.endsWith(".ts") ? "encode-worker.ts" : "encode-worker.cjs",
);

/** `threads`: how many; all cores when it is not given. */
export function createEncodePool(data: EncodeWorkerData, threads = availableParallelism()): EncodePool {
  const compressMetadata = createCompressor(data.compression, data.level, metadataBlockSize);
  const waiting = new Map<number, { settle: (answer: EncodeAnswer) => void; fail: (error: unknown) => void }>();
  let lastId = 0;
  let failure: unknown;
  const idle: Worker[] = [];
  const queued: EncodeTask[] = [];

  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(workerFile, { workerData: data });
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
      const answer = await run({ kind: "encode", id: ++lastId, blocks });
      signal?.throwIfAborted();
      if (answer.kind !== "encode") throw new TypeError(`a thread answered "${answer.kind}" to "encode"`);
      return { bytes: new Uint8Array(answer.buffer, 0, answer.used), lengths: answer.lengths };
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

/** squashfs compresses its tables in pieces of this size. */
const metadataBlockSize = 8192;
