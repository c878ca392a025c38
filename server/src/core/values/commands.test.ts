// biome-ignore-all lint/suspicious/noTemplateCurlyInString: systemd's variables are written like this
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  readSetting,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

const setting = "Service.ExecStart";

function severityOf(text: string, systemd?: number): string | undefined {
  return readSetting(setting, text, systemd).faults[0]?.severity;
}

test("calls what makes systemd refuse the unit an error", () => {
  for (const text of ["bin/a", "/bin/a/", "@/bin/a", "++/bin/a", '/bin/a "b'])
    assert.equal(severityOf(text), "error", text);
});

test("calls what only makes systemd pass over the command a warning", () => {
  for (const text of ["-bin/a", "-/bin/a/", "-@/bin/a", "-++/bin/a", '-/bin/a "b', '"/bin/a', "/bin/a \\d"]) {
    assert.equal(severityOf(text), "warning", text);
  }
});

test("repairs what is clearly meant", () => {
  for (const [wrong, right] of [
    ["usr/bin/a b", "/usr/bin/a b"],
    ["- /bin/a b", "-/bin/a b"],
    ["--/bin/a", "-/bin/a"],
    ["+!/bin/a", "+/bin/a"],
    ["!!/bin/a", "/bin/a"],
    ["@/bin/a", "/bin/a"],
    ["/bin/a \\d \\$B", "/bin/a \\\\d $$B"],
    ["/bin/a b; /bin/c", "/bin/a b ; /bin/c"],
    ["/bin/a --b=$C", `/bin/a --b=\${C}`],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("keeps the two exclamation marks where older versions count on them", () => {
  assert.deepEqual(readSetting(setting, "!!/bin/a", 257).faults, []);
});

test("colours the parts of a command", () => {
  assert.deepEqual(piecesIn(setting, `-/bin/a $B "\\n\${C}" %i ; +/bin/d`), [
    "operator -",
    "path /bin/a",
    "variable $B",
    "escape \\n",
    `variable \${C}`,
    "specifier %i",
    "operator ;",
    "operator +",
    "path /bin/d",
  ]);
});

test("says what a variable is", () => {
  const meanings = readSetting("Service.ExecReload", "/bin/kill $MAINPID").pieces.map(({ meaning }) =>
    typeof meaning === "function" ? meaning() : meaning,
  );
  assert.match(meanings.join(), /main process/);
});

test("offers programs, and the signs that may still come before them", () => {
  const first = offerAt(setting, "‸");
  assert.equal(first?.around, "executables");
  assert.deepEqual(textsOf(first), ["@", "-", ":", "+", "!", "|"]);
  assert.deepEqual(textsOf(offerAt(setting, "-+‸")), ["@", ":", "|"]);
  assert.ok(textsOf(offerAt(setting, "‸", 252)).includes("!!"));
  const path = offerAt(setting, "-/usr/bi‸ x");
  assert.deepEqual([path?.replaced, path?.around, path?.choices.length], ["/usr/bi", "executables", 0]);
  assert.equal(offerAt(setting, "/bin/a ; ‸")?.around, "executables");
  assert.equal(offerAt(setting, "/bin/a x ; /usr/bi‸")?.replaced, "/usr/bi");
  assert.equal(offerAt(setting, "/bin/a x ; /usr/bi‸")?.around, "executables");
});

test("offers paths and variables in arguments", () => {
  assert.deepEqual(offerAt(setting, "/bin/a --file=/et‸")?.replaced, "/et");
  assert.equal(offerAt(setting, "/bin/a --file=/et‸")?.around, "paths");
  assert.ok(textsOf(offerAt(setting, "/bin/a $MA‸")).includes("$MAINPID"));
  const braced = offerAt(setting, `/bin/a x\${MA‸}`);
  assert.equal(braced?.replaced, `\${MA}`);
  assert.ok(textsOf(braced).includes(`\${MAINPID}`));
  assert.equal(offerAt(setting, "/bin/a -v‸"), undefined);
});

test("all prefixes before a space are joined to the path", () => {
  assert.equal(repair(setting, "-@ /bin/a x"), "-@/bin/a x");
  assert.equal(repair(setting, "-: /bin/a"), "-:/bin/a");
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.ExecStart", {
    "/bin/a": ["path /bin/a"],
    "-/bin/a b": ["operator - = `-`: a failure of the command counts as success", "path /bin/a"],
    "@/bin/a b": [
      "operator @ = `@`: the word after the path is passed to the program as its name (`argv[0]`)",
      "path /bin/a",
    ],
    "@/bin/a": [
      "operator @ = `@`: the word after the path is passed to the program as its name (`argv[0]`)",
      '0-1 error unit/exec-prefix: "@" requires the program name for "/bin/a" as the next word; add it, or remove the "@" → ',
    ],
    "-@/bin/a": [
      "operator - = `-`: a failure of the command counts as success",
      "operator @ = `@`: the word after the path is passed to the program as its name (`argv[0]`)",
      '1-2 warning unit/exec-prefix: "@" requires the program name for "/bin/a" as the next word; add it, or remove the "@" → ',
    ],
    "+/bin/a": ["operator + = `+`: runs with full privileges, outside the unit's sandbox", "path /bin/a"],
    "!/bin/a": ["operator ! = `!`: runs without changing user, group and capabilities", "path /bin/a"],
    "!!/bin/a": [
      "operator !! = `!!`: like `!` on kernels without ambient capabilities",
      "path /bin/a",
      '0-2 info unit/exec-prefix: systemd 258 and later ignore "!!"; remove it → ',
    ],
    ":/bin/a $A": ["operator : = `:`: variables are not replaced", "path /bin/a"],
    "|a": ["operator | = `|`: the user's shell runs the command", "path a"],
    "| /bin/a": ["operator | = `|`: the user's shell runs the command"],
    "|": ["operator | = `|`: the user's shell runs the command"],
    "-": [
      "operator - = `-`: a failure of the command counts as success",
      "0-1 warning unit/exec-path: the command has no path; add one",
    ],
    "- /bin/a": [
      "operator - = `-`: a failure of the command counts as success",
      '0-8 warning unit/exec-path: there must be no space between the prefix and the path; use "-/bin/a" → -/bin/a',
    ],
    "+!/bin/a": [
      "operator + = `+`: runs with full privileges, outside the unit's sandbox",
      '1-2 error unit/exec-prefix: "+" and "!" before a command cannot be combined; remove one → ',
    ],
    "!+/bin/a": [
      "operator ! = `!`: runs without changing user, group and capabilities",
      '1-2 error unit/exec-prefix: "!" and "+" before a command cannot be combined; remove one → ',
    ],
    "+!!/bin/a": [
      "operator + = `+`: runs with full privileges, outside the unit's sandbox",
      '1-2 error unit/exec-prefix: "+" and "!" before a command cannot be combined; remove one → ',
    ],
    "--/bin/a": [
      "operator - = `-`: a failure of the command counts as success",
      '1-2 warning unit/exec-prefix: "-" is repeated before the command; remove it → ',
    ],
    "@@/bin/a b": [
      "operator @ = `@`: the word after the path is passed to the program as its name (`argv[0]`)",
      '1-2 error unit/exec-prefix: "@" is repeated before the command; remove it → ',
    ],
    "++/bin/a": [
      "operator + = `+`: runs with full privileges, outside the unit's sandbox",
      '1-2 error unit/exec-prefix: "+" is repeated before the command; remove it → ',
    ],
    "::/bin/a": [
      "operator : = `:`: variables are not replaced",
      '1-2 error unit/exec-prefix: ":" is repeated before the command; remove it → ',
    ],
    "||a": [
      "operator | = `|`: the user's shell runs the command",
      '1-2 error unit/exec-prefix: "|" is repeated before the command; remove it → ',
    ],
    "": [],
    a: ["path a"],
    "a/b": ['0-3 error unit/exec-path: "a/b" is neither an absolute path nor a plain file name; use an absolute path'],
    "usr/bin/a": [
      '0-9 error unit/exec-path: "usr/bin/a" is neither an absolute path nor a plain file name; use an absolute path → /usr/bin/a',
    ],
    "bin/a": [
      '0-5 error unit/exec-path: "bin/a" is neither an absolute path nor a plain file name; use an absolute path → /bin/a',
    ],
    "opt/a": [
      '0-5 error unit/exec-path: "opt/a" is neither an absolute path nor a plain file name; use an absolute path → /opt/a',
    ],
    "xusr/b": [
      '0-6 error unit/exec-path: "xusr/b" is neither an absolute path nor a plain file name; use an absolute path',
    ],
    "/bin/": ['0-5 error unit/exec-path: "/bin/" is a directory; use the path of the program in it'],
    "./a": ['0-3 error unit/exec-path: "./a" is neither an absolute path nor a plain file name; use an absolute path'],
    ".": ['0-1 error unit/exec-path: "." is neither an absolute path nor a plain file name; use an absolute path'],
    "..": ['0-2 error unit/exec-path: ".." is neither an absolute path nor a plain file name; use an absolute path'],
    "...": ["path ..."],
    "~/a": ['0-3 error unit/exec-path: "~" is not expanded in "~/a"; use an absolute path'],
    $A: [
      '0-2 warning unit/exec-path: variables such as "$A" are not expanded in the path of a command; write the path out',
    ],
    "$A/b": [
      '0-4 error unit/exec-path: variables such as "$A/b" are not expanded in the path of a command; write the path out',
    ],
    x$A: ["path x$A"],
    "%i": ["specifier %i = `%i`: …", "path %i"],
    "%i/a": ["specifier %i = `%i`: …", "path %i/a"],
    "%ix/a": ["specifier %i = `%i`: …", "path %ix/a"],
    "x%i/a": ["path x%i/a", "specifier %i = `%i`: …"],
    "%%/a": [
      "specifier %% = `%%`: …",
      '0-4 error unit/exec-path: "%%/a" is neither an absolute path nor a plain file name; use an absolute path',
    ],
    "/bin/a\tb": ["path /bin/a"],
    '"/bin/a b" c': ['path "/bin/a b"'],
    '"/bin/a\'b"': [
      '0-10 error unit/exec-path: "/bin/a\'b" contains a quote, and systemd cannot start such a program; rename it',
    ],
    '/bin/a "b': [
      "7-9 error unit/unbalanced-quotes: this double quote is not closed, so systemd cannot parse the command; close it, or escape it with a backslash",
    ],
    '-/bin/a "b': [
      "8-10 warning unit/unbalanced-quotes: this double quote is not closed, so systemd cannot parse the command; close it, or escape it with a backslash",
    ],
    '"/bin/a': [
      "0-7 warning unit/unbalanced-quotes: this double quote is not closed, so systemd cannot parse the command; close it, or escape it with a backslash",
    ],
    "/bin/a 'b": [
      "7-9 error unit/unbalanced-quotes: this single quote is not closed, so systemd cannot parse the command; close it, or escape it with a backslash",
    ],
    "/bin/a ; /bin/b": ["path /bin/a", "operator ; = ends the command; another command follows", "path /bin/b"],
    "/bin/a \\; b": ["path /bin/a"],
    "; /bin/a": ["path /bin/a"],
    "/bin/a ;": ["path /bin/a", "operator ; = ends the command; another command follows"],
    '";" /bin/a': ["path /bin/a"],
    "/bin/a \\q": [
      "path /bin/a",
      '7-9 warning unit/exec-escape: "\\q" is not a known escape sequence, so systemd keeps the backslash; use "\\\\q" → \\\\q',
    ],
    "/bin/a \\$": [
      "path /bin/a",
      '7-9 warning unit/exec-escape: "\\$" is not a known escape sequence, so systemd keeps the backslash; use "$$" → $$',
    ],
    "/bin/a \\ b": [
      "path /bin/a",
      '7-9 warning unit/exec-escape: "\\ " is not a known escape sequence, so systemd keeps the backslash; use "\\s" → \\s',
    ],
    "/bin/a \\x41 \\q\\n": [
      "path /bin/a",
      "escape \\x41",
      "escape \\n",
      '12-14 warning unit/exec-escape: "\\q" is not a known escape sequence, so systemd keeps the backslash; use "\\\\q" → \\\\q',
    ],
    "/bin/a $A": ["path /bin/a", "variable $A = `$A`: the words of its value, or none if it is not set"],
    "/bin/a ${A}b": ["path /bin/a", "variable ${A} = `$A`: its value as one word"],
    "/bin/a $$A": ["path /bin/a"],
    "/bin/a $MAINPID ${MAINPID}": [
      "path /bin/a",
      "variable $MAINPID = `$MAINPID`: the PID of the service's main process, if there is one; the words of its value, or none if it is not set",
      "variable ${MAINPID} = `$MAINPID`: the PID of the service's main process, if there is one; its value as one word",
    ],
    "@/bin/a $A": [
      "operator @ = `@`: the word after the path is passed to the program as its name (`argv[0]`)",
      "path /bin/a",
      "variable $A = `$A`: the words of its value, or none if it is not set",
    ],
    "-+:/bin/a ${A}": [
      "operator - = `-`: a failure of the command counts as success",
      "operator + = `+`: runs with full privileges, outside the unit's sandbox",
      "operator : = `:`: variables are not replaced",
      "path /bin/a",
    ],
    '/bin/a "$A"': ["path /bin/a", "variable $A = `$A`: the words of its value, or none if it is not set"],
    "/bin/\\x07": [
      "escape \\x07",
      '0-9 error unit/exec-path: "/bin/\u0007" contains a control character, and systemd cannot start such a program; rename it',
    ],
    "-a/b": [
      "operator - = `-`: a failure of the command counts as success",
      '1-4 warning unit/exec-path: "a/b" is neither an absolute path nor a plain file name; use an absolute path',
    ],
    "/bin/a ${A} ${B}": [
      "path /bin/a",
      "variable ${A} = `$A`: its value as one word",
      "variable ${B} = `$B`: its value as one word",
    ],
    "!-!/bin/a": [
      "operator - = `-`: a failure of the command counts as success",
      "operator -! = `!!`: like `!` on kernels without ambient capabilities",
      "path /bin/a",
      '1-3 info unit/exec-prefix: systemd 258 and later ignore "!!"; remove it → ',
    ],
    '"-/bin/a"': ['path "-/bin/a"', "operator - = `-`: a failure of the command counts as success"],
  });
  assertReadings(
    "Service.ExecStart",
    {
      "!!/bin/a": ["operator !! = `!!`: like `!` on kernels without ambient capabilities", "path /bin/a"],
      "|a": [
        "operator | = `|`: the user's shell runs the command",
        "path a",
        '0-1 unit/too-new: "|" before a command requires systemd 258 or later, but the extension also targets systemd 257, which refuses the unit; raise the target version, or remove it',
      ],
      ":/bin/a": ["operator : = `:`: variables are not replaced", "path /bin/a"],
    },
    257,
  );
  assertReadings(
    "Service.ExecStart",
    {
      "!!/bin/a": [
        "operator !! = `!!`: like `!` on kernels without ambient capabilities",
        "path /bin/a",
        '0-2 info unit/exec-prefix: systemd 258 and later ignore "!!"; remove it → ',
      ],
      "|a": ["operator | = `|`: the user's shell runs the command", "path a"],
    },
    258,
  );
  assertReadings(
    "Service.ExecStart",
    {
      "+/bin/a": [
        "operator + = `+`: runs with full privileges, outside the unit's sandbox",
        "path /bin/a",
        '0-1 unit/too-new: "+" before a command requires systemd 231 or later, but the extension also targets systemd 230, which refuses the unit; raise the target version, or remove it',
      ],
      "!/bin/a": [
        "operator ! = `!`: runs without changing user, group and capabilities",
        "path /bin/a",
        '0-1 unit/too-new: "!" before a command requires systemd 235 or later, but the extension also targets systemd 230, which refuses the unit; raise the target version, or remove it',
      ],
      ":/bin/a": [
        "operator : = `:`: variables are not replaced",
        "path /bin/a",
        '0-1 unit/too-new: ":" before a command requires systemd 242 or later, but the extension also targets systemd 230, which refuses the unit; raise the target version, or remove it',
      ],
    },
    230,
  );
  assertReadings(
    "Service.ExecStart",
    {
      "+/bin/a": ["operator + = `+`: runs with full privileges, outside the unit's sandbox", "path /bin/a"],
      "!/bin/a": [
        "operator ! = `!`: runs without changing user, group and capabilities",
        "path /bin/a",
        '0-1 unit/too-new: "!" before a command requires systemd 235 or later, but the extension also targets systemd 234, which refuses the unit; raise the target version, or remove it',
      ],
      "!!/bin/a": [
        "operator !! = `!!`: like `!` on kernels without ambient capabilities",
        "path /bin/a",
        '0-2 unit/too-new: "!!" before a command requires systemd 235 or later, but the extension also targets systemd 234, which refuses the unit; raise the target version, or remove it',
      ],
    },
    234,
  );
  assertReadings(
    "Service.ExecStart",
    {
      "!/bin/a": ["operator ! = `!`: runs without changing user, group and capabilities", "path /bin/a"],
      ":/bin/a": [
        "operator : = `:`: variables are not replaced",
        "path /bin/a",
        '0-1 unit/too-new: ":" before a command requires systemd 242 or later, but the extension also targets systemd 241, which refuses the unit; raise the target version, or remove it',
      ],
    },
    241,
  );
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.ExecStart", {
    "‸": "\"\"; @ = the word after the path is passed to the program as its name (`argv[0]`) | - = … | : = … | + = runs with full privileges, outside the unit's sandbox | ! = runs without changing user, group and capabilities | | = the user's shell runs the command; executables",
    "/bin‸": '"/bin"; executables',
    "/bin/a ‸": "nothing",
    "-‸": "\"\"; @ = the word after the path is passed to the program as its name (`argv[0]`) | : = … | + = runs with full privileges, outside the unit's sandbox | ! = runs without changing user, group and capabilities | | = the user's shell runs the command; executables",
    "+‸": '""; @ = the word after the path is passed to the program as its name (`argv[0]`) | - = … | : = … | | = the user\'s shell runs the command; executables',
    "!‸": '""; @ = the word after the path is passed to the program as its name (`argv[0]`) | - = … | : = … | | = the user\'s shell runs the command; executables',
    "/bin/a /x‸": '"/x"; paths',
    "/bin/a --x=/y‸": '"/y"; paths',
    "/bin/a $‸":
      "\"$\"; $MAINPID = the PID of the service's main process, if there is one | $MANAGERPID = the PID of the user manager, in its services | $MAINPIDFDID = the inode number of the main process's pidfd, which is never reused | …",
    "/bin/a ${M‸":
      "\"${M\"; ${MAINPID} = the PID of the service's main process, if there is one | ${MANAGERPID} = the PID of the user manager, in its services | ${MAINPIDFDID} = the inode number of the main process's pidfd, which is never reused | …",
    "/bin/a x$M‸":
      "\"$M\"; ${MAINPID} = the PID of the service's main process, if there is one | ${MANAGERPID} = the PID of the user manager, in its services | ${MAINPIDFDID} = the inode number of the main process's pidfd, which is never reused | …",
    "/bin/a ${MA‸IN} x":
      "\"${MAIN}\"; ${MAINPID} = the PID of the service's main process, if there is one | ${MANAGERPID} = the PID of the user manager, in its services | ${MAINPIDFDID} = the inode number of the main process's pidfd, which is never reused | …",
    "/bin/a $MA‸IN x":
      "\"$MAIN\"; $MAINPID = the PID of the service's main process, if there is one | $MANAGERPID = the PID of the user manager, in its services | $MAINPIDFDID = the inode number of the main process's pidfd, which is never reused | …",
    "/bin/a ;‸":
      "\"\"; @ = the word after the path is passed to the program as its name (`argv[0]`) | - = … | : = … | + = runs with full privileges, outside the unit's sandbox | ! = runs without changing user, group and capabilities | | = the user's shell runs the command; executables",
    "/bin/a ; ‸":
      "\"\"; @ = the word after the path is passed to the program as its name (`argv[0]`) | - = … | : = … | + = runs with full privileges, outside the unit's sandbox | ! = runs without changing user, group and capabilities | | = the user's shell runs the command; executables",
    '"/bin‸"': "nothing",
    '/bin/a "$M‸"': "nothing",
    "/bin/a x=y/z‸": "nothing",
    "/bin/a b‸": "nothing",
  });
  assertOffers(
    "Service.ExecStart",
    {
      "‸": "\"\"; @ = the word after the path is passed to the program as its name (`argv[0]`) | - = … | : = … | + = runs with full privileges, outside the unit's sandbox | ! = runs without changing user, group and capabilities | !! = like `!` on kernels without ambient capabilities | | = the user's shell runs the command; executables",
      "/bin/a $MAINPIDF‸":
        "\"$MAINPIDF\"; $MAINPID = the PID of the service's main process, if there is one | $MANAGERPID = the PID of the user manager, in its services | $HOME = the home directory of the unit's user | …",
    },
    257,
  );
  assertOffers(
    "Service.ExecStart",
    {
      "‸": "\"\"; @ = the word after the path is passed to the program as its name (`argv[0]`) | - = … | : = … | + = runs with full privileges, outside the unit's sandbox | ! = runs without changing user, group and capabilities | | = the user's shell runs the command; executables",
    },
    258,
  );
});
