// Keeps a check from reporting the same of thousands of files: all of a tree on a disk of Windows may have one mode.

/** No more are listed one by one. */
const maxListedFiles = 50;

/** Says something of the first of many files; with the last of these how many more there are, as the end of a sentence. */
export function sayOfEach<Item>(items: readonly Item[], say: (item: Item, more: string) => void): void {
  const listed = items.slice(0, maxListedFiles);
  const left = items.length - listed.length;
  for (const [at, item] of listed.entries()) {
    say(item, left > 0 && at === listed.length - 1 ? ` (and ${left} more like it)` : "");
  }
}
