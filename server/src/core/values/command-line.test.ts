import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, parseCommands, shellWords } from "./command-line.ts";

function only(text: string): Command {
  const [command, ...others] = parseCommands(text);
  assert.ok(command !== undefined && others.length === 0, text);
  return command;
}

function signsOf({ prefixes }: Command): string[] {
  return prefixes.map(({ sign, at }) => `${sign}${at}`);
}

test("takes the signs before the path off, in any order", () => {
  const command = only("-@:+/usr/bin/demo demo -v");
  assert.deepEqual(signsOf(command), ["-0", "@1", ":2", "+3"]);
  assert.equal(command.path.text, "/usr/bin/demo");
  assert.equal(command.path.start, 4);
  assert.equal(command.calledAs?.text, "demo");
  assert.deepEqual(
    command.arguments.map(({ text }) => text),
    ["-v"],
  );
});

test("takes two exclamation marks for one sign", () => {
  assert.deepEqual(signsOf(only("!!/bin/a")), ["!!0"]);
  assert.deepEqual(signsOf(only("-!!/bin/a")), ["-1", "!!1"].with(0, "-0"));
  assert.deepEqual(signsOf(only("!/bin/a")), ["!0"]);
});

test("leaves a sign that may not come again in the path", () => {
  for (const [text, path] of [
    ["--/bin/a", "-/bin/a"],
    ["+!/bin/a", "!/bin/a"],
    ["!!!/bin/a", "!/bin/a"],
    ["!!+/bin/a", "+/bin/a"],
    ["::/bin/a", ":/bin/a"],
  ] as const) {
    assert.equal(only(text).path.text, path, text);
  }
});

test("splits commands at a semicolon that stands by itself and is not quoted", () => {
  const paths = (text: string) => parseCommands(text).map(({ path }) => path.text);
  assert.deepEqual(paths("/bin/a x ; /bin/b ; /bin/c"), ["/bin/a", "/bin/b", "/bin/c"]);
  assert.deepEqual(paths("; ; /bin/a ;"), ["/bin/a"]);
  assert.deepEqual(paths("/bin/a x; y"), ["/bin/a"]);
  assert.equal(parseCommands("/bin/a ; /bin/b")[0]?.semicolon, 7);
  const words = (text: string) => only(text).arguments.map((word) => word.text);
  assert.deepEqual(words('/bin/a ";" x'), [";", "x"]);
  assert.deepEqual(words("/bin/a \\; x"), [";", "x"]);
});

test("removes quotes and reads escapes, and keeps what is written", () => {
  const [first, second] = only("/bin/a \"b c\"'d' \\x41\\n").arguments;
  assert.deepEqual([first?.text, first?.written], ["b cd", "\"b c\"'d'"]);
  assert.deepEqual([second?.text, second?.start, second?.end], ["A\n", 16, 22]);
});

test("finds the variables that systemd replaces", () => {
  const variables = (text: string) =>
    only(text).arguments.flatMap(({ variables: uses }) =>
      uses.map(({ name, start, end, splits }) => [name, text.slice(start, end), splits]),
    );
  assert.deepEqual(variables(`/bin/a $ONE x\${TWO}y\${THREE} "$FOUR"`), [
    ["ONE", "$ONE", true],
    ["TWO", "${" + "TWO}", false],
    ["THREE", "${" + "THREE}", false],
    ["FOUR", "$FOUR", true],
  ]);
  assert.deepEqual(variables(`/bin/a x$ONE $$TWO $\${THREE} \${FOUR:-x} $5 \${}`), []);
  assert.deepEqual(variables(`:/bin/a $ONE \${TWO}`), []);
  assert.deepEqual(only(`/bin/\${ONE}`).path.variables, []);
});

test("says which arguments a shell reads", () => {
  const read = (text: string) => shellWords(only(text)).map((word) => word.text);
  assert.deepEqual(read('/bin/sh -c "a > b" c'), ["a > b", "c"]);
  assert.deepEqual(read("/usr/bin/env FOO=1 bash -lc x"), ["x"]);
  assert.deepEqual(read("|a b"), ["b"]);
  assert.deepEqual(read("/bin/sh script > x"), []);
  assert.deepEqual(read("/bin/grep -c x"), []);
});

test("reads any text in time that grows with its length", () => {
  for (const text of ["", ";", "\\", '"', "'", "!", "@", "-", "$", "${", "a".repeat(100_000), "; ".repeat(50_000)]) {
    assert.ok(parseCommands(text).length <= 1, text.slice(0, 10));
  }
});
