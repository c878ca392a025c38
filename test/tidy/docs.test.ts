// Holds the pages to the project: links lead somewhere, commands exist, invariants name tests, dependencies have reasons.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { projectFiles, projectHas, readProjectFile, readProjectJson } from "./project.ts";

const pages = projectFiles(/\.md$/);

/** The part of a page from a heading of level two to the next. */
function section(page: string, heading: string): string {
  const text = readProjectFile(page)
    .split(/^## /m)
    .find((part) => part.startsWith(`${heading}\n`));
  assert.ok(text, `${page} has no section "${heading}"`);
  return text;
}

/** Links of a Markdown text as [words, target] pairs; code is no link. */
function linksOf(text: string): [string, string][] {
  const prose = text.replaceAll(/```[\s\S]*?```/g, "").replaceAll(/(`+)[^`]*?\1/g, "");
  return [...prose.matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, words = "", target = ""]) => [words, target]);
}

test("every relative link of a page leads to a file", () => {
  const dead = pages.flatMap((page) =>
    linksOf(readProjectFile(page))
      .filter(([, target]) => !/^([a-z]+:|#)/.test(target))
      .filter(([, target]) => !projectHas(path.join(path.dirname(page), decodeURI(target.replace(/#.*/, "")))))
      .map(([, target]) => `${page}: ${target}`),
  );
  assert.deepEqual(dead, []);
});

test("every command that README and CONTRIBUTING show exists", () => {
  const { scripts } = readProjectJson<{ scripts: Record<string, string> }>("package.json");
  const commands = ["README.md", "CONTRIBUTING.md"].flatMap((page) =>
    [...readProjectFile(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
      block.trim().split("\n"),
    ),
  );
  assert.ok(commands.length > 0);
  for (const command of commands) {
    const [program = "", ...words] = command.replace(/ +#.*/, "").split(" ");
    const script = program === "npm" ? (words[0] === "run" ? words[1] : words[0]) : undefined;
    const known = script !== undefined ? script in scripts : /^(git|sysext)$/.test(program) || projectHas(program);
    assert.ok(known, `"${command}" does not exist`);
  }
});

/** The titles of a file's tests as they are written; "…" stands for what a title is put together with. */
function titlesOf(source: string): string[] {
  const written = /\b(?:test|step)\(\s*(?:t,\s*)?(?:page,\s*)?("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)/g;
  return [...source.matchAll(written)].map(([, literal = ""]) => literal.slice(1, -1).replaceAll(/\$\{[^}]*\}/g, "…"));
}

test("each invariant names tests that exist", () => {
  const invariants = section("ARCHITECTURE.md", "Invariants")
    .split(/^\d+\. /m)
    .slice(1);
  assert.equal(invariants.length, 10);
  for (const invariant of invariants) {
    const tests = linksOf(invariant).filter(([, target]) => /\.(test|mocha)\.ts$/.test(target));
    assert.ok(tests.length > 0, `No test is named for: ${invariant}`);
    for (const [name, file] of tests) {
      assert.ok(titlesOf(readProjectFile(file)).includes(name), `${file} has no test "${name}"`);
    }
  }
});

test("each dependency has its reason", () => {
  const { dependencies = {}, devDependencies = {} } =
    readProjectJson<Record<string, Record<string, string>>>("package.json");
  assert.deepEqual(dependencies, {}, "what runs in the editor is bundled, so nothing is installed beside it");
  const reasons = section("ARCHITECTURE.md", "Dependencies");
  assert.deepEqual(
    Object.keys(devDependencies).filter((name) => !reasons.includes(`\`${name}\``)),
    [],
  );
});

test("each room that ARCHITECTURE shows is there, and each that is there is shown", () => {
  const map = section("ARCHITECTURE.md", "Code map");
  const folders = new Set(projectFiles(/\//).map((file) => file.split("/")[0] ?? ""));
  assert.deepEqual(
    [...folders].filter((folder) => !folder.startsWith(".") && !map.includes(`\`${folder}/`)),
    [],
  );
  const shown = [...map.matchAll(/`([\w./-]+\/)`/g)].map(([, folder = ""]) => folder);
  assert.deepEqual(
    shown.filter((folder) => !projectHas(folder)),
    [],
  );
});
