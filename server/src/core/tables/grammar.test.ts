// Holds the grammar's keys to the table of keys: those that systemd acts on are coloured apart from all others.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findReleaseField, releaseFieldNames } from "./find-release-field.ts";

interface Rule {
  readonly begin?: string;
  readonly match?: string;
  readonly end?: string;
}

const file = new URL("../../../../syntaxes/sysext-release.tmLanguage.json", import.meta.url);
const { repository } = JSON.parse(readFileSync(file, "utf8")) as {
  readonly repository: Readonly<Record<string, Rule>>;
};

/** A pattern of the grammar; the editor's own sign for the place where it goes on has no counterpart here. */
function pattern(source: string | undefined): RegExp {
  assert.ok(source);
  return new RegExp(source.replaceAll("\\G", ""));
}

test("every pattern of the grammar is one", () => {
  for (const { begin, match, end } of Object.values(repository)) {
    for (const source of [begin, match, end]) if (source !== undefined) pattern(source);
  }
});

test("keys that systemd acts on are coloured apart", () => {
  const begin = pattern(repository["assignment"]?.begin);
  for (const name of [...releaseFieldNames, "VENDOR_KEY"]) {
    const [, , acted, other] = begin.exec(`${name}=x`) ?? [];
    const field = findReleaseField(name);
    const acts = field !== undefined && (field.matching || name.startsWith("EXTENSION_"));
    assert.equal(acts ? acted : other, name);
  }
});

test("comments, words that export, odd keys and lines without a key are told apart", () => {
  const begin = pattern(repository["assignment"]?.begin);
  const comment = pattern(repository["comment"]?.match);
  const noise = pattern(repository["line-without-equals"]?.match);
  for (const line of ["# ID=x", " ; x"]) assert.ok(comment.test(line) && !begin.test(line) && !noise.test(line), line);
  assert.equal(begin.exec("export ID=x")?.[1], "export");
  assert.equal(begin.exec("MY KEY = x")?.[4], "MY KEY");
  assert.ok(noise.test("hello") && !begin.test("hello"));
});
