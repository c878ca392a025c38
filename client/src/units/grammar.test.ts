// Holds the grammar of units to what systemd reads as what, as far as single patterns tell; the suite in VS Code sees the rest.
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

const file = new URL("../../../syntaxes/sysext-unit.tmLanguage.json", import.meta.url);
const grammar = JSON.parse(readFileSync(file, "utf8")) as {
  readonly patterns: readonly Rule[];
  readonly repository: Readonly<Record<string, Rule>>;
};

function rulesBelow(rule: Rule): Rule[] {
  return [rule, ...(rule.patterns ?? []).flatMap(rulesBelow)];
}

const rules = [...grammar.patterns, ...Object.values(grammar.repository)].flatMap(rulesBelow);

/** The patterns of a rule, as the editor tries them; its sign for the place where it goes on has no counterpart here. */
function patternsOf(name: string): RegExp[] {
  const rule = grammar.repository[name];
  assert.ok(rule, name);
  return rulesBelow(rule).flatMap(({ begin, match }) => {
    const source = begin ?? match;
    return source === undefined ? [] : [new RegExp(source.replaceAll("\\G", ""), "mu")];
  });
}

/** What a rule finds first in a line; the editor's lines end in a line feed. */
function find(name: string, line: string): string | undefined {
  return patternsOf(name).flatMap((pattern) => pattern.exec(`${line}\n`)?.[0] ?? [])[0];
}

test("every pattern is one, and every rule that is named is there", () => {
  for (const { begin, match, end, include } of rules) {
    for (const source of [begin, match, end]) assert.ok(new RegExp((source ?? "").replaceAll("\\G", ""), "u"));
    if (include !== undefined) assert.ok(include.slice(1) in grammar.repository, include);
  }
});

test("every rule of the grammar is used", () => {
  const used = new Set(rules.flatMap(({ include }) => include ?? []));
  assert.deepEqual(
    Object.keys(grammar.repository).filter((name) => !used.has(`#${name}`)),
    [],
  );
});

test("whatever may go on in the next line knows where lines are joined", () => {
  for (const name of ["command-setting", "text-setting", "setting", "other-line"]) {
    assert.equal(grammar.repository[name]?.patterns?.[0]?.include, "#line-joint", name);
    assert.equal(grammar.repository[name]?.end, "(?=\\n)", name);
  }
});

test("only a backslash as the very last character joins lines", () => {
  assert.equal(find("line-joint", "a \\"), "\\\n");
  assert.equal(find("line-joint", "a \\ "), undefined);
  // Pairs are taken first, so that the last of an even number joins nothing.
  assert.equal(find("escape", "\\\\"), "\\\\");
});

test("comments begin with either sign", () => {
  for (const line of ["# a=b", "; a=b", "  #[Unit]"]) assert.equal(find("comment", line), line);
  assert.equal(find("comment", "a=b # c"), undefined);
});

test("only a whole line is a section's header", () => {
  assert.equal(find("section", "[Service]"), "[Service]");
  assert.equal(find("section", "[Service] # main"), undefined);
  assert.equal(find("section", "A=[Service]"), undefined);
});

test("the prefixes of a command are told from the placeholder of another tool", () => {
  const [pattern] = patternsOf("command-setting");
  const prefixes = (line: string): string | undefined => pattern?.exec(line)?.[3];
  assert.equal(prefixes("ExecStart=-@/bin/sh sh"), "-@");
  assert.equal(prefixes("ExecStartPre = !!/bin/sh"), "!!");
  assert.equal(prefixes("ExecStop=+@BINDIR@/foo"), "+");
  assert.equal(pattern?.exec("ExecSearchPath=/opt/bin"), null);
});

test("specifiers, placeholders and variables are found, and what only looks like one is not", () => {
  assert.equal(find("specifier", "a%ib"), "%i");
  assert.equal(find("specifier", "100%%"), "%%");
  assert.equal(find("specifier", "100% "), undefined);
  assert.equal(find("placeholder", "@BINDIR@/foo"), "@BINDIR@");
  assert.equal(find("placeholder", "{{ a }}{{ b }}"), "{{ a }}");
  assert.equal(find("placeholder", "<% x %>"), "<% x %>");
  assert.equal(find("placeholder", "getty@tty1.service a@b.service"), undefined);
  assert.equal(find("variable", `a${"$"}{FOO}b`), `${"$"}{FOO}`);
  assert.equal(find("bare-variable", " $FOO "), "$FOO");
  assert.equal(find("bare-variable", "a$FOO"), undefined);
});

test("numbers are whole words, with the unit that belongs to them", () => {
  for (const word of ["5", "1.5G", "5min", "1h30min", "20%", "0644", "-5", "10\u00b5s"]) {
    assert.equal(find("number", `A=${word}`), word);
  }
  for (const word of ["1000:1000", "a5", "5-6", "10.0.0.1"]) assert.equal(find("number", `A=${word}`), undefined, word);
});

test("a long value costs no more than its length", () => {
  const lines = ["1", "1s", "{{x}}", "@A"].map((unit) => repeated(unit));
  for (const line of lines) {
    for (const name of ["setting", "number", "insertion", "section", "word"]) find(name, `${line}/`);
  }
});
