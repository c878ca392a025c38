// A tree that caches all answers, for the few files that are read again with each keystroke.
import type { Tree } from "../core/index.ts";

/** A tree that keeps the first answer of `tree` to each question, failures included. */
export function rememberTree(tree: Tree): Tree {
  const answers = new Map<string, Promise<unknown>>();

  function once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const known = answers.get(key) as Promise<Answer> | undefined;
    if (known !== undefined) return known;
    const answer = ask();
    answers.set(key, answer);
    // A folder that is not there is an answer, too; a tree tells both by throwing.
    answer.catch(() => undefined);
    return answer;
  }

  return {
    list: (path) => once(`list ${path}`, () => tree.list(path)),
    stat: (path) => once(`stat ${path}`, () => tree.stat(path)),
    read: (path, offset, length) => once(`read ${offset} ${length} ${path}`, () => tree.read(path, offset, length)),
    readLink: (path) => once(`link ${path}`, () => tree.readLink(path)),
    xattrs: (path) => once(`xattrs ${path}`, () => tree.xattrs(path)),
  };
}
