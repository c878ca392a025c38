// Runs the tasks of an extraction: some at a time, those of one name in turn, and none after one has failed.

/** What the tasks of a schedule have in common. */
export interface ScheduleOptions {
  /** Tasks that run at a time. */
  readonly limit: number;
  /** Hears at once of the first task that fails, so that the others can be ended. */
  readonly onFailure: (error: unknown) => void;
}

export interface Schedule {
  /**
   * Starts a task, after waiting while as many run as may; one of a name that another one runs under begins when that has
   * ended. Throws the error of a task that has failed; nothing is started then.
   */
  start(name: string, task: () => Promise<void>): Promise<void>;
  /** Waits for the tasks that run. Throws the error of the first one that has failed. */
  settle(): Promise<void>;
}

/** A failed task ends the extraction: what goes wrong with one entry alone, its task has to catch. */
export function createSchedule({ limit, onFailure }: ScheduleOptions): Schedule {
  const running = new Set<Promise<void>>();
  /** The last one of each name that is running. */
  const lastOfName = new Map<string, Promise<void>>();
  let failed: { readonly error: unknown } | undefined;

  function run(name: string, task: () => Promise<void>): void {
    const work = lastOfName.get(name)?.then(() => (failed === undefined ? task() : undefined)) ?? task();
    const tracked: Promise<void> = work
      .catch((error: unknown) => {
        if (failed !== undefined) return;
        failed = { error };
        onFailure(error);
      })
      .finally(() => {
        running.delete(tracked);
        if (lastOfName.get(name) === tracked) lastOfName.delete(name);
      });
    running.add(tracked);
    lastOfName.set(name, tracked);
  }

  return {
    async start(name, task) {
      while (running.size >= limit) await Promise.race(running);
      if (failed !== undefined) throw failed.error;
      run(name, task);
    },
    async settle() {
      await Promise.all(running);
      if (failed !== undefined) throw failed.error;
    },
  };
}
