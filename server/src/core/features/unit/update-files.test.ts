// Features in files of systemd-sysupdate: what is offered, explained, linked, coloured and outlined; `$0` is the caret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { updateCaret } from "../../../../../test/support/update-caret.ts";
import { checkUpdate } from "../../checks/transfer/check-updates.ts";
import { parseUnitFile } from "../../model/unit-file.ts";
import { updateContext } from "../../model/update-context.ts";
import { locateUpdate } from "../../model/update-location.ts";
import type { Completion } from "../completion.ts";
import { completeUnit } from "./complete.ts";
import { formatUnit } from "./format.ts";
import { highlightsInUnit } from "./highlight.ts";
import { hoverUnit } from "./hover.ts";
import { hintsInUnit } from "./inlay-hints.ts";
import { linksIn } from "./links.ts";
import { outlineOfUnit } from "./outline.ts";
import { selectionsInUnit } from "./selection.ts";
import { tokensOfUnit } from "./semantic-tokens.ts";

type Caret = Parameters<typeof updateCaret>;

async function offered(...args: Caret): Promise<readonly Completion[]> {
  const { file, offset, context } = updateCaret(...args);
  return completeUnit(file, offset, context);
}

async function labels(...args: Caret): Promise<string[]> {
  return (await offered(...args)).map(({ label }) => label);
}

/** Checks the text after the completion with this label was taken. */
function takes(label: string, before: string, after: string, ...around: [string?, Caret[2]?]): void {
  test(`"${label}" is put in ${JSON.stringify(before)}`, async () => {
    const { text } = updateCaret(before, ...around);
    const found = (await offered(before, ...around)).find((completion) => completion.label === label);
    assert.ok(found, `"${label}" is not offered`);
    assert.equal(text.slice(0, found.span.start) + found.text + text.slice(found.span.end), after);
  });
}

const feature = "usr/lib/sysupdate.d/desktop.feature";
const features = { [feature]: "[Feature]\nDescription=The *desktop*\n", "etc/sysupdate.d/bare.feature": "[Feature]\n" };

takes("[Target]", "[Source]\n[$0\n", "[Source]\n[Target]\n");
takes("MatchPattern", "[Source]\nMat$0\n", "[Source]\nMatchPattern=\n");
takes("InstancesMax", "[Target]\n$0", "[Target]\nInstancesMax=");
takes("url-file", "[Source]\nType=$0\n", "[Source]\nType=url-file\n");
takes("partition", "[Target]\nType=$0\n", "[Target]\nType=partition\n");
takes("no", "[Transfer]\nVerify=$0\n", "[Transfer]\nVerify=no\n");
takes("@v", "[Source]\nMatchPattern=demo-@$0.raw\n", "[Source]\nMatchPattern=demo-@v.raw\n");
takes("@l", "[Target]\nMatchPattern=a_@v \\\n  b_@v+@$0\n", "[Target]\nMatchPattern=a_@v \\\n  b_@v+@l\n");
takes("%a", "[Source]\nMatchPattern=demo-@v-%$0.raw\n", "[Source]\nMatchPattern=demo-@v-%a.raw\n");
takes("desktop", "[Transfer]\nFeatures=bare $0\n", "[Transfer]\nFeatures=bare desktop\n", undefined, features);
takes("yes", "[Feature]\nEnabled=$0\n", "[Feature]\nEnabled=yes\n", feature);
takes(
  "x86-64",
  "[Component]\nSuggestOnArchitecture=!$0\n",
  "[Component]\nSuggestOnArchitecture=!x86-64\n",
  "etc/sysupdate.demo.component",
);

test("each kind of file has its own sections and settings", async () => {
  assert.deepEqual(
    (await labels("[Transfer]\n\n$0")).filter((label) => label.startsWith("[")),
    ["[Source]", "[Target]", "[Transfer]"],
  );
  assert.deepEqual(await labels("[$0\n", "etc/sysupdate.demo.component"), ["[Component]"]);
  assert.deepEqual(await labels("[$0\n", "etc/sysupdate.d/a.feature.d/b.conf"), ["[Feature]"]);
  assert.ok(!(await labels("[Source]\n$0")).includes("InstancesMax"));
  assert.deepEqual(await labels("[Unit]\n$0"), ["[Transfer]", "[Source]", "[Target]"]);
});

test("a target of units has no settings of transfers", () => {
  const { entries } = parseUnitFile("[Target]\nPath=relative\n", { type: "target" });
  assert.equal(entries[0]?.setting, undefined);
});

test("a wildcard is offered with what it stands for, and a feature with its description", async () => {
  const wildcard = (await offered("[Target]\nMatchPattern=a-@v-@$0\n")).find(({ label }) => label === "@m");
  assert.deepEqual([wildcard?.kind, wildcard?.detail], ["variable", "the permission bits of the file (regular-file)"]);
  const named = (await offered("[Transfer]\nFeatures=$0\n", undefined, features)).map(
    ({ label, detail }) => `${label}: ${detail}`,
  );
  assert.deepEqual(named, ["bare: ", "desktop: The *desktop*"]);
});

const places = {
  transfer: ["etc/sysupdate.app.d/50-tool.transfer", "etc/sysupdate.d/50-tool.transfer", "etc/sysupdate.d/a.conf"],
  feature: [feature],
  component: ["etc/sysupdate.app.component"],
};

for (const [kind, paths] of Object.entries(places)) {
  for (const path of paths) {
    test(`an empty ${path} is offered a whole ${kind}, in which nothing is wrong`, async () => {
      const snippets = (await offered("# mine\n\n$0", path)).filter(({ kind: what }) => what === "snippet");
      assert.ok(snippets.length > 0);
      for (const { snippet, text, label } of snippets) {
        assert.equal(snippet, true);
        const location = locateUpdate(path);
        const filled = fillIn(text);
        const file = parseUnitFile(filled, { type: location?.kind ?? "transfer" });
        const findings = checkUpdate(file, path, updateContext(location)).filter(({ severity }) =>
          ["error", "warning"].includes(severity),
        );
        assert.deepEqual(findings, [], `${label}:\n${filled}`);
      }
    });
  }
}

/** A snippet with the text that it proposes, in all places of the same number. */
function fillIn(snippet: string): string {
  const texts = new Map<string, string>();
  const first = snippet.replaceAll(/\$\{(\d)(?::([^}]*)|\|([^,|]*)[^}]*\|)\}/g, (_, number, text, choice) => {
    texts.set(number, text ?? choice);
    return text ?? choice;
  });
  return first.replaceAll(/\$(\d)/g, (_, number) => texts.get(number) ?? "");
}

test("a whole transfer is called after its component, else after its file", async () => {
  const textOf = async (path: string) => (await offered("$0", path)).find(({ kind }) => kind === "snippet")?.text ?? "";
  assert.match(await textOf("etc/sysupdate.app.d/50-tool.transfer"), /\$\{3:app\}-@v/);
  assert.match(await textOf("etc/sysupdate.d/50-tool.transfer"), /\$\{3:tool\}-@v/);
  assert.match(await textOf("etc/sysupdate.d/50-to$}ol.transfer"), /\$\{3:demo\}-@v/);
  assert.match(await textOf("etc/sysupdate.d/a.feature.d/b.conf"), /^\[Feature\]\nEnabled=/);
});

/** Checks which word is explained, and how. */
function explains(marked: string, word: string, markdown: RegExp, ...around: [string?, Caret[2]?]): void {
  test(`"${word}" is explained in ${JSON.stringify(marked)}`, () => {
    const { text, file, offset, context } = updateCaret(marked, ...around);
    const hover = hoverUnit(file, offset, context);
    assert.equal(hover && text.slice(hover.span.start, hover.span.end), word);
    assert.match(hover?.markdown ?? "", markdown);
  });
}

explains("[Tar$0get]\n", "Target", /Where versions are stored/);
explains("[Comp$0onent]\n", "Component", /set of transfers/, "etc/sysupdate.demo.component");
explains("[Source]\nMatchPattern$0=@v\n", "MatchPattern", /man\/latest\/sysupdate\.d\.html#MatchPattern=\)$/);
explains("[Transfer]\nFeatures$0=a\n", "Features", /Requires systemd 257 or later\./);
explains("[Source]\nMatchPattern=demo-@$0v.raw\n", "@v", /^`@v`: the version/);
explains("[Source]\nMatchPattern=demo-@v-%$0a.raw\n", "%a", /architecture/);
explains("[Target]\nMode=06$044\n", "0644", /rw-r--r--/);
explains("[Target]\nPath=au$0to\n", "auto", /root file system/);
explains("[Transfer]\nFeatures=bare desk$0top\n", "desktop", /^`desktop`: The \\\*desktop\\\*$/, undefined, features);
explains("[Transfer]\nFeatures=ot$0her\n", "other", /no file defines this feature/, undefined, features);

test("what hosts are like is put in for specifiers, where the extension around says so", () => {
  const release = new Map([
    ["ID", "fedora"],
    ["VERSION_ID", "42"],
    ["ARCHITECTURE", "_any"],
  ]);
  const extensions = [{ name: "demo", class: "sysext", release, own: true }] as const;
  const { file, context, text } = updateCaret(
    "[Source]\nMatchPattern=$0demo-@v-%w-%a-%o\n",
    undefined,
    {},
    { extensions },
  );
  const hints = hintsInUnit(file, { start: 0, end: text.length }, context).map(({ label }) => label);
  assert.deepEqual(hints, ["42", "fedora"]);
});

test("addresses that are written out can be followed", () => {
  const { file } = updateCaret(
    "[Transfer]\nChangeLog=https://a.example/@v\nAppStream=https://b.example\n[Source]\nPath=https://c.example/x$0\n[Target]\nPath=/usr/lib/x\n",
  );
  assert.deepEqual(
    linksIn(file).map((link) => (link.kind === "page" ? link.target : link.path)),
    ["https://b.example", "https://c.example/x", "usr/lib/x"],
  );
});

test("parts of patterns have colours of their own", () => {
  const { file, text } = updateCaret("[Source]$0\nMatchPattern=a@@b-@v-%a\n[Transfer]\nFeatures=a\nVerify=no\n");
  const tokens = tokensOfUnit(file).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);
  for (const token of ["class Source", "regexp @@", "variable @v", "macro %a", "type a", "keyword no"]) {
    assert.ok(tokens.includes(token), `${token} is none of ${tokens.join(", ")}`);
  }
});

test("outline, selection, highlights and formatting are those of units", () => {
  const { file, offset, text } = updateCaret("[Transfer]\nFeatures = a  b\n\n\n[Source]\nMatchPattern=x-@$0v\n");
  assert.deepEqual(
    outlineOfUnit(file).map((entry) => [entry.name, "children" in entry ? entry.children.map(({ name }) => name) : []]),
    [
      ["Transfer", ["Features"]],
      ["Source", ["MatchPattern"]],
    ],
  );
  assert.deepEqual(
    selectionsInUnit(file, offset)
      .slice(0, 3)
      .map(({ start, end }) => text.slice(start, end)),
    ["@v", "x-@v", "MatchPattern=x-@v"],
  );
  assert.equal(formatUnit(file).length, 3);
});

test("all mentions of a feature are highlighted", () => {
  const { file, offset } = updateCaret("[Transfer]\nFeatures=a b\nRequisiteFeatures=a$0\n");
  assert.equal(highlightsInUnit(file, offset).length, 2);
});
