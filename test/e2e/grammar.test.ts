// Shows unit files to the tokenizer of a real VS Code, which knows lines that go on in the next, as single patterns do not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { acquireVsCodeServer } from "../../scripts/vscode-server.ts";
import { requireTool } from "../support/tools.ts";
import { neededTools, serverCache } from "./run-in-vscode.ts";

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

/** Makes a function that takes a unit file apart as the editor does. */
async function createTokenizer(): Promise<(text: string) => Token[]> {
  const entry = acquireVsCodeServer(serverCache, (line) => console.error(line));
  const require = createRequire(entry);
  const textMate = require("vscode-textmate") as TextMate;
  const oniguruma = require("vscode-oniguruma") as Oniguruma;
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const file = path.join(projectFolder, "syntaxes", "sysext-unit.tmLanguage.json");
  const registry = new textMate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: readonly string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textMate.parseRawGrammar(readFileSync(file, "utf8"), file),
  });
  const grammar = await registry.loadGrammar("source.sysext-unit");
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
        scopes: scopes.slice(1).flatMap((scope) => scope.split(" ").map((name) => name.replace(".sysext-unit", ""))),
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
};

/** Unit files; a line of `#` and `^` names what the editor makes of a piece of the line above, after `!` what it does not. */
const cases: Readonly<Record<string, string>> = {
  "comments begin with either sign": `
; foo=bar
#^^^^^^^^ comment
  # [Unit]
# ^^^^^^^^ comment
Description=a # b
#           ^^^^^ !comment`,
  "comments stand between the parts of a value": String.raw`
ExecStart=/bin/a \
#                ^ joint
  # one
# ^^^^^ comment
; two \
# ^^^^^ comment
  b=c
# ^^^ value
Type=exec
#^^^ key`,
  "a backslash before a blank joins nothing": `
ExecStart=/bin/a \\${" "}
#                ^ !joint
Restart=no
#^^^^^^ key
#       ^^ boolean`,
  "an even number of backslashes joins nothing, an odd one does": String.raw`
Environment=A=\\
Environment=A=\\\
#^^^^^^^^^^ key
#             ^^ escape
#               ^ joint
 Type=exec
#^^^^ !key
Type=exec
#^^^ key`,
  "what looks like a header or a key in a value is value": String.raw`
ExecStart=/bin/a --opt=val \
#                ^^^^^ option
[Service]
#^^^^^^^^ value
#^^^^^^^^ !section
[Service]
#^^^^^^^^ section`,
  "an empty line ends a value": String.raw`
ExecStart=/bin/a \

[Install]
#^^^^^^^ section`,
  "a line without a key goes on as well": String.raw`
garbage \
#       ^ joint
[Service]
#^^^^^^^ !section
[Service]
#^^^^^^^ section`,
  "command lines": String.raw`
ExecStart=-@/bin/a%i a "b c ${"${"}D}" $E f$G -v 'h \x41' ; \;
#         ^^ prefix
#           ^^^^^^ program
#                 ^^ specifier
#                      ^^^^^^^^^^ quoted
#                           ^^^^ variable
#                                 ^^ variable
#                                     ^^ !variable
#                                        ^^ option
#                                           ^^^ quoted
#                                              ^^^^ escape
#                                                    ^ separator
#                                                      ^^ escape`,
  "a quote goes on in the next line, and ends with the value": String.raw`
ExecStart=/bin/a "b \
 c" d
#^^ quoted
#   ^ !quoted
ExecStart=/bin/a "b
Type=exec
#^^^ key
#^^^^^^^^ !quoted`,
  values: `
RestartSec=5min 20s
#          ^ number
#           ^^^ unit
#               ^^ !value
MemoryMax=1.5G
#         ^^^ number
#            ^ unit
CPUQuota=20%
#          ^ unit
RemainAfterExit=yes
#               ^^^ boolean
Description=Bob's yes
#              ^^ !quoted
#                 ^^^ !boolean
After=a@%i.service
#       ^^ specifier`,
  "placeholders of other tools": `
ExecStart=@BINDIR@/a {{ b c }} %i {% d %} <% e %>
#         ^^^^^^^^ template
#         ^ !prefix
#                 ^^ program
#                    ^^^^^^^^^ template
#                              ^^ specifier
#                                 ^^^^^^^ template
#                                         ^^^^^^^ template
{% if f %}
#^^^^^^^^^ template
@NAME@Sec=5
#^^^^^ template
#     ^^^ key`,
  "text before a key that is not ASCII": `
Description=ä😀 %n
#               ^^ specifier`,
};

test("unit files in VS Code's tokenizer", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const tokenize = await createTokenizer();
  for (const [name, fixture] of Object.entries(cases)) {
    await t.test(name, () => {
      const { text, marks } = readFixture(fixture);
      const tokens = tokenize(text);
      assert.ok(marks.length > 0);
      for (const mark of marks) assert.equal(judge(tokens, mark), "as it should be", mark.words);
    });
  }
});

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
