// Copies parts of files with worker threads, one a core, that read the same image.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ImageError } from "../bytes/image-error.ts";
import type { ExtractAnswer, ExtractWorkerData, FilePart } from "./extract-messages.ts";
import type { ImageHandle } from "./open-image-file.ts";
import { workerFile } from "./worker-file.ts";
import { createWorkerPool } from "./worker-pool.ts";

export interface ExtractPool {
  /** How many parts keep all threads busy without piling up. */
  readonly depth: number;
  /**
   * As `copyPart`. When it has settled no thread writes the part any more, whatever went wrong, so that the descriptor can
   * be closed.
   */
  copy(part: FilePart): Promise<number | undefined>;
  /** Has all threads stop soon; their copies are refused with `reason`. */
  stop(reason: unknown): void;
  /** Ends the threads, when nothing is copied any more. */
  close(): Promise<void>;
}

/** Threads begin with the first copies. */
export function createExtractPool(
  image: ImageHandle,
  threads = availableParallelism(),
  startThread = (workerData: ExtractWorkerData) =>
    new Worker(workerFile("extract-worker"), { workerData, resourceLimits }),
): ExtractPool {
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let reason: unknown;
  const pool = createWorkerPool<FilePart, ExtractAnswer>({
    work: "the extraction",
    maxThreads: threads,
    // The calling thread writes small files meanwhile, and would often be late with the next part.
    maxTasksPerThread: Number.POSITIVE_INFINITY,
    startThread: () => startThread({ image, stop }),
  });

  return {
    depth: threads * 2,

    async copy(part) {
      if (stop[0] !== 0) throw reason;
      const answer = await pool.run(part, part.to - part.from);
      if (answer.kind === "copied") return answer.end;
      if (answer.kind === "stopped") throw reason;
      if (answer.errorKind !== undefined) throw new ImageError(answer.errorKind, answer.message);
      throw Object.assign(new Error(answer.message), answer.code === undefined ? {} : { code: answer.code });
    },

    stop(why) {
      reason = why;
      Atomics.store(stop, 0, 1);
    },

    close: pool.close,
  };
}

/** Small, so that V8 soon frees the short-lived blocks; a reader keeps little. */
const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 256 };
