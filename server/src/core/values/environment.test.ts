import assert from "node:assert/strict";
import { test } from "node:test";
import { assertReadings, piecesIn, readSetting, repair } from "../../../../test/support/value-reading.ts";

test("says of words behind an assignment that they belong in quotes", () => {
  const [fault] = readSetting("Service.Environment", "GREETING=hello world").faults;
  assert.match(fault?.message ?? "", /needs quotes/);
});

test("repairs names of variables", () => {
  assert.equal(repair("Service.PassEnvironment", `A=b $C \${D}`), "A C D");
  assert.equal(repair("Service.PassEnvironment", "A,B"), "A B");
  assert.equal(repair("Service.Environment", "A=\\d"), "A=\\\\d");
});

test("says what the shell's word before a name is, and only there", () => {
  const message = (text: string) => readSetting("Service.Environment", text).faults[0]?.message ?? "";
  assert.match(message('"export A=1"'), /a shell keyword; use "A="/);
  assert.match(message('"export A\nB=1"'), /cannot be the name/);
  assert.match(message('"exported A=1"'), /cannot be the name/);
});

test("colours names, in quotes and outside", () => {
  assert.deepEqual(piecesIn("Service.Environment", `A=b "C=d e" F='g'`), ["variable A", "variable C", "variable F"]);
  assert.deepEqual(piecesIn("Service.PassEnvironment", "A B"), ["variable A", "variable B"]);
});

test("passes over what depends on a specifier", () => {
  assert.deepEqual(readSetting("Service.Environment", "%p=x A=%i").faults, []);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.Environment", {
    "A=1": ["variable A"],
    "A=1 B=2": ["variable A", "variable B"],
    A: ['0-1 unit/environment-entry: "A" has no "=", so systemd drops it; use "A=" and the value'],
    "=1": ['0-2 unit/environment-entry: "=1" has no name before "=", so systemd drops it; add one'],
    "1A=x": [
      '0-4 unit/environment-entry: "1A" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "a-b=x": [
      '0-5 unit/environment-entry: "a-b" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "a b": [
      '0-1 unit/environment-entry: "a" has no "=", so systemd drops it; use "a=" and the value',
      '2-3 unit/environment-entry: "b" has no "=", so systemd drops it; use "b=" and the value',
    ],
    '"A=1 2"': ["variable A"],
    "'A=1'": ["variable A"],
    "A=1 two": [
      "variable A",
      '4-7 unit/environment-entry: "two" has no "=", so systemd drops it; a value with spaces needs quotes, such as "A=1 …" as a whole',
    ],
    "export A=1": [
      "variable A",
      '0-6 unit/environment-entry: "export" has no "=", so systemd drops it; a value with spaces needs quotes, such as "A=1 …" as a whole',
    ],
    '"export A=1"': ['0-12 unit/environment-entry: "export A=1" begins with a shell keyword; use "A=" and the value'],
    '"A=1': [
      '0-4 unit/unbalanced-quotes: the quote in "A=1" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    "A=\\q": [
      '2-4 unit/exec-escape: unknown escape sequence "\\q", so systemd ignores the setting; use "\\\\q" for a backslash → \\\\q',
    ],
    "A=\\x41": ["variable A"],
    "%i=1": ["specifier %i = `%i`: …"],
    "A%i": ["specifier %i = `%i`: …"],
    "%i": ["specifier %i = `%i`: …"],
    "A=%i": ["variable A", "specifier %i = `%i`: …"],
    "\\x41=1": [],
    "A\\x42=1": [],
    "A=b=c": ["variable A"],
    "_a9=": ["variable _a9"],
    "A-": ['0-2 unit/environment-entry: "A-" has no "=", so systemd drops it; use "NAME=" and the value'],
    "A=1 -": [
      "variable A",
      '4-5 unit/environment-entry: "-" has no "=", so systemd drops it; a value with spaces needs quotes, such as "A=1 …" as a whole',
    ],
    "=%i": [
      "specifier %i = `%i`: …",
      '0-3 unit/environment-entry: "=%i" has no name before "=", so systemd drops it; add one',
    ],
    '"x export A=1"': [
      '0-14 unit/environment-entry: "x export A" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
  });
  assertReadings("Service.PassEnvironment", {
    "A B": ["variable A", "variable B"],
    "A=1": ['0-3 unit/environment-entry: "A=1" has a value, but only a variable name is valid here; use "A" → A'],
    $A: ['0-2 unit/environment-entry: variable names have no "$" here; use "A" → A'],
    "${A}": ['0-4 unit/environment-entry: variable names have no "$" here; use "A" → A'],
    $1: [
      '0-2 unit/environment-entry: "$1" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "A,B": ['0-3 unit/environment-entry: "A,B" is not a valid name; separate names with spaces: "A B" → A B'],
    "A,1": [
      '0-3 unit/environment-entry: "A,1" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "1A": [
      '0-2 unit/environment-entry: "1A" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "": [],
    "a-b": [
      '0-3 unit/environment-entry: "a-b" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "A\\B": [],
    '"A B"': [
      '0-5 unit/environment-entry: "A B" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "%i": ["specifier %i = `%i`: …"],
    "=1": [
      '0-2 unit/environment-entry: "=1" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "A,": ['0-2 unit/environment-entry: "A," is not a valid name; separate names with spaces: "A" → A'],
    "-=1": [
      '0-3 unit/environment-entry: "-=1" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
  });
  assertReadings("Service.UnsetEnvironment", {
    A: ["variable A"],
    "A=1": ["variable A"],
    "1A=x": [
      '0-4 unit/environment-entry: "1A" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first',
    ],
    "A,B": ['0-3 unit/environment-entry: "A,B" is not a valid name; separate names with spaces: "A B" → A B'],
    "=x": ['0-2 unit/environment-entry: "=x" has no name before "=", so systemd drops it; add one'],
  });
  assertReadings("Service.LogExtraFields", {
    "A=1": ["variable A"],
    "a=1": ['0-3 unit/environment-entry: log field names must be in uppercase, so systemd drops "a=1"; use "A="'],
    A: ['0-1 unit/environment-entry: "A" has no "=", so systemd drops it; use "NAME=value"'],
    "_A=1": [
      '0-4 unit/environment-entry: "_A" cannot be the name of a log field, so systemd drops it; only capital letters, digits and "_" can stand in it, a letter first',
    ],
    "1A=x": [
      '0-4 unit/environment-entry: "1A" cannot be the name of a log field, so systemd drops it; only capital letters, digits and "_" can stand in it, a letter first',
    ],
    "A_1=x": ["variable A_1"],
    "=x": [
      '0-2 unit/environment-entry: "" cannot be the name of a log field, so systemd drops it; only capital letters, digits and "_" can stand in it, a letter first',
    ],
    "é=1": [
      '0-3 unit/environment-entry: "é" cannot be the name of a log field, so systemd drops it; only capital letters, digits and "_" can stand in it, a letter first',
    ],
    "A=1 B": ["variable A", '4-5 unit/environment-entry: "B" has no "=", so systemd drops it; use "NAME=value"'],
  });
});
