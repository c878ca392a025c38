// Gives tasks to worker threads, and ends all work with one sentence when a thread dies.
import type { Worker } from "node:worker_threads";
import { ImageError } from "../bytes/image-error.ts";
import { ioReason } from "./io-error.ts";

export interface WorkerPoolOptions {
  /** What the threads work on, for error messages: "the build". */
  readonly work: string;
  /** The largest number of threads; one starts when a task finds no idle thread. */
  readonly maxThreads: number;
  /**
   * The largest number of tasks that a thread is given at a time; further ones wait in the pool. With 1, a task goes to the
   * thread that is free first; with more, a thread stays busy while the calling thread has no time for it.
   */
  readonly maxTasksPerThread: number;
  /** Starts a thread, which answers each `PoolRequest` with one `PoolReply`. */
  startThread(): Worker;
}

/** What a thread is sent. */
export interface PoolRequest<Task> {
  readonly id: number;
  readonly task: Task;
}

/** What a thread sends back. */
export interface PoolReply<Answer> {
  readonly id: number;
  readonly answer: Answer;
}

export interface WorkerPool<Task, Answer> {
  /**
   * Has a thread do a task. `weight` is its amount of work compared with other tasks, in any unit.
   * Throws an ImageError of kind `io` when a thread died or could not be started, even another one, or the pool was closed.
   * When it has settled, no thread works on the task any more.
   */
  run(task: Task, weight?: number): Promise<Answer>;
  /** Ends the threads, also in the middle of their work, and refuses what is not done; settles when they are gone. */
  close(): Promise<void>;
}

/** No thread starts before the first task. */
export function createWorkerPool<Task, Answer>(options: WorkerPoolOptions): WorkerPool<Task, Answer> {
  interface Job {
    readonly task: Task;
    readonly weight: number;
    settle(answer: Answer): void;
    fail(error: unknown): void;
  }
  interface Thread {
    readonly worker: Worker;
    readonly jobs: Map<number, Job>;
    /** The sum of the weights of its jobs. */
    load: number;
  }
  const { work, maxThreads, maxTasksPerThread, startThread } = options;
  const threads: Thread[] = [];
  const queue: Job[] = [];
  let lastId = 0;
  let failure: ImageError | undefined;

  /** Refuses what waits, and ends all threads; a thread's jobs are refused when it is gone, as it may still write until then. */
  async function end(reason: string): Promise<void> {
    failure ??= new ImageError("io", reason);
    for (const { fail } of queue.splice(0)) fail(failure);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  function addThread(): Thread {
    const thread: Thread = { worker: startThread(), jobs: new Map(), load: 0 };
    let why: string | undefined;
    thread.worker.on("message", ({ id, answer }: PoolReply<Answer>) => {
      const job = thread.jobs.get(id);
      if (job === undefined) return;
      thread.jobs.delete(id);
      thread.load -= job.weight;
      const next = queue.shift();
      if (next !== undefined) give(thread, next);
      job.settle(answer);
    });
    thread.worker.on("error", (error) => {
      why = ioReason(error);
    });
    thread.worker.on("exit", (status) => {
      threads.splice(threads.indexOf(thread), 1);
      void end(`a worker thread of ${work} stopped unexpectedly: ${why ?? `exit status ${status}`}`);
      for (const { fail } of thread.jobs.values()) fail(failure);
    });
    threads.push(thread);
    return thread;
  }

  function give(thread: Thread, job: Job): void {
    thread.jobs.set(++lastId, job);
    thread.load += job.weight;
    thread.worker.postMessage({ id: lastId, task: job.task } satisfies PoolRequest<Task>);
  }

  /** The thread that a new task goes to; undefined when all have as many as they may. */
  function nextThread(): Thread | undefined {
    const idle = threads.find(({ jobs }) => jobs.size === 0);
    if (idle !== undefined) return idle;
    if (threads.length < maxThreads) return addThread();
    const open = threads.filter(({ jobs }) => jobs.size < maxTasksPerThread);
    return open.length === 0 ? undefined : open.reduce((least, one) => (one.load < least.load ? one : least));
  }

  /** As `nextThread`; a thread that cannot be started ends all work, as one that dies does. */
  function threadOrEnd(): Thread | undefined {
    try {
      return nextThread();
    } catch (error) {
      void end(`a worker thread of ${work} cannot be started: ${ioReason(error)}`);
      return undefined;
    }
  }

  return {
    async run(task, weight = 1) {
      if (failure !== undefined) throw failure;
      return await new Promise<Answer>((settle, fail) => {
        const job = { task, weight, settle, fail };
        const thread = threadOrEnd();
        if (failure !== undefined) fail(failure);
        else if (thread === undefined) queue.push(job);
        else give(thread, job);
      });
    },
    close: () => end(`${work} has ended`),
  };
}
