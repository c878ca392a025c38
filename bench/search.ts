// The index of an image with 200,000 names: how long it takes to make, to filter and to search, and how long anything else waits.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { filterPaths } from "../client/src/search/filter-paths.ts";
import { findPaths } from "../client/src/search/fuzzy.ts";
import { indexPaths } from "../client/src/search/path-index.ts";
import { openImageFile } from "../image/src/node/index.ts";
import { makeSquashfs } from "../test/images/sample-tree.ts";
import { median } from "./measure.ts";

export const title = "search 200,000 names of an image (median of 9, and the longest time that others wait)";

const rounds = 9;
const queries = ["f", "file-99", "fold99file9", "nothing"];

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const source = path.join(work, "source");
    for (let folder = 0; folder < 200; folder++) {
      const at = path.join(source, `usr/share/folder-${folder}`);
      mkdirSync(at, { recursive: true });
      for (let file = 0; file < 999; file++) writeFileSync(path.join(at, `file-${file}`), "");
    }
    const image = path.join(work, "image.raw");
    makeSquashfs(source, image);
    const { tree, close } = await openImageFile(image);
    const { signal } = new AbortController();
    const { index, done } = indexPaths(tree);
    await report(`index of ${(200_000).toLocaleString("en")} names`, 1, () => done);
    for (const query of queries) {
      await report(`filter "${query}"`, rounds, () => filterPaths(index, query, 5000, signal));
      await report(`go to "${query}"`, rounds, () => findPaths(index, query, { limit: 200, signal }));
    }
    await close();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function report(what: string, times: number, task: () => Promise<unknown>): Promise<void> {
  const taken: number[] = [];
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 1);
  for (let round = 0; round < times; round++) {
    const start = performance.now();
    await task();
    taken.push(performance.now() - start);
  }
  look();
  clearInterval(timer);
  console.log(`  ${what}: ${median(taken).toFixed(0)} ms; others wait ${longest.toFixed(0)} ms`);
}
