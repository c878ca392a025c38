// A BlockEncoder over worker threads, one a core, for the files of a folder on the host.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ImageError } from "../bytes/image-error.ts";
import { type BlockEncoder, type BlockRequest, storeBlock } from "../codec/block-encoder.ts";
import { createCompressor } from "./compressors.ts";
import type { EncodeAnswer, EncodeTask, EncodeWorkerData } from "./encode-messages.ts";
import { workerFile } from "./worker-file.ts";
import { createWorkerPool } from "./worker-pool.ts";

export interface EncodePool extends BlockEncoder {
  /** How many tasks keep all threads busy without piling up. */
  readonly depth: number;
  /** Ends the threads, also in the middle of their work. */
  close(): Promise<void>;
}

/** `threads`: how many; all cores when it is not given. */
export function createEncodePool(
  data: EncodeWorkerData,
  threads = availableParallelism(),
  startThread = () => new Worker(workerFile("encode-worker"), { workerData: data, resourceLimits }),
): EncodePool {
  const compressMetadata = createCompressor(data.encoding, data.encoding.metadataBlockSize);
  const pool = createWorkerPool<EncodeTask, EncodeAnswer>({
    work: "the build",
    maxThreads: threads,
    maxTasksPerThread: 1,
    startThread,
  });
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

  async function run<Kind extends EncodeTask["kind"]>(
    task: EncodeTask & { readonly kind: Kind },
  ): Promise<EncodeAnswer & { readonly kind: Kind }> {
    const answer = await pool.run(task);
    if (answer.kind === "failed") throw new ImageError(answer.errorKind, answer.message);
    if (!isAnswerTo(answer, task.kind)) throw new TypeError(`a thread answered "${answer.kind}" to "${task.kind}"`);
    return answer;
  }

  return {
    depth: threads * 2 + 1,

    async encode(blocks, signal) {
      signal?.throwIfAborted();
      const output = takeOutput(blocks);
      const { used, lengths } = await run({ kind: "encode", blocks, output });
      signal?.throwIfAborted();
      return { bytes: new Uint8Array(output, 0, used), lengths, release: () => outputs.push(output) };
    },

    async fingerprints(files, signal) {
      signal?.throwIfAborted();
      const { texts } = await run({ kind: "fingerprints", files });
      signal?.throwIfAborted();
      return texts;
    },

    encodeMetadata: (block) => storeBlock(block, compressMetadata),
    close: pool.close,
  };
}

function isAnswerTo<Kind extends EncodeAnswer["kind"]>(
  answer: EncodeAnswer,
  kind: Kind,
): answer is EncodeAnswer & { readonly kind: Kind } {
  return answer.kind === kind;
}

/** Small, so that V8 soon frees the compressors' short-lived buffers; the work itself keeps next to nothing. */
const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

/** Most batches fit; a larger one gets memory of its own. */
const usualOutputSize = 2 << 20;
