// Holds what only the client has to keep to: names in globs, and pages whose markup, style and script are files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageNames } from "../../client/src/pages/page-names.ts";
import { productFiles } from "./imports.ts";
import { projectFiles, projectHas, readProjectFile } from "./project.ts";

const client = productFiles.filter((file) => file.startsWith("client/"));

test("names become glob patterns in one place, where they are escaped", () => {
  const naming = client.filter((file) => /\bRelativePattern\b/.test(readProjectFile(file)));
  assert.deepEqual(naming, ["client/src/watch-files.ts"]);
});

test("no markup, style or script stands in a string: the document of pages is the only one", () => {
  const written = client.filter((file) => {
    const text = readProjectFile(file).replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, "");
    return /<(style|script|div|span|table|ul|p|h1|button)\b|\bstyle="|\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|acquireVsCodeApi\(/i.test(
      text,
    );
  });
  assert.deepEqual(written, ["client/src/pages/browser/connect.ts", "client/src/pages/page-html.ts"]);
  const document = readProjectFile("client/src/pages/page-html.ts");
  assert.match(document, /<script nonce="[^"]*" src="[^"]*"><\/script>/);
  assert.doesNotMatch(document, /<style|style=/);
});

test("every page has its entry, its style sheet and its messages, and is in the table of pages", () => {
  const folders = projectFiles(/^client\/src\/\w+\/page\//).map((file) => file.split("/")[2] ?? "");
  assert.deepEqual([...new Set(folders)].sort(), [...pageNames].sort());
  for (const name of pageNames) {
    for (const file of ["main.ts", "page.css", "messages.ts"]) {
      assert.ok(projectHas(`client/src/${name}/page/${file}`), `${name}/page/${file}`);
    }
    const style = readProjectFile(`client/src/${name}/page/page.css`);
    assert.match(style, /^@import "\.\.\/\.\.\/pages\/browser\/theme\.css";$/m, name);
  }
});

test("style sheets load nothing and have the colours of the theme", () => {
  for (const file of projectFiles(/^client\/.*\.css$/)) {
    const style = readProjectFile(file).replaceAll(/^@import "\.\.\/\.\.\/pages\/browser\/theme\.css";$/gm, "");
    assert.doesNotMatch(style, /@import|url\(|https?:/, file);
    // A colour of its own is what counts where a theme has none.
    const colours = style.replaceAll(/var\((?:[^()]|\([^()]*\))*\)/g, "").match(/#[0-9a-f]{3,8}\b|\brgba?\(/gi);
    assert.deepEqual(colours ?? [], [], file);
  }
});

test("what panels let go on in the background is caught in one place", () => {
  const pages = client.filter((file) => /^client\/src\/(overview|compare|verdicts|updates|pages)\/[^/]+$/.test(file));
  const loose = pages.filter((file) => /\bvoid (?!undefined\b)[\w.]+\(/.test(readProjectFile(file)));
  assert.deepEqual(loose, []);
});
