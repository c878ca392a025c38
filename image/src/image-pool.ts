// Keeps images open while they are used: opened once for each state of their file, and never closed in use.
import type { OpenImage } from "./image-reader.ts";

/** An image file, or one partition of the disk in it. */
export interface ImagePlace {
  /** The name by which the opener knows the file; equal for the same file. */
  readonly file: string;
  readonly partition?: number;
}

/** What `open` gives: the image, and how to close it. */
export interface OpenedImage<Image> {
  readonly image: Image;
  close(): Promise<void>;
}

/** When nobody closes images by hand. */
export interface PoolTimes {
  readonly clock: PoolClock;
  /** Milliseconds for which nobody looks again whether a file has changed. */
  readonly trustMs: number;
  /** Milliseconds without a use after which an image is closed. */
  readonly idleMs: number;
}

export interface PoolClock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Runs `task` after some milliseconds, unless the function that it gives back is called before. */
  after(ms: number, task: () => void): () => void;
}

export interface ImagePoolOptions<Image> {
  /** A text that is another one when the file has changed. What it throws is thrown to who wants to use the image. */
  stamp(file: string): Promise<string>;
  open(file: string): Promise<OpenedImage<Image>>;
  /** Opens a partition through its disk, which stays open as long as the partition does. */
  openPartition(disk: Image, partition: number): Promise<Image>;
  /** Called when a file is found to be another one than before, gone, or there again. */
  onChange?(file: string): void;
  /** Without it each use looks at the file, and an image stays open until it changes or is released. */
  readonly times?: PoolTimes;
}

export interface ImagePool<Image> {
  /**
   * Runs `task` on an image in the state that its file has now; the image stays open as long as the task runs, whatever
   * happens to the file meanwhile. Throws what `stamp`, `open` and the task throw; a failure to open is not kept.
   */
  use<Result>(place: ImagePlace, task: (image: Image) => Promise<Result>): Promise<Result>;
  /** Whether the image is open or is being opened, so that using it costs little. */
  isOpen(place: ImagePlace): boolean;
  /** Looks whether a file that was used has changed, and tells `onChange`; never fails. */
  recheck(file: string): Promise<void>;
  /** The file may have changed just now: the next use looks at it, however short the last look is ago. */
  doubt(file: string): void;
  /** Closes a file and its partitions once their users are done, so that it can be replaced where open files cannot. */
  release(file: string): void;
  /** Does the same with all files. */
  releaseAll(): void;
}

/** One image, open or being opened. */
interface Slot<Image> extends ImagePlace {
  readonly opened: Promise<OpenedImage<Image>>;
  users: number;
  /** Nobody new gets it; it is closed with its last user. */
  retired: boolean;
  cancelIdle?: () => void;
}

interface KnownFile<Image> {
  /** Of the last look, which was before any of the slots was opened; or the error that came in place of one. */
  stamp: string;
  lookedAt: number;
  /** By the partition; undefined is the file as a whole. */
  readonly slots: Map<number | undefined, Slot<Image>>;
}

export function createImagePool<Image extends OpenImage>({
  stamp: stampOf,
  open,
  openPartition,
  onChange,
  times,
}: ImagePoolOptions<Image>): ImagePool<Image> {
  const files = new Map<string, KnownFile<Image>>();

  /** Whatever was opened of another state of the file is retired. */
  function note(file: string, stamp: string): void {
    const lookedAt = times?.clock.now() ?? 0;
    const known = files.get(file);
    if (known === undefined) {
      files.set(file, { stamp, lookedAt, slots: new Map() });
      return;
    }
    known.lookedAt = lookedAt;
    if (known.stamp === stamp) return;
    known.stamp = stamp;
    for (const slot of [...known.slots.values()]) retire(slot);
    onChange?.(file);
  }

  /** The file's stamp as it is now. */
  async function look(file: string): Promise<string> {
    const known = files.get(file);
    const isTrusted = known !== undefined && times !== undefined && times.clock.now() - known.lookedAt < times.trustMs;
    if (isTrusted && known.slots.size > 0) return known.stamp;
    try {
      const stamp = await stampOf(file);
      note(file, stamp);
      return stamp;
    } catch (error) {
      note(file, String(error));
      throw error;
    }
  }

  /** Gives a slot with its new user counted. Nothing waits between the choice and the count, so it cannot be closed there. */
  async function acquire(place: ImagePlace): Promise<Slot<Image>> {
    const stamp = await look(place.file);
    const slot = files.get(place.file)?.slots.get(place.partition) ?? openSlot(place, stamp);
    slot.users++;
    slot.cancelIdle?.();
    return slot;
  }

  function openSlot(place: ImagePlace, stamp: string): Slot<Image> {
    const { file, partition } = place;
    const known = files.get(file) ?? { stamp, lookedAt: times?.clock.now() ?? 0, slots: new Map() };
    files.set(file, known);
    const opened = partition === undefined ? open(file) : openThroughDisk(file, partition);
    const slot: Slot<Image> = { ...place, opened, users: 0, retired: false };
    known.slots.set(partition, slot);
    opened.catch(() => retire(slot));
    return slot;
  }

  async function openThroughDisk(file: string, partition: number): Promise<OpenedImage<Image>> {
    const disk = await acquire({ file });
    try {
      const image = await openPartition((await disk.opened).image, partition);
      return { image, close: async () => leave(disk) };
    } catch (error) {
      leave(disk);
      throw error;
    }
  }

  function leave(slot: Slot<Image>): void {
    slot.users--;
    if (slot.users > 0) return;
    if (slot.retired) close(slot);
    else if (times !== undefined) slot.cancelIdle = times.clock.after(times.idleMs, () => retire(slot));
  }

  function retire(slot: Slot<Image>): void {
    const slots = files.get(slot.file)?.slots;
    if (slots?.get(slot.partition) === slot) slots.delete(slot.partition);
    slot.retired = true;
    slot.cancelIdle?.();
    if (slot.users === 0) close(slot);
  }

  function release(file: string): void {
    const slots = files.get(file)?.slots.values() ?? [];
    files.delete(file);
    for (const slot of slots) retire(slot);
  }

  return {
    async use(place, task) {
      const slot = await acquire(place);
      try {
        return await task((await slot.opened).image);
      } finally {
        leave(slot);
      }
    },
    isOpen: ({ file, partition }) => files.get(file)?.slots.has(partition) === true,
    async recheck(file) {
      if (files.has(file)) await look(file).catch(() => undefined); // that it is gone is a change, too
    },
    doubt(file) {
      const known = files.get(file);
      if (known !== undefined) known.lookedAt = Number.NEGATIVE_INFINITY;
    },
    release,
    releaseAll() {
      for (const file of [...files.keys()]) release(file);
    },
  };
}

function close<Image>({ opened }: Slot<Image>): void {
  opened.then((image) => image.close()).catch(() => undefined); // it never opened, or its disk is gone
}
