// A worker thread of an extraction: reads, unpacks and writes parts of files, without ever waiting for the event loop.
import { parentPort, workerData } from "node:worker_threads";
import type { CancelSignal } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import { openImage } from "../open-image.ts";
import { nodeDecompressors } from "./codecs.ts";
import { copyPart } from "./extract-file.ts";
import type { ExtractAnswer, ExtractWorkerData, FilePart } from "./extract-messages.ts";
import { descriptorSource } from "./file-source.ts";
import { errorCode } from "./io-error.ts";
import type { PoolReply, PoolRequest } from "./worker-pool.ts";

const { image, stop } = workerData as ExtractWorkerData;

const signal: CancelSignal = {
  get aborted() {
    return Atomics.load(stop, 0) !== 0;
  },
  throwIfAborted() {
    if (this.aborted) throw new Error("stopped");
  },
};

// Opened at once; whoever copies first is told when that fails.
const { partition } = image;
const opening = openImage(descriptorSource(image.descriptor, image.size), nodeDecompressors(Number.POSITIVE_INFINITY), {
  ...(partition === undefined ? {} : { partition }),
});
opening.catch(() => undefined);

let last: Promise<void> = Promise.resolve();

parentPort?.on("message", ({ id, task }: PoolRequest<FilePart>) => {
  last = last.then(async () => {
    parentPort?.postMessage({ id, answer: await copy(task) } satisfies PoolReply<ExtractAnswer>);
  });
});

async function copy(part: FilePart): Promise<ExtractAnswer> {
  try {
    const { tree } = await opening;
    const end = await copyPart(tree, part, signal);
    return { kind: "copied", end };
  } catch (error) {
    if (signal.aborted) return { kind: "stopped" };
    const code = errorCode(error);
    return {
      kind: "failed",
      message: error instanceof Error ? error.message : String(error),
      ...(error instanceof ImageError ? { errorKind: error.kind } : {}),
      ...(code === undefined ? {} : { code }),
    };
  }
}
