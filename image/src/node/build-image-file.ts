// Builds an image file in a thread of its own, so that an editor stays responsive and memory stays bounded.
import { rm } from "node:fs/promises";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { BuildCounts } from "../build.ts";
import { ImageError } from "../bytes/image-error.ts";
import { temporaryFile } from "./atomic-file.ts";
import type { BuildNews, BuildOrder, BuildWorkerData } from "./build-messages.ts";
import { ioError, ioReason } from "./io-error.ts";
import { workerFile } from "./worker-file.ts";
import type { BuildControl, ImageFileRequest } from "./write-image-file.ts";

/** With these V8 collects early instead of growing; a tree of a million files still fits. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 };

/**
 * Builds an image from a folder with all cores and tells what went into it.
 * Throws an ImageError, or the signal's reason when it is aborted; in both cases nothing is left behind or replaced, even
 * when the thread dies.
 */
export function buildImageFile(
  request: ImageFileRequest,
  control: BuildControl = {},
  startThread = (workerData: BuildWorkerData) => new Worker(workerFile("build-worker"), { workerData, resourceLimits }),
): Promise<BuildCounts> {
  const { signal, onProgress } = control;
  const temporary = temporaryFile(path.resolve(request.output));
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = startedThread(() => startThread({ request, temporary }));
    const cancel = () => worker.postMessage("cancel" satisfies BuildOrder);
    signal?.addEventListener("abort", cancel, { once: true });
    let isAnswered = false;
    let why = "the build ended before the image was complete";

    worker.on("message", (news: BuildNews) => {
      if (news.kind === "progress") return onProgress?.(news.progress);
      isAnswered = true;
      if (news.kind === "done") resolve(news.counts);
      else if (news.kind === "cancelled") reject(signal?.reason);
      else if (news.kind === "failed") reject(new ImageError(news.errorKind, news.message));
      else reject(news.error);
    });
    worker.on("error", (error) => {
      why = `the build stopped: ${ioReason(error)}`;
    });
    worker.on("exit", async () => {
      signal?.removeEventListener("abort", cancel);
      if (isAnswered) return;
      // What cannot be removed must not hide why the build ended.
      await rm(temporary, { force: true }).catch(() => undefined);
      reject(new ImageError("io", `internal error: ${why}`));
    });
  });
}

function startedThread(start: () => Worker): Worker {
  try {
    return start();
  } catch (error) {
    throw ioError("internal error: the build cannot start a thread", error);
  }
}
