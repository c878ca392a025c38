// Whether a tree itself has the host read again what an extension brings.
import type { TreeFacts } from "../../model/tree-facts.ts";

/** Whether a unit or script of the tree names a program that does, by words of its command. */
export function runs({ units, scripts }: TreeFacts, words: RegExp): boolean {
  if (units.files.some(({ file }) => words.test(file.text))) return true;
  for (const { text } of scripts.values()) if (words.test(text)) return true;
  return false;
}
