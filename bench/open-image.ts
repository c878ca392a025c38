// A program for open.ts: opens an image, lists its root, and prints how long that took and what memory.
import { openAndList } from "../test/images/large-image.ts";

const [image = ""] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const opened = await openAndList(image);
console.log(JSON.stringify({ ...opened, before, after: process.memoryUsage.rss() }));
