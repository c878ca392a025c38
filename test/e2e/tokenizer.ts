// Shows texts to the tokenizer of a real VS Code, which knows lines that go on in the next, as single patterns do not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { TestContext } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { requireTool } from "../support/tools.ts";
import { acquireServer, neededTools } from "./editor-servers.ts";

/** What is used of VS Code's two modules. */
interface TextMate {
  readonly INITIAL: unknown;
  parseRawGrammar(text: string, file: string): unknown;
  readonly Registry: new (options: object) => { loadGrammar(scope: string): Promise<Grammar | null> };
}
interface Oniguruma {
  loadWASM(bytes: Uint8Array): Promise<void>;
  readonly OnigScanner: new (patterns: readonly string[]) => unknown;
  readonly OnigString: new (text: string) => unknown;
}
interface Grammar {
  tokenizeLine(
    line: string,
    state: unknown,
  ): {
    readonly tokens: readonly {
      readonly startIndex: number;
      readonly endIndex: number;
      readonly scopes: readonly string[];
    }[];
    readonly ruleStack: unknown;
  };
}

interface Token {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Without that of the whole file, and without the language's name at their ends. */
  readonly scopes: readonly string[];
}

/** Makes a function that takes a text of a language apart as the editor does. */
async function createTokenizer(language: string): Promise<(text: string) => Token[]> {
  const entry = await acquireServer();
  const require = createRequire(entry);
  const textMate = require("vscode-textmate") as TextMate;
  const oniguruma = require("vscode-oniguruma") as Oniguruma;
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const fileOf = (scope: string) =>
    path.join(projectFolder, "syntaxes", `${scope.replace("source.", "")}.tmLanguage.json`);
  const registry = new textMate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: readonly string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope: string) => textMate.parseRawGrammar(readFileSync(fileOf(scope), "utf8"), fileOf(scope)),
  });
  const grammar = await registry.loadGrammar(`source.${language}`);
  assert.ok(grammar, "VS Code does not take the grammar");
  return (text) => {
    let state = textMate.INITIAL;
    return text.split("\n").flatMap((words, line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(words, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({
        line,
        start: startIndex,
        end: endIndex,
        text: words.slice(startIndex, endIndex),
        scopes: scopes
          .slice(1)
          .flatMap((scope) => scope.split(" ").map((name) => name.replace(/\.sysext-[a-z]+$/, ""))),
      }));
    });
  };
}

const scopes: Readonly<Record<string, string>> = {
  section: "entity.name.section",
  key: "support.type.property-name",
  value: "string.unquoted",
  comment: "comment.line",
  joint: "constant.character.escape.line-continuation",
  prefix: "keyword.operator.prefix",
  program: "entity.name.function.program",
  option: "constant.other.option",
  quoted: "string.quoted",
  escape: "constant.character.escape",
  variable: "variable.other",
  specifier: "constant.other.placeholder",
  separator: "keyword.operator.separator",
  boolean: "constant.language.boolean",
  number: "constant.numeric",
  unit: "keyword.other.unit",
  template: "string.interpolated",
  wildcard: "variable.other.wildcard",
  operator: "keyword.operator",
  constant: "constant.language",
};

/**
 * Checks texts of a language, each below its name; a line of `#` and `^` names what the editor makes of a piece of the line
 * above, after `!` what it does not.
 */
export async function checkGrammar(
  t: TestContext,
  language: string,
  cases: Readonly<Record<string, string>>,
): Promise<void> {
  if (!requireTool(t, ...neededTools)) return;
  const tokenize = await createTokenizer(language);
  for (const [name, fixture] of Object.entries(cases)) {
    await t.test(name, () => {
      const { text, marks } = readFixture(fixture);
      const tokens = tokenize(text);
      assert.ok(marks.length > 0);
      for (const mark of marks) assert.equal(judge(tokens, mark), "as it should be", mark.words);
    });
  }
}

interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly scope: string;
  readonly unwanted: boolean;
  /** The mark as it is written. */
  readonly words: string;
}

function readFixture(fixture: string): { text: string; marks: Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const words of fixture.slice(1).split("\n")) {
    const [, before, carets, not, name] = /^(# *)(\^+) (!?)([a-z]+)$/.exec(words) ?? [];
    if (before === undefined || carets === undefined || name === undefined) {
      lines.push(words);
      continue;
    }
    const scope = scopes[name];
    assert.ok(scope, words);
    const [line, start] = [lines.length - 1, before.length];
    marks.push({ line, start, end: start + carets.length, scope, unwanted: not === "!", words });
  }
  return { text: lines.join("\n"), marks };
}

/** Looks at every token that a mark touches; blanks between words count for nothing. */
function judge(tokens: readonly Token[], { line, start, end, scope, unwanted }: Mark): string {
  const touched = tokens.filter(
    (token) => token.line === line && token.start < end && token.end > start && token.text.trim() !== "",
  );
  const wrong = touched.find((token) => token.scopes.some((name) => name.startsWith(scope)) === unwanted);
  if (touched.length === 0) return "nothing is there";
  return wrong === undefined ? "as it should be" : `"${wrong.text}" is ${wrong.scopes.join(", ") || "nothing"}`;
}
