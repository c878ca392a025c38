// Builds an image file in a thread of its own, so that an editor stays responsive and memory stays bounded.
import { Worker } from "node:worker_threads";
import type { BuildCounts } from "../build.ts";
import { ImageError } from "../bytes/image-error.ts";
import type { BuildNews, BuildOrder } from "./build-messages.ts";
import { workerFile } from "./worker-file.ts";
import type { BuildControl, ImageFileRequest } from "./write-image-file.ts";

/** With these V8 collects early instead of growing; a tree of a million files still fits. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 };

/**
 * Builds an image from a folder with all cores and tells what went into it.
 * Throws an ImageError, or the signal's reason when it is aborted; in both cases nothing is left behind or replaced.
 */
export function buildImageFile(request: ImageFileRequest, control: BuildControl = {}): Promise<BuildCounts> {
  const { signal, onProgress } = control;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = new Worker(workerFile("build-worker"), { workerData: request, resourceLimits });
    const cancel = () => worker.postMessage("cancel" satisfies BuildOrder);
    signal?.addEventListener("abort", cancel, { once: true });

    worker.on("message", (news: BuildNews) => {
      if (news.kind === "progress") onProgress?.(news.progress);
      else if (news.kind === "done") resolve(news.counts);
      else if (news.kind === "cancelled") reject(signal?.reason);
      else if (news.kind === "failed") reject(new ImageError(news.errorKind, news.message));
      else reject(news.error);
    });
    worker.on("error", (error) => reject(new ImageError("io", `internal error in the build: ${String(error)}`)));
    worker.on("exit", () => {
      signal?.removeEventListener("abort", cancel);
      reject(new ImageError("io", "internal error: the build ended before the image was complete")); // of no effect after an answer
    });
  });
}
