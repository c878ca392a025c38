import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCommands } from "./command-line.ts";
import { findShellSyntax } from "./shell-syntax.ts";

/** What is found in a command line, each as `severity text`. */
function found(text: string): string[] {
  return parseCommands(text).flatMap((command) =>
    findShellSyntax(command).map(({ start, end, severity }) => `${severity} ${text.slice(start, end)}`),
  );
}

test("warns of what no program reads by itself", () => {
  assert.deepEqual(found("/bin/a && /bin/b"), ["warning &&"]);
  assert.deepEqual(found("/bin/a | /bin/b || c"), ["warning |", "warning ||"]);
  assert.deepEqual(found("/bin/a > /x 2>&1"), ["warning >", "warning 2>&1"]);
  assert.deepEqual(found("/bin/a >>/x 2>/y </z &>/w"), ["warning >>/x", "warning 2>/y", "warning </z", "warning &>/w"]);
  assert.deepEqual(found("/bin/a b &"), ["warning &"]);
});

test("says of the rest that systemd leaves it as it is", () => {
  assert.deepEqual(found("/bin/rm /a/* ~/b `c` $(d)"), ["info *", "info ~", "info `c`", "info $(d)"]);
  assert.deepEqual(found("/bin/a b; /bin/c"), ["info b;"]);
  assert.deepEqual(found(`/bin/a \${B:-c} --d=$E`), [`info \${B:-c}`, "info $E"]);
});

test("leaves alone what a shell reads", () => {
  for (const text of [
    '/bin/sh -c "a && b > c; d* &"',
    "/bin/bash -ec a && b",
    "|a && b > c",
    "/usr/bin/env sh -c a | b",
  ]) {
    assert.deepEqual(found(text), [], text);
  }
});

test("leaves alone what is quoted or escaped, and what only looks alike", () => {
  for (const text of [
    '/bin/a "&&" \'|\' ">" "a;" "/x/*"',
    "/usr/bin/find / -exec rm {} \\;",
    "/usr/bin/[ a > b ]",
    "/usr/bin/expr 1 | 2",
    "/usr/bin/find /a -path /a/*",
    "/usr/bin/awk '{print $1}'",
    "/bin/a x>=1 a&b & b -- - <> a=~",
    "/bin/a $HOME $$HOME",
    ":/bin/a --b=$C",
    "/bin/a *.conf 5> =>",
  ]) {
    assert.deepEqual(
      found(text).filter((line) => line !== "warning 5>"),
      [],
      text,
    );
  }
});
