// Copies parts of files with worker threads, one a core, that read the same image.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ImageError } from "../bytes/image-error.ts";
import type { ExtractAnswer, ExtractTask, ExtractWorkerData, FilePart } from "./extract-messages.ts";
import type { ImageHandle } from "./open-image-file.ts";
import { workerFile } from "./worker-file.ts";

export interface ExtractPool {
  /** How many parts keep all threads busy without piling up. */
  readonly depth: number;
  /**
   * As `copyPart`. When it has settled no thread writes the part any more, whatever went wrong, so that the descriptor can
   * be closed.
   */
  copy(part: FilePart): Promise<number | undefined>;
  /** Has all threads stop soon; their copies are refused with the signal's reason. */
  stop(reason: unknown): void;
  /** Ends the threads, when nothing is copied any more. */
  close(): Promise<void>;
}

interface Waiting {
  readonly thread: Thread;
  readonly bytes: number;
  settle(answer: ExtractAnswer): void;
  fail(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  /** Bytes of the parts that it still has to copy. */
  load: number;
}

/** Threads begin with the first copy. */
export function createExtractPool(image: ImageHandle, threads = availableParallelism()): ExtractPool {
  const running: Thread[] = [];
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let reason: unknown;

  function startThread(): Thread {
    const workerData: ExtractWorkerData = { image, stop };
    const worker = new Worker(workerFile("extract-worker"), { workerData, resourceLimits });
    const thread: Thread = { worker, load: 0 };
    worker.on("message", (answer: ExtractAnswer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (one === undefined) return;
      thread.load -= one.bytes;
      one.settle(answer);
    });
    let why = "a thread of the extraction stopped";
    worker.on("error", (error) => {
      why += `: ${String(error)}`;
    });
    // Whoever waits is told when the thread has gone: until then it may still write.
    worker.on("exit", () => {
      running.splice(running.indexOf(thread), 1);
      for (const [id, one] of waiting) {
        if (one.thread !== thread) continue;
        waiting.delete(id);
        one.fail(new ImageError("io", why));
      }
    });

    running.push(thread);
    return thread;
  }

  function nextThread(): Thread {
    if (running.length < threads) return startThread();
    return running.reduce((least, thread) => (thread.load < least.load ? thread : least));
  }

  return {
    depth: threads * 2,

    async copy(part) {
      if (stop[0] !== 0) throw reason;
      const thread = nextThread();
      const bytes = part.to - part.from;
      thread.load += bytes;
      const id = ++lastId;
      const answer = await new Promise<ExtractAnswer>((settle, fail) => {
        waiting.set(id, { thread, bytes, settle, fail });
        thread.worker.postMessage({ id, part } satisfies ExtractTask);
      });
      if (answer.kind === "copied") return answer.end;
      if (answer.kind === "stopped") throw reason;
      if (answer.errorKind !== undefined) throw new ImageError(answer.errorKind, answer.message);
      throw Object.assign(new Error(answer.message), answer.code === undefined ? {} : { code: answer.code });
    },

    stop(why) {
      reason = why;
      Atomics.store(stop, 0, 1);
    },

    async close() {
      await Promise.all(running.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Small, so that V8 soon frees the short-lived blocks; a reader keeps little. */
const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 256 };
