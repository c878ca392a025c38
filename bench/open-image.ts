// A program for open.ts: opens an image, lists its root, and prints how long that took and what memory.
import { openAndList } from "../test/images/large-image.ts";

const [image = ""] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const started = performance.now();
const opened = await openAndList(image);
const milliseconds = performance.now() - started;
console.log(JSON.stringify({ ...opened, milliseconds, before, after: process.memoryUsage.rss() }));
