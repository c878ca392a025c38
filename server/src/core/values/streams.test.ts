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

test("repairs outputs", () => {
  for (const [wrong, right] of [
    ["syslog", "journal"],
    ["syslog+console", "journal+console"],
    ["/var/log/a", "file:/var/log/a"],
    ['append:"/var/log/a"', "append:/var/log/a"],
    ["Journal", "journal"],
    ["file:var/log/a", "file:/var/log/a"],
  ] as const) {
    assert.equal(repair("Service.StandardOutput", wrong), right);
  }
});

test("colours words, names and paths", () => {
  assert.deepEqual(piecesIn("Service.StandardOutput", "append:/a"), ["keyword append", "path /a"]);
  assert.deepEqual(piecesIn("Service.StandardInput", "fd:a"), ["keyword fd", "string a"]);
  assert.deepEqual(piecesIn("Service.OpenFile", "/a:b:graceful"), ["path /a", "string b", "keyword graceful"]);
});

test("offers words, then paths or options", () => {
  assert.ok(textsOf(offerAt("Service.StandardOutput", "‸")).includes("append:"));
  assert.ok(!textsOf(offerAt("Service.StandardOutput", "‸")).includes("syslog"));
  assert.equal(offerAt("Service.StandardOutput", "file:/v‸")?.around, "paths");
  assert.ok(textsOf(offerAt("Service.OpenFile", "/a:b:append,‸")).includes("graceful"));
  assert.equal(offerAt("Service.OpenFile", "/a‸:b")?.replaced, "/a");
});

test("reports the first escape of a text that nobody knows", () => {
  const { faults } = readSetting("Service.StandardInputText", "a\\n\\d\\e");
  assert.deepEqual(
    faults.map(({ start, end }) => [start, end]),
    [[3, 5]],
  );
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.StandardOutput", {
    null: ["keyword null = …"],
    journal: ["keyword journal = …"],
    "journal+console": ["keyword journal+console = …"],
    syslog: [
      "keyword syslog = …",
      '0-6 info unit/deprecated-value: systemd reads "syslog" as "journal"; use that → journal',
    ],
    "syslog+console": [
      "keyword syslog+console = …",
      '0-14 info unit/deprecated-value: systemd reads "syslog+console" as "journal+console"; use that → journal+console',
    ],
    "kmsg+console": ["keyword kmsg+console = …"],
    fd: ["keyword fd = …"],
    "fd:x": ["keyword fd = …", "string x"],
    "fd:": ["keyword fd = …"],
    "fd:ä": [
      "keyword fd = …",
      '3-4 unit/invalid-value: "ä" is not a valid file descriptor name; use ASCII characters, without colons',
    ],
    "fd:a:b": [
      "keyword fd = …",
      '3-6 unit/invalid-value: "a:b" is not a valid file descriptor name; use ASCII characters, without colons',
    ],
    "file:/a": ["keyword file = …", "path /a"],
    "file:a": [
      "keyword file = …",
      '5-6 unit/relative-path: "a" does not begin with a slash; "StandardOutput=" requires an absolute path',
    ],
    "file:": ["keyword file = …", '5-5 unit/relative-path: "StandardOutput=" requires a path; add one'],
    file: [
      '0-4 unit/invalid-value: "file" is not a valid value for "StandardOutput="; use "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", or "file:" and a path',
    ],
    append: [
      '0-6 unit/invalid-value: "append" is not a valid value for "StandardOutput="; use "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", or "file:" and a path',
    ],
    "append:/a": ["keyword append = …", "path /a"],
    "truncate:/a": ["keyword truncate = …", "path /a"],
    "null:": [
      '0-5 unit/invalid-value: "null:" is not a valid value for "StandardOutput="; use "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", or "file:" and a path',
    ],
    "null:x": [
      '0-6 unit/invalid-value: "null:x" is not a valid value for "StandardOutput="; use "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", or "file:" and a path',
    ],
    jurnal: [
      '0-6 unit/invalid-value: "jurnal" is not a valid value for "StandardOutput="; did you mean "journal"? → journal',
    ],
    "/a": [
      '0-2 unit/invalid-value: "/a" is not a valid value for "StandardOutput="; did you mean "file:/a"? → file:/a',
    ],
    "%h/a": [
      "specifier %h = `%h`: …",
      '0-4 unit/invalid-value: "%h/a" is not a valid value for "StandardOutput="; did you mean "file:%h/a"? → file:%h/a',
    ],
    "%h": [
      "specifier %h = `%h`: …",
      '0-2 unit/invalid-value: "%h" is not a valid value for "StandardOutput="; use "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", or "file:" and a path',
    ],
    "a%h/b": [
      "specifier %h = `%h`: …",
      '0-5 unit/invalid-value: "a%h/b" is not a valid value for "StandardOutput="; use "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", or "file:" and a path',
    ],
    '"null"': [
      '0-6 unit/quotes-literal: the quotes around "null" are part of the value here; remove them, spaces do not need quotes → null',
    ],
    bogus: [
      '0-5 unit/invalid-value: "bogus" is not a valid value for "StandardOutput="; use "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", or "file:" and a path',
    ],
    "jurnal:x": [
      '0-8 unit/invalid-value: "jurnal:x" is not a valid value for "StandardOutput="; use "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", or "file:" and a path',
    ],
    "file:%h/x": ["keyword file = …", "specifier %h = `%h`: …", "path %h/x"],
    "fd:%i": ["keyword fd = …", "specifier %i = `%i`: …"],
  });
  assertReadings("Service.StandardInput", {
    null: ["keyword null = …"],
    tty: ["keyword tty = …"],
    "tty-force": ["keyword tty-force = …"],
    data: ["keyword data = …"],
    "fd:x": ["keyword fd = …", "string x"],
    "file:/a": ["keyword file = …", "path /a"],
    "append:/a": [
      '0-9 unit/invalid-value: "append:/a" is not a valid value for "StandardInput="; use "null", "tty", "tty-force", "tty-fail", "socket", "fd", "data", or "file:" and a path',
    ],
    journal: [
      '0-7 unit/invalid-value: "journal" is not a valid value for "StandardInput="; use "null", "tty", "tty-force", "tty-fail", "socket", "fd", "data", or "file:" and a path',
    ],
    nul: ['0-3 unit/invalid-value: "nul" is not a valid value for "StandardInput="; did you mean "null"? → null'],
  });
  assertReadings("Service.StandardInputText", {
    a: [],
    "a\\nb": ["escape \\n"],
    "\\x41\\q\\q": [
      "escape \\x41",
      '4-6 unit/exec-escape: unknown escape sequence "\\q", so systemd ignores the text; use "\\\\q" for a backslash → \\\\q',
    ],
    "\\": [
      '0-1 unit/exec-escape: unknown escape sequence "\\", so systemd ignores the text; use "\\\\" for a backslash → \\\\',
    ],
    "\\\\": ["escape \\\\"],
  });
  assertReadings("Service.StandardInputData", {
    QUJD: [],
    "QUI=": [],
    "QQ==": [],
    QUJ: ['0-3 unit/invalid-value: this is not valid Base64; pad the last group of four digits with "="'],
    "QQ=": ['0-3 unit/invalid-value: this is not valid Base64; pad the last group of four digits with "="'],
    "QU JD": [],
    "Q!JD": ['0-4 unit/invalid-value: "!" is not valid in Base64; encode the data, or use "StandardInputText="'],
    "QUJD=": ['0-5 unit/invalid-value: this is not valid Base64; pad the last group of four digits with "="'],
    "=": ['0-1 unit/invalid-value: this is not valid Base64; pad the last group of four digits with "="'],
    "QUJDQQ==": [],
  });
  assertReadings("Service.OpenFile", {
    "/a": ["path /a"],
    "/a:n": ["path /a", "string n"],
    "/a:n:read-only": ["path /a", "string n", "keyword read-only"],
    "/a:n:append,graceful": ["path /a", "string n", "keyword append", "keyword graceful"],
    "/a:n:append,truncate": [
      "path /a",
      "string n",
      "keyword append",
      '12-20 unit/invalid-value: "append" and "truncate" cannot be combined; remove one',
    ],
    "/a:n:append,append": ["path /a", "string n", "keyword append", "keyword append"],
    "/a:n:read-only,append,truncate": [
      "path /a",
      "string n",
      "keyword read-only",
      '15-21 unit/invalid-value: "read-only" and "append" cannot be combined; remove one',
      '22-30 unit/invalid-value: "read-only" and "truncate" cannot be combined; remove one',
    ],
    "/a:n:graceful,append": ["path /a", "string n", "keyword graceful", "keyword append"],
    "/a:n:x": [
      "path /a",
      "string n",
      '5-6 unit/invalid-value: "x" is not an option of "OpenFile="; use "read-only", "append", "truncate", "graceful"',
    ],
    "/a:n:apend": [
      "path /a",
      "string n",
      '5-10 unit/invalid-value: "apend" is not an option of "OpenFile="; did you mean "append"? → append',
    ],
    "/a:n:": [
      "path /a",
      "string n",
      '5-5 unit/invalid-value: "" is not an option of "OpenFile="; use "read-only", "append", "truncate", "graceful"',
    ],
    "/a:n:append:x": [
      "path /a",
      "string n",
      '0-13 unit/invalid-value: "/a:n:append:x" has too many parts; use PATH:NAME:OPTIONS',
    ],
    "a:n": [
      "string n",
      '0-1 unit/relative-path: "a" does not begin with a slash; "OpenFile=" requires an absolute path',
    ],
    "/a::append": ["path /a", "keyword append"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.StandardOutput", {
    "‸": '""; inherit = … | null = … | tty = … | kmsg = … | kmsg+console = … | journal = … | journal+console = … | socket = … | fd = … | file: = … | append: = … | truncate: = …',
    "fi‸le:/a":
      '"file:/a"; inherit = … | null = … | tty = … | kmsg = … | kmsg+console = … | journal = … | journal+console = … | socket = … | fd = … | file: = … | append: = … | truncate: = …',
    "file:‸": '""; paths',
    "append:/‸": '"/"; paths',
    "fd:‸": "nothing",
    "file‸:":
      '"file:"; inherit = … | null = … | tty = … | kmsg = … | kmsg+console = … | journal = … | journal+console = … | socket = … | fd = … | file: = … | append: = … | truncate: = …',
  });
  assertOffers("Service.StandardInput", {
    "‸": '""; null = … | tty = … | tty-force = … | tty-fail = … | socket = … | fd = … | data = … | file: = …',
  });
  assertOffers("Service.OpenFile", {
    "‸": '""; paths',
    "/‸a:n": '"/a"; paths',
    "/a:‸": "nothing",
    "/a:n:‸": '""; read-only | append | truncate | graceful',
    "/a:n:append,‸": '""; read-only | append | truncate | graceful',
    "/a:n:ap‸": '"ap"; read-only | append | truncate | graceful',
  });
});
