// The thread that builds an image: reads the tree, has others compress, and writes.
import { parentPort, workerData } from "node:worker_threads";
import type { BuildProgress } from "../build.ts";
import { ImageError } from "../bytes/image-error.ts";
import type { BuildNews, BuildOrder, BuildWorkerData } from "./build-messages.ts";
import { writeImageFile } from "./write-image-file.ts";

const { request, temporary } = workerData as BuildWorkerData;
const cancellation = new AbortController();

function tell(news: BuildNews): void {
  parentPort?.postMessage(news);
}

parentPort?.on("message", (order: BuildOrder) => {
  if (order === "cancel") cancellation.abort();
});

async function build(): Promise<void> {
  try {
    const control = {
      signal: cancellation.signal,
      onProgress: (progress: BuildProgress) => tell({ kind: "progress", progress }),
    };
    const counts = await writeImageFile(request, control, temporary);
    tell({ kind: "done", counts });
  } catch (error) {
    if (error instanceof ImageError) tell({ kind: "failed", errorKind: error.kind, message: error.message });
    else if (cancellation.signal.aborted) tell({ kind: "cancelled" });
    else tell({ kind: "broken", error });
  } finally {
    parentPort?.close();
  }
}

void build();
