// The document of a page: nothing runs or loads in it but its own script and style sheet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageHtml } from "./page-html.ts";

const html = pageHtml({
  language: "en",
  title: `</title><script>"&'`,
  script: "https://files/page.js?a&b",
  style: "https://files/page.css",
  nonce: "n0nce",
});

test("only what carries the nonce may run or style", () => {
  assert.match(html, /content="default-src 'none'; script-src 'nonce-n0nce'; style-src 'nonce-n0nce'"/);
  assert.equal([...html.matchAll(/nonce="n0nce"/g)].length, 2);
  assert.equal([...html.matchAll(/<script/g)].length, 1);
  assert.match(html, /<script nonce="n0nce" src="https:\/\/files\/page\.js\?a&amp;b"><\/script>/);
  assert.match(html, /<link rel="stylesheet" nonce="n0nce" href="https:\/\/files\/page\.css">/);
  assert.doesNotMatch(html, /<style|style=|javascript:|\son\w+=/);
});

test("a title is text, whatever is in it", () => {
  assert.ok(html.includes("<title>&lt;/title&gt;&lt;script&gt;&quot;&amp;&#39;</title>"));
});
