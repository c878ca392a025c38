import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  readSetting,
  repair,
} from "../../../../test/support/value-reading.ts";

test("colours names, sources and escapes", () => {
  assert.deepEqual(piecesIn("Service.LoadCredential", "key:/etc/key"), ["property key", "path /etc/key"]);
  assert.deepEqual(piecesIn("Service.SetCredential", "key:a\\nb"), ["property key", "escape \\n"]);
  assert.deepEqual(piecesIn("Service.ImportCredential", "key.*"), ["property key.", "operator *"]);
});

test("knows specifiers in the name alone of what is written out", () => {
  assert.deepEqual(readSetting("Service.SetCredential", "key:100%Z").faults, []);
  assert.equal(readSetting("Service.SetCredential", "k%Zey:100").faults[0]?.check, "unit/unknown-specifier");
});

test("never shows what a credential holds", () => {
  for (const text of ["key:secret\\q", "key:sec!ret"]) {
    for (const { message } of readSetting("Service.SetCredentialEncrypted", text).faults) {
      assert.doesNotMatch(message, /sec/);
    }
  }
});

test("repairs sources and escapes", () => {
  assert.equal(repair("Service.LoadCredential", "key:/etc//keys/./a"), "key:/etc/keys/a");
  assert.equal(repair("Service.SetCredential", "key:a\\qb"), "key:a\\\\qb");
});

test("offers paths for sources", () => {
  assert.equal(offerAt("Service.LoadCredential", "key:/e‸")?.around, "paths");
  assert.equal(offerAt("Service.LoadCredential", "ke‸"), undefined);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.LoadCredential", {
    a: ["property a"],
    "a:/b": ["property a", "path /b"],
    "a:b": ["property a", "property b = another name of the credential"],
    "a:": ["property a"],
    ":/b": ["path /b", '0-3 unit/invalid-value: ":/b" has no credential name; add it before the colon'],
    "": ['0-0 unit/invalid-value: "" has no credential name; add it before the colon'],
    "a:/b/": ["property a", "path /b/"],
    "a:/b//c": [
      "property a",
      "path /b//c",
      '2-7 unit/path-not-normalized: systemd does not accept sources with empty parts or ".", such as "/b//c"; use "/b/c" → /b/c',
    ],
    "a:/b/./c": [
      "property a",
      "path /b/./c",
      '2-8 unit/path-not-normalized: systemd does not accept sources with empty parts or ".", such as "/b/./c"; use "/b/c" → /b/c',
    ],
    "a:/b/.": [
      "property a",
      "path /b/.",
      '2-6 unit/path-not-normalized: systemd does not accept sources with empty parts or ".", such as "/b/."; use "/b" → /b',
    ],
    "a:/b/../c": [
      "property a",
      '2-9 unit/path-not-normalized: systemd does not accept paths with "..", such as "/b/../c"; use the resolved path → /c',
    ],
    "a:b/c": ["property a", '2-5 unit/invalid-value: "b/c" is neither an absolute path nor a credential name'],
    "a/b:/c": [
      "path /c",
      '0-3 unit/invalid-value: "a/b" is not a valid credential name; use characters other than "/" and ":"',
    ],
    ".": ['0-1 unit/invalid-value: "." is not a valid credential name; use characters other than "/" and ":"'],
    "..:x": [
      "property x = another name of the credential",
      '0-2 unit/invalid-value: ".." is not a valid credential name; use characters other than "/" and ":"',
    ],
    "...": ["property ..."],
    "%i:/b": ["specifier %i = `%i`: …", "path /b"],
    "a:%i/x": ["property a", "specifier %i = `%i`: …"],
    "a:b:c": ["property a", '2-5 unit/invalid-value: "b:c" is neither an absolute path nor a credential name'],
    "a~ !:/b": ["property a~ !", "path /b"],
    ä: ['0-1 unit/invalid-value: "ä" is not a valid credential name; use characters other than "/" and ":"'],
    "a:.": ["property a", '2-3 unit/invalid-value: "." is neither an absolute path nor a credential name'],
  });
  assertReadings("Service.SetCredential", {
    "a:b": ["property a"],
    a: ["property a", '0-1 unit/invalid-value: "a" has no value; add one after the name and a colon'],
    "a:": ["property a", '0-2 unit/invalid-value: "a:" has no value; add one after the name and a colon'],
    ":b": ['0-2 unit/invalid-value: ":b" has no credential name; add it before the colon'],
    "a:b\\n": ["property a", "escape \\n"],
    "a:\\x41\\q": [
      "property a",
      "escape \\x41",
      '6-8 unit/exec-escape: unknown escape sequence "\\q", so systemd ignores the setting; use "\\\\q" for a backslash → \\\\q',
    ],
    "a:\\x00b": ["property a", "escape \\x00"],
    "a:\\000": ["property a", "escape \\000"],
    "a:\\": [
      "property a",
      '2-3 unit/exec-escape: unknown escape sequence "\\", so systemd ignores the setting; use "\\\\" for a backslash → \\\\',
    ],
    "a:%i": ["property a"],
    "%i:x": ["specifier %i = `%i`: …"],
    "a/b:c": ['0-3 unit/invalid-value: "a/b" is not a valid credential name; use characters other than "/" and ":"'],
    "a:not base64": ["property a"],
  });
  assertReadings("Service.SetCredentialEncrypted", {
    "a:QUJD": ["property a"],
    "a:QUI=": ["property a"],
    "a:QQ==": ["property a"],
    "a:QUJ": [
      "property a",
      '2-5 unit/invalid-value: the text after the colon is not Base64; use the output of "systemd-creds encrypt"',
    ],
    "a:QQ===": [
      "property a",
      '2-7 unit/invalid-value: the text after the colon is not Base64; use the output of "systemd-creds encrypt"',
    ],
    "a:QUJD\\nQUJD": ["property a", "escape \\n"],
    "a:QU!D": [
      "property a",
      '2-6 unit/invalid-value: the text after the colon is not Base64; use the output of "systemd-creds encrypt"',
    ],
    "a: Q U J D": ["property a"],
    "a:=": [
      "property a",
      '2-3 unit/invalid-value: the text after the colon is not Base64; use the output of "systemd-creds encrypt"',
    ],
    "a:QUJD\\x00": [
      "property a",
      "escape \\x00",
      '2-10 unit/invalid-value: the text after the colon is not Base64; use the output of "systemd-creds encrypt"',
    ],
  });
  assertReadings("Service.ImportCredential", {
    a: ["property a"],
    "a*": ["property a", "operator * = `*`: whatever follows"],
    "*": ["operator * = `*`: whatever follows"],
    "a:b": ["property a", "property b = its name in the service"],
    "a*:b": ["property a", "operator * = `*`: whatever follows", "property b = its name in the service"],
    "a*b": ['1-2 unit/invalid-value: "*" is not valid here; credentials only support a "*" at the end'],
    "a**": ['1-2 unit/invalid-value: "*" is not valid here; credentials only support a "*" at the end'],
    "a?": ['1-2 unit/invalid-value: "?" is not valid here; credentials only support a "*" at the end'],
    "[a]": ['0-1 unit/invalid-value: "[" is not valid here; credentials only support a "*" at the end'],
    "a]": ['1-2 unit/invalid-value: "]" is not valid here; credentials only support a "*" at the end'],
    ":b": [
      "property b = its name in the service",
      '0-2 unit/invalid-value: ":b" has no credential name; add it before the colon',
    ],
    "": ['0-0 unit/invalid-value: "" has no credential name; add it before the colon'],
    "a:": ["property a"],
    "a*:b/c": [
      "property a",
      "operator * = `*`: whatever follows",
      '3-6 unit/invalid-value: "b/c" is not a valid credential name; use characters other than "/" and ":"',
    ],
    "%i*": ["specifier %i = `%i`: …"],
    "a:%i": ["property a", "specifier %i = `%i`: …"],
    "a/b": ['0-3 unit/invalid-value: "a/b" is not a valid credential name; use characters other than "/" and ":"'],
    "a/*": ['0-3 unit/invalid-value: "a/*" is not a valid credential name; use characters other than "/" and ":"'],
    ".": ['0-1 unit/invalid-value: "." is not a valid credential name; use characters other than "/" and ":"'],
    "a*b:c": [
      "property c = its name in the service",
      '1-2 unit/invalid-value: "*" is not valid here; credentials only support a "*" at the end',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.LoadCredential", {
    "‸": "nothing",
    "a‸:/b": "nothing",
    "a:‸": '""; paths',
    "a:/b‸": '"/b"; paths',
  });
});
