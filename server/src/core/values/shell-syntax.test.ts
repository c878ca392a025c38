// biome-ignore-all lint/suspicious/noTemplateCurlyInString: systemd's variables are written like this
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertReadings } from "../../../../test/support/value-reading.ts";
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

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.ExecStart", {
    "/bin/a x;y": ["path /bin/a"],
    "/bin/a && b": [
      "path /bin/a",
      '7-9 warning unit/exec-shell-syntax: "&&" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
    "/bin/a || b": [
      "path /bin/a",
      '7-9 warning unit/exec-shell-syntax: "||" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
    "/bin/a | b": [
      "path /bin/a",
      '7-8 warning unit/exec-shell-syntax: "|" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
    "/bin/a |& b": [
      "path /bin/a",
      '7-9 warning unit/exec-shell-syntax: "|&" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
    "/bin/a &": [
      "path /bin/a",
      '7-8 warning unit/exec-shell-syntax: "&" is passed as an argument; remove it, because systemd runs services in the background anyway → ',
    ],
    "/bin/a & b": ["path /bin/a"],
    "/bin/a x&& b": ["path /bin/a"],
    "/bin/a > f": [
      "path /bin/a",
      '7-8 warning unit/exec-shell-syntax: ">" is passed as an argument, because systemd does not use a shell; use "StandardOutput=" and related settings, or put the command line into sh -c "…", or remove it',
    ],
    "/bin/a >f": ["path /bin/a"],
    "/bin/a 2>&1": [
      "path /bin/a",
      '7-11 warning unit/exec-shell-syntax: "2>&1" is passed as an argument, because systemd does not use a shell; use "StandardOutput=" and related settings, or put the command line into sh -c "…", or remove it',
    ],
    "/bin/a >> f": [
      "path /bin/a",
      '7-9 warning unit/exec-shell-syntax: ">>" is passed as an argument, because systemd does not use a shell; use "StandardOutput=" and related settings, or put the command line into sh -c "…", or remove it',
    ],
    "/bin/a < f": [
      "path /bin/a",
      '7-8 warning unit/exec-shell-syntax: "<" is passed as an argument, because systemd does not use a shell; use "StandardOutput=" and related settings, or put the command line into sh -c "…", or remove it',
    ],
    "/bin/a &> f": [
      "path /bin/a",
      '7-9 warning unit/exec-shell-syntax: "&>" is passed as an argument, because systemd does not use a shell; use "StandardOutput=" and related settings, or put the command line into sh -c "…", or remove it',
    ],
    "/bin/a x>f": ["path /bin/a"],
    "/bin/test a > b": ["path /bin/test"],
    "/bin/[ a > b": ["path /bin/["],
    "/bin/find && x": ["path /bin/find"],
    "/bin/expr a | b": ["path /bin/expr"],
    "/bin/a ~/x": [
      "path /bin/a",
      '7-8 info unit/exec-shell-syntax: "~" is not expanded here; use the path, or "%h" for the home directory of the manager\'s user',
    ],
    "/bin/a ~": ["path /bin/a"],
    "/bin/a x=~/y": [
      "path /bin/a",
      '9-10 info unit/exec-shell-syntax: "~" is not expanded here; use the path, or "%h" for the home directory of the manager\'s user',
    ],
    "/bin/a --x=~/y": [
      "path /bin/a",
      '11-12 info unit/exec-shell-syntax: "~" is not expanded here; use the path, or "%h" for the home directory of the manager\'s user',
    ],
    "/bin/a ~x": ["path /bin/a"],
    "/bin/a /x/*": [
      "path /bin/a",
      '10-11 info unit/exec-shell-syntax: "/x/*" is passed literally; if the program does not expand patterns itself, put the command line into sh -c "…"',
    ],
    "/bin/a /x/*/y": [
      "path /bin/a",
      '10-11 info unit/exec-shell-syntax: "/x/*/y" is passed literally; if the program does not expand patterns itself, put the command line into sh -c "…"',
    ],
    "/bin/a x/*": ["path /bin/a"],
    "/bin/find /x/*": ["path /bin/find"],
    "/bin/a `b`": [
      "path /bin/a",
      '7-10 info unit/exec-shell-syntax: "`b`" is passed literally, because systemd does not use a shell; put the command line into sh -c "…"',
    ],
    "/bin/a $(b)": [
      "path /bin/a",
      '7-11 info unit/exec-shell-syntax: "$(b)" is passed literally, because systemd does not use a shell; put the command line into sh -c "…"',
    ],
    "/bin/a x`b": ["path /bin/a"],
    "/bin/a $((1))": [
      "path /bin/a",
      '7-12 info unit/exec-shell-syntax: "$((1)" is passed literally, because systemd does not use a shell; put the command line into sh -c "…"',
    ],
    '/bin/a "&&"': ["path /bin/a"],
    "/bin/a \\&\\&": [
      "path /bin/a",
      '7-9 warning unit/exec-escape: "\\&" is not a known escape sequence, so systemd keeps the backslash; use "\\\\&" → \\\\&',
      '9-11 warning unit/exec-escape: "\\&" is not a known escape sequence, so systemd keeps the backslash; use "\\\\&" → \\\\&',
    ],
    "/bin/sh -c && x": ["path /bin/sh"],
    "/bin/sh -c 'a && b' > x": ["path /bin/sh"],
    "/bin/sh && x": [
      "path /bin/sh",
      '8-10 warning unit/exec-shell-syntax: "&&" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
    "/bin/sh -xc && y": ["path /bin/sh"],
    "/bin/sh -x && y": [
      "path /bin/sh",
      '11-13 warning unit/exec-shell-syntax: "&&" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
    "/bin/env sh -c && y": ["path /bin/env"],
    "|a && b": ["operator | = `|`: the user's shell runs the command", "path a"],
    "/bin/a ${A:-b}": [
      "path /bin/a",
      '7-14 info unit/exec-shell-syntax: systemd expands "${A}" but not "${A:-b}"; set a default with "Environment="',
    ],
    "/bin/a ${A-b} ${B#c}": [
      "path /bin/a",
      '7-13 info unit/exec-shell-syntax: systemd expands "${A}" but not "${A-b}"; set a default with "Environment="',
      '14-20 info unit/exec-shell-syntax: systemd expands "${B}" but not "${B#c}"; set a default with "Environment="',
    ],
    "/bin/a $${A:-b}": ["path /bin/a"],
    "/bin/a ${A$$:-b}": ["path /bin/a"],
    "/bin/dash -c && x": ["path /bin/dash"],
    "/bin/ash -c && x": ["path /bin/ash"],
    "/bin/zsh -c && x": ["path /bin/zsh"],
    "/bin/ksh -c && x": ["path /bin/ksh"],
    "/bin/mksh -c && x": ["path /bin/mksh"],
    "/bin/fish -c && x": ["path /bin/fish"],
    "/bin/csh -c && x": ["path /bin/csh"],
    "/bin/tcsh -c && x": ["path /bin/tcsh"],
    "/bin/rc -c && x": [
      "path /bin/rc",
      '11-13 warning unit/exec-shell-syntax: "&&" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
    "/bin/a x$A": ["path /bin/a"],
    "/bin/a $A/b": [
      "path /bin/a",
      '7-9 info unit/exec-shell-syntax: "$A" is expanded only as a separate word; use "${A}" within a word → ${A}',
    ],
    "/bin/a x=$A": [
      "path /bin/a",
      '9-11 info unit/exec-shell-syntax: "$A" is expanded only as a separate word; use "${A}" within a word → ${A}',
    ],
    "/bin/a a:$A": [
      "path /bin/a",
      '9-11 info unit/exec-shell-syntax: "$A" is expanded only as a separate word; use "${A}" within a word → ${A}',
    ],
    "/bin/a a,$A": [
      "path /bin/a",
      '9-11 info unit/exec-shell-syntax: "$A" is expanded only as a separate word; use "${A}" within a word → ${A}',
    ],
    "/bin/a $a/b": ["path /bin/a"],
    "/bin/a $A": ["path /bin/a", "variable $A = `$A`: the words of its value, or none if it is not set"],
    "/bin/a x/$$A": ["path /bin/a"],
    "/bin/a x/$Ab": ["path /bin/a"],
    ":/bin/a x=$A": ["operator : = `:`: variables are not replaced", "path /bin/a"],
    ":/bin/a ${A:-b}": ["operator : = `:`: variables are not replaced", "path /bin/a"],
    "/bin/a ;;": ["path /bin/a"],
    "/bin/a {a,b}": ["path /bin/a"],
    "/bin/a /x?": ["path /bin/a"],
    "/bin/a 1> f": [
      "path /bin/a",
      '7-9 warning unit/exec-shell-syntax: "1>" is passed as an argument, because systemd does not use a shell; use "StandardOutput=" and related settings, or put the command line into sh -c "…", or remove it',
    ],
    "/bin/a <<EOF": ["path /bin/a"],
    "/bin/a -- >": [
      "path /bin/a",
      '10-11 warning unit/exec-shell-syntax: ">" is passed as an argument, because systemd does not use a shell; use "StandardOutput=" and related settings, or put the command line into sh -c "…", or remove it',
    ],
    "/bin/a -c && x": [
      "path /bin/a",
      '10-12 warning unit/exec-shell-syntax: "&&" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
    "/bin/bash -lc && y": ["path /bin/bash"],
    "/bin/a sh -c && b": ["path /bin/a"],
    "/bin/a sh && -c": [
      "path /bin/a",
      '10-12 warning unit/exec-shell-syntax: "&&" is passed as an argument, because systemd does not use a shell; put the command line into sh -c "…", or remove it',
    ],
  });
});
