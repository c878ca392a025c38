// Reads text files of a tree.
import type { Tree } from "./tree.ts";

/** No release or project file is as long; a longer one is cut, so that a hostile tree costs nothing. */
const maxTextSize = 1 << 20;

/** The text of a file; undefined when it is not there or cannot be read. Bytes that are no UTF-8 become U+FFFD. */
export async function readText(tree: Tree, path: string, longest = maxTextSize): Promise<string | undefined> {
  try {
    const bytes = await tree.read(path, 0, longest);
    return decodeUtf8(bytes);
  } catch {
    return undefined; // the same to every caller: nothing to look at
  }
}

/** Names of the regular files and symlinks of a folder, sorted; none when it is not there. */
export async function listFiles(tree: Tree, path: string): Promise<string[]> {
  const entries = await listOrNothing(tree, path);
  return entries.filter(({ type }) => type === "file" || type === "symlink").map(({ name }) => name);
}

/** The entries of a folder; none when it is not there or cannot be read. */
export async function listOrNothing(tree: Tree, path: string): ReturnType<Tree["list"]> {
  try {
    return await tree.list(path);
  } catch {
    return []; // a folder that cannot be read has nothing to say
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  let text = "";
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    const tail = bytes.subarray(at + 1, at + length);
    if (length === 0 || tail.length !== length - 1 || tail.some((byte) => (byte & 0xc0) !== 0x80)) {
      text += "\ufffd";
      at += 1;
      continue;
    }
    let point = length === 1 ? first : first & (0xff >> (length + 1));
    for (const byte of tail) point = (point << 6) | (byte & 0x3f);
    text += point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? "\ufffd" : String.fromCodePoint(point);
    at += length;
  }
  return text;
}
