// What is changed in a module, and what is left as it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Mutator, mutate, mutationsOf } from "./mutations.ts";

/** All that one mutator makes of a text. */
function made(mutator: Mutator, source: string): string[] {
  return mutationsOf(source)
    .filter((mutation) => mutation.mutator === mutator)
    .map((mutation) => mutate(source, mutation));
}

const cases: readonly [Mutator, source: string, ...made: string[]][] = [
  ["comparison", "a < b", "a <= b"],
  ["comparison", "(a) >= b", "(a) > b"],
  ["comparison", "a === b", "a !== b"],
  ["logic", "a && b || c", "a || b || c", "a && b && c"],
  ["condition", "if (a) b;", "if (!(a)) b;"],
  ["condition", "a ? b : c", "!(a) ? b : c"],
  ["condition", "while (true) a;"],
  ["negation", "f(!a)", "f(a)"],
  ["number", "f(0x10)", "f(17)"],
  ["boolean", "f(true)", "f(false)"],
  ["string", 'f("", "a")', 'f("mutant", "a")', 'f("", "")'],
  ["string", 'f("some prose", { "a": b })'],
  ["string", 'import a from "a"; export { b } from "b";'],
  ["return", "function f() { return 1; }", "function f() { return undefined; }"],
  ["return", "f((a) => a.b)", "f((a) => undefined)"],
  ["call", "async () => { await f(); }", "async () => { ; }"],
  ["arguments", "f(a, b, c)", "f(b, a, c)"],
  ["arguments", "f(a, a); g(...a, b)"],
  ["arithmetic", "a + b", "a - b"],
  ["arithmetic", 'a + "some prose"'],
  ["element", "f([a, b])", "f([b])", "f([a, ])"],
  ["anchor", "f(/^a$/u)", "f(/(?:)a$/u)", "f(/^a/u)"],
  ["anchor", "f(/a\\$/)"],
];

for (const [mutator, source, ...expected] of cases) {
  test(`${mutator}: ${source}`, () => assert.deepEqual(made(mutator, source), expected));
}

test("types keep their places and are not changed", () => {
  const source = 'const a: Record<"b", 1> = f<2>("c", 3);\n';
  assert.deepEqual(made("string", source), ['const a: Record<"b", 1> = f<2>("", 3);\n']);
  assert.deepEqual(made("number", source), ['const a: Record<"b", 1> = f<2>("c", 4);\n']);
});
