// Images stay open while they are used, never show an older state of their file, and are closed in the end.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createImagePool, type ImagePlace, type PoolClock } from "./image-pool.ts";
import type { OpenImage } from "./image-reader.ts";
import { memoryTree } from "./tree/memory-tree.ts";

/** An image of a test: which content of which file it shows. */
interface FakeImage extends OpenImage {
  readonly shows: string;
  isClosed: boolean;
}

const file = "a.raw";
const facts = { compression: "none", blockSize: 512, bytesUsed: 0 };

/** Files whose content is their stamp, what was opened of them in its order, and a clock that the test moves. */
function world(t: TestContext, { idle = false } = {}) {
  const contents = new Map([[file, "old"]]);
  const opened: FakeImage[] = [];
  const changed: string[] = [];
  const clock = fakeClock();
  let opening: Promise<unknown> = Promise.resolve();
  let stamps = 0;

  function contentOf(name: string): string {
    const content = contents.get(name);
    if (content === undefined) throw new Error(`${name} is gone`);
    return content;
  }
  function image(shows: string): FakeImage {
    const one = { format: "squashfs", tree: memoryTree({}), facts, shows, isClosed: false };
    opened.push(one);
    return one;
  }

  const pool = createImagePool<FakeImage>({
    async stamp(name) {
      stamps++;
      return contentOf(name);
    },
    async open(name) {
      const shows = contentOf(name);
      await opening;
      if (shows === "broken") throw new Error("it is broken");
      const one = image(shows);
      return {
        image: one,
        async close() {
          assert.equal(one.isClosed, false, "closed twice");
          one.isClosed = true;
        },
      };
    },
    async openPartition(disk, partition) {
      if (partition === 9) throw new Error("it has no partition 9");
      return image(`${disk.shows}:${partition}`);
    },
    onChange: (name) => changed.push(name),
    ...(idle ? { times: { clock, idleMs: 1000, trustMs: 100 } } : {}),
  });
  t.after(() => pool.releaseAll());

  return {
    pool,
    contents,
    opened,
    changed,
    clock,
    stampCount: () => stamps,
    /** Holds all files that are being opened until the function that it gives back is called. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      opening = promise;
      return resolve;
    },
    shown: async (place: ImagePlace = { file }) => await pool.use(place, async ({ shows }) => shows),
    /** What is open, by what it shows. */
    openNow: () => opened.filter(({ isClosed }) => !isClosed).map(({ shows }) => shows),
  };
}

function fakeClock(): PoolClock & { advance(ms: number): Promise<void> } {
  let time = 0;
  const waiting = new Set<{ readonly at: number; readonly task: () => void }>();
  return {
    now: () => time,
    after(ms, task) {
      const entry = { at: time + ms, task };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    async advance(ms) {
      time += ms;
      for (const entry of [...waiting]) {
        if (entry.at > time || !waiting.delete(entry)) continue;
        entry.task();
      }
      await settled();
    },
  };
}

/** Lets all promises go on that wait for nothing but each other. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A use that goes on until it is ended; `image` is what it was given. */
function startUse(pool: ReturnType<typeof world>["pool"], place: ImagePlace = { file }) {
  const given = Promise.withResolvers<FakeImage>();
  const end = Promise.withResolvers<void>();
  const done = pool.use(place, async (image) => {
    given.resolve(image);
    await end.promise;
    return image.isClosed;
  });
  done.catch(given.reject);
  return {
    image: given.promise,
    /** Whether the image was closed while it was used. */
    async end(): Promise<boolean> {
      end.resolve();
      const wasClosed = await done;
      await settled();
      return wasClosed;
    },
  };
}

test("an image is opened once and stays open, also for several at once", async (t) => {
  const { pool, shown, opened, openNow } = world(t);
  assert.equal(pool.isOpen({ file }), false);
  assert.deepEqual(await Promise.all([shown(), shown()]), ["old", "old"]);
  assert.equal(await shown(), "old");
  assert.equal(opened.length, 1);
  assert.deepEqual([pool.isOpen({ file }), openNow()], [true, ["old"]]);
});

test("a rebuilt image shows its new state, and the old one is closed when its last user is done", async (t) => {
  const { pool, contents, shown, opened, openNow, changed } = world(t);
  const [first, second] = [startUse(pool), startUse(pool)];
  assert.equal((await first.image).shows, "old");
  contents.set(file, "new");
  assert.equal(await shown(), "new");
  assert.deepEqual(changed, [file]);
  assert.equal(await first.end(), false);
  assert.deepEqual(openNow(), ["old", "new"], "the second user is not done");
  assert.equal(await second.end(), false);
  assert.deepEqual(openNow(), ["new"]);
  assert.equal(await shown(), "new");
  assert.equal(opened.length, 2);
});

test("an image is not closed while it is used, whatever happens to it", async (t) => {
  const { pool, contents, openNow } = world(t);
  for (const happens of [
    () => pool.release(file),
    () => pool.releaseAll(),
    () => contents.set(file, `${contents.get(file)}!`) && pool.recheck(file),
    () => contents.delete(file) && pool.recheck(file),
  ]) {
    contents.set(file, "old");
    const use = startUse(pool);
    await use.image;
    await happens();
    await settled();
    assert.equal(pool.isOpen({ file }), false, String(happens));
    assert.equal(await use.end(), false, String(happens));
    assert.deepEqual(openNow(), [], String(happens));
  }
});

test("an image that is released between the look and the use is opened anew", async (t) => {
  const { pool, shown } = world(t);
  await shown();
  const uses = [startUse(pool), startUse(pool)];
  for (let turn = 0; turn < 8; turn++) {
    await Promise.resolve();
    pool.release(file);
  }
  for (const use of uses) {
    assert.equal((await use.image).isClosed, false);
    assert.equal(await use.end(), false);
  }
});

test("a file that changes while it is opened is opened again by the next use", async (t) => {
  const { pool, contents, hold, shown, openNow } = world(t);
  const goOn = hold();
  const use = startUse(pool);
  await settled();
  contents.set(file, "new");
  const next = shown();
  await settled();
  goOn();
  assert.equal((await use.image).shows, "old");
  assert.equal(await next, "new");
  assert.equal(await use.end(), false);
  assert.deepEqual(openNow(), ["new"]);
});

test("an image that is released while it is opened serves who waits for it, and is closed then", async (t) => {
  const { pool, hold, openNow } = world(t);
  const goOn = hold();
  const use = startUse(pool);
  await settled();
  assert.equal(pool.isOpen({ file }), true, "being opened counts");
  pool.release(file);
  goOn();
  assert.equal((await use.image).shows, "old");
  assert.deepEqual(openNow(), ["old"]);
  assert.equal(await use.end(), false);
  assert.deepEqual(openNow(), []);
});

test("a failure is told to who asked and is not kept", async (t) => {
  const { pool, contents, shown } = world(t);
  contents.set(file, "broken");
  await assert.rejects(Promise.all([shown(), shown()]), { message: "it is broken" });
  await settled();
  assert.equal(pool.isOpen({ file }), false);
  contents.delete(file);
  await assert.rejects(shown(), { message: "a.raw is gone" });
  contents.set(file, "whole");
  assert.equal(await shown(), "whole");
});

test("the same state is tried again after a failure", async () => {
  let attempts = 0;
  const pool = createImagePool<OpenImage>({
    stamp: async () => "same",
    async open() {
      attempts++;
      throw new Error(`attempt ${attempts}`);
    },
    openPartition: async (disk) => disk,
  });
  await assert.rejects(
    pool.use({ file }, async () => undefined),
    { message: "attempt 1" },
  );
  await settled();
  assert.equal(pool.isOpen({ file }), false);
  await assert.rejects(
    pool.use({ file }, async () => undefined),
    { message: "attempt 2" },
  );
});

test("a task's error is thrown, and its image is left", async (t) => {
  const { pool, openNow } = world(t);
  await assert.rejects(
    pool.use({ file }, async () => {
      throw new Error("the task");
    }),
    { message: "the task" },
  );
  pool.release(file);
  await settled();
  assert.deepEqual(openNow(), []);
});

test("a partition is read through its disk, which stays open as long as the partition does", async (t) => {
  const { pool, shown, openNow, opened } = world(t);
  const use = startUse(pool, { file, partition: 2 });
  assert.equal((await use.image).shows, "old:2");
  assert.equal(await shown(), "old", "the disk is shared");
  assert.equal(opened.length, 2);
  pool.release(file);
  await settled();
  assert.deepEqual([pool.isOpen({ file }), pool.isOpen({ file, partition: 2 })], [false, false]);
  assert.deepEqual(openNow(), ["old", "old:2"], "the disk has a user");
  await use.end();
  assert.equal(opened[0]?.isClosed, true);
});

test("a partition of a rebuilt disk is that of the new disk", async (t) => {
  const { contents, shown, opened } = world(t);
  const place = { file, partition: 2 };
  assert.equal(await shown(place), "old:2");
  contents.set(file, "new");
  assert.equal(await shown(place), "new:2");
  await settled();
  assert.deepEqual(
    opened.filter(({ isClosed }) => isClosed).map(({ shows }) => shows),
    ["old"],
  );
  contents.set(file, "newer");
  assert.equal(await shown(), "newer");
  assert.equal(await shown(place), "newer:2");
});

test("a partition that is not there leaves its disk", async (t) => {
  const { pool, shown, openNow } = world(t);
  await assert.rejects(shown({ file, partition: 9 }), { message: "it has no partition 9" });
  assert.equal(pool.isOpen({ file, partition: 9 }), false);
  pool.release(file);
  await settled();
  assert.deepEqual(openNow(), []);
});

test("changes are told once, also that a file is gone and is there again, and only of files that were used", async (t) => {
  const { pool, contents, shown, changed } = world(t);
  await pool.recheck(file);
  contents.set(file, "other");
  await pool.recheck(file);
  assert.deepEqual(changed, []);
  await shown();
  await pool.recheck(file);
  assert.equal(changed.length, 0);
  contents.delete(file);
  await pool.recheck(file);
  await pool.recheck(file);
  assert.equal(changed.length, 1);
  contents.set(file, "other");
  await pool.recheck(file);
  assert.equal(changed.length, 2);
  pool.release(file);
  contents.set(file, "new");
  await pool.recheck(file);
  assert.equal(changed.length, 2, "what was released is looked at afresh");
});

test("an image is closed when nobody has used it for a while, and not before", async (t) => {
  const { pool, clock, shown, openNow } = world(t, { idle: true });
  await shown();
  await clock.advance(999);
  assert.deepEqual(openNow(), ["old"]);
  await shown();
  await clock.advance(999);
  assert.deepEqual(openNow(), ["old"], "a use begins the time anew");
  const use = startUse(pool);
  await use.image;
  await clock.advance(5000);
  assert.equal(await use.end(), false);
  await clock.advance(999);
  assert.deepEqual(openNow(), ["old"]);
  await clock.advance(1);
  assert.deepEqual([openNow(), pool.isOpen({ file })], [[], false]);
  assert.equal(await shown(), "old");
});

test("an idle partition lets go of its disk, which is idle then", async (t) => {
  const { clock, shown, opened } = world(t, { idle: true });
  await shown({ file, partition: 1 });
  await clock.advance(1000);
  assert.equal(opened[0]?.isClosed, false);
  await clock.advance(1000);
  assert.equal(opened[0]?.isClosed, true);
});

test("a look is trusted for a moment, and a failure is not", async (t) => {
  const { clock, contents, shown, stampCount } = world(t, { idle: true });
  await shown();
  contents.set(file, "new");
  await clock.advance(99);
  assert.equal(await shown(), "old");
  assert.equal(stampCount(), 1);
  await clock.advance(1);
  assert.equal(await shown(), "new");
  await clock.advance(99);
  await shown();
  assert.equal(stampCount(), 2, "the second look is trusted as well");
  contents.delete(file);
  await clock.advance(1);
  await assert.rejects(shown(), { message: "a.raw is gone" });
  await assert.rejects(shown(), { message: "a.raw is gone" });
  assert.equal(stampCount(), 4);
  contents.set(file, "back");
  assert.equal(await shown(), "back", "without waiting");
});

test("a file that is in doubt is looked at again, however short the last look is ago", async (t) => {
  const { pool, contents, shown, stampCount } = world(t, { idle: true });
  assert.equal(await shown(), "old");
  contents.set(file, "new");
  pool.doubt(file);
  pool.doubt("nobody used this");
  assert.equal(await shown(), "new");
  assert.equal(stampCount(), 2);
});
