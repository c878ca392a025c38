// Holds the grammar of transfers together; how it takes texts apart is seen in VS Code's own tokenizer, in test/e2e.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { repeated } from "../../../test/support/long-texts.ts";

interface Rule {
  readonly begin?: string;
  readonly match?: string;
  readonly end?: string;
  readonly include?: string;
  readonly patterns?: readonly Rule[];
}

const file = new URL("../../../syntaxes/sysext-transfer.tmLanguage.json", import.meta.url);
const grammar = JSON.parse(readFileSync(file, "utf8")) as {
  readonly patterns: readonly Rule[];
  readonly repository: Readonly<Record<string, Rule>>;
};

function rulesBelow(rule: Rule): Rule[] {
  return [rule, ...(rule.patterns ?? []).flatMap(rulesBelow)];
}

const rules = [...grammar.patterns, ...Object.values(grammar.repository)].flatMap(rulesBelow);
const sources = rules.flatMap(({ begin, match, end }) => [begin, match, end]).filter((source) => source !== undefined);
/** The editor's sign for the place where it goes on has no counterpart here. */
const patterns = sources.map((source) => new RegExp(source.replaceAll("\\G", ""), "mu"));

test("every rule that is named is there, and every rule is used", () => {
  const used = new Set(rules.flatMap(({ include }) => include ?? []));
  assert.deepEqual(
    [...used].sort(),
    Object.keys(grammar.repository)
      .map((name) => `#${name}`)
      .sort(),
  );
});

test("whatever may go on in the next line knows where lines are joined", () => {
  for (const name of ["pattern-setting", "text-setting", "setting", "other-line"]) {
    assert.equal(grammar.repository[name]?.patterns?.[0]?.include, "#line-joint", name);
    assert.equal(grammar.repository[name]?.end, "(?=\\n)", name);
  }
});

test("a long value costs no more than its length", () => {
  for (const text of ["1", "@v", "{{x}}", "@A", '"', "**/", "\\x41", "%"]) {
    for (const pattern of patterns) pattern.exec(`${repeated(text)}/\n`);
  }
});
