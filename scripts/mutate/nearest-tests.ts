// Which tests are the nearest to a module: the one beside it, those that import it, and those that import these.
import path from "node:path";
import { programOf, visit } from "./syntax.ts";

/** The command line as its tests start it, which has to be built, and the module that it begins with. */
export const bundle = "dist/cli.cjs";
const bundled = "cli/src/start.ts";

/** The files that name a file, by that file. */
export type Users = ReadonlyMap<string, readonly string[]>;

/**
 * Finds in each module of a project the strings that name another one: imports that are left when types are taken away,
 * and files that are started, as processes, threads or bundles. `sources` are the texts of all modules by path.
 */
export function usersOf(sources: ReadonlyMap<string, string>): Users {
  const users = new Map<string, string[]>([[bundled, [bundle]]]);
  for (const [file, source] of sources) {
    for (const used of new Set(filesIn(file, source, sources))) {
      if (used !== file) users.set(used, [...(users.get(used) ?? []), file]);
    }
  }
  return users;
}

function filesIn(file: string, source: string, known: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  visit(programOf(source), (node) => {
    if (node.type !== "Literal" || typeof node.value !== "string" || node.value === "") return;
    const beside = path.posix.join(path.posix.dirname(file), node.value);
    const named = [beside, `${beside}.ts`, node.value].find((name) => known.has(name));
    if (named !== undefined) found.push(named);
    if (isOfTests(file) && path.posix.basename(node.value) === path.posix.basename(bundle)) found.push(bundle);
  });
  return found;
}

/** Whether a module is one of tests. */
export function isOfTests(file: string): boolean {
  return file.startsWith("test/") || file.endsWith(".test.ts");
}

/** The tests that reach a module: the one beside it, those in its folder, then the others; the nearest by imports first, and of those equally near the ones that are called most alike. */
export function nearestTests(module: string, users: Users): string[] {
  const distances = new Map([[module, 0]]);
  const ordered = [module];
  for (const file of ordered) {
    for (const user of users.get(file) ?? []) {
      if (distances.has(user)) continue;
      distances.set(user, (distances.get(file) ?? 0) + 1);
      ordered.push(user);
    }
  }
  const rank = (test: string): readonly number[] => [
    test === module.replace(/\.ts$/, ".test.ts") ? 0 : path.posix.dirname(test) === path.posix.dirname(module) ? 1 : 2,
    isLong(test) ? 1 : 0,
    distances.get(test) ?? 0,
    -likeness(test, module),
  ];
  return ordered.filter(isTest).sort((a, b) => compare(rank(a), rank(b)) || (a < b ? -1 : 1));
}

/** Whether node's test runner runs a file; what looks at texts of the project, or needs an editor, tells nothing of a module. */
export function isTest(file: string): boolean {
  return file.endsWith(".test.ts") && !/^(?:scripts|bench|test\/(?:tidy|e2e))\//.test(file);
}

/** Tests of hostile input take long, and see only what never ends or throws. */
function isLong(test: string): boolean {
  return /(?:hostile|fuzz|oracle)/.test(test);
}

/** How many words of their paths two files share. */
function likeness(a: string, b: string): number {
  const words = new Set(wordsOf(b));
  return wordsOf(a).filter((word) => words.has(word)).length;
}

function wordsOf(file: string): string[] {
  return file.split(/[^a-z\d]+/).filter((word) => word.length > 2 && word !== "test" && word !== "src");
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0);
  return 0;
}
