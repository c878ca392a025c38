import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

test("colours a host name apart from the word before it", () => {
  assert.deepEqual(piecesIn("Service.ProtectHostname", "private:demo"), ["keyword private", "string demo"]);
});

test("colours what is refreshed", () => {
  assert.deepEqual(piecesIn("Service.RefreshOnReload", "~extensions"), ["operator ~", "keyword extensions"]);
});

test("repairs words", () => {
  assert.equal(repair("Service.ProtectHostname", "privat:demo"), "private:demo");
  assert.equal(repair("Service.RefreshOnReload", "credential"), "credentials");
});

test("offers words, and nothing for a host name", () => {
  assert.ok(textsOf(offerAt("Service.ProtectHostname", "‸")).includes("private"));
  assert.equal(offerAt("Service.ProtectHostname", "private:‸"), undefined);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.ProtectHostname", {
    yes: ["keyword yes"],
    no: ["keyword no"],
    private: ["keyword private = …"],
    "private:h": ["keyword private = …", "string h"],
    "yes:h": ["keyword yes", "string h"],
    "true:h": ["keyword true", "string h"],
    "no:h": ["keyword no", '3-4 unit/invalid-value: "no" cannot have a host name; remove ":h", or use "private:h"'],
    "off:h": ["keyword off", '4-5 unit/invalid-value: "no" cannot have a host name; remove ":h", or use "private:h"'],
    privat: [
      '0-6 unit/invalid-value: "privat" is not a valid value for "ProtectHostname="; did you mean "private"? → private',
    ],
    "privat:h": [
      '0-6 unit/invalid-value: "privat" is not a valid value for "ProtectHostname="; did you mean "private"? → private',
    ],
    bogus: ['0-5 unit/invalid-value: "bogus" is not a valid value for "ProtectHostname="; use "yes", "no", "private"'],
    "%i": ["specifier %i = `%i`: …"],
    "private:": ["keyword private = …"],
    "%i:x": ["specifier %i = `%i`: …"],
  });
  assertReadings(
    "Service.ProtectHostname",
    {
      private: [
        "keyword private = …",
        '0-7 unit/too-new: "private" in "ProtectHostname=" requires systemd 258 or later, but the extension also targets systemd 257, which ignores the setting; raise the target version, or use another value',
      ],
      "private:h": [
        "keyword private = …",
        "string h",
        '0-7 unit/too-new: "private" in "ProtectHostname=" requires systemd 258 or later, but the extension also targets systemd 257, which ignores the setting; raise the target version, or use another value',
      ],
      "yes:h": [
        "keyword yes",
        '4-5 unit/too-new: a host name in "ProtectHostname=" requires systemd 258 or later, but the extension also targets systemd 257, which ignores the setting; raise the target version, or remove it',
      ],
      "no:h": ["keyword no", '3-4 unit/invalid-value: "no" cannot have a host name; remove ":h", or use "private:h"'],
    },
    257,
  );
  assertReadings(
    "Service.ProtectHostname",
    {
      "yes:h": ["keyword yes", "string h"],
    },
    258,
  );
  assertReadings("Service.RefreshOnReload", {
    yes: ["keyword yes"],
    no: ["keyword no"],
    "": [],
    extensions: ["keyword extensions = …"],
    credentials: ["keyword credentials = …"],
    "~extensions": ["operator ~ = `~`: all except these", "keyword extensions = …"],
    "extensions credentials": ["keyword extensions = …", "keyword credentials = …"],
    extension: ['0-9 unit/invalid-value: "extension" cannot be refreshed; did you mean "extensions"? → extensions'],
    bogus: ['0-5 unit/invalid-value: "bogus" cannot be refreshed; use "extensions" or "credentials"'],
    "~": ["operator ~ = `~`: all except these"],
    "extensions ~credentials": [
      "keyword extensions = …",
      '11-23 unit/invalid-value: "~credentials" cannot be refreshed; did you mean "credentials"? → credentials',
    ],
    "~bogus": [
      "operator ~ = `~`: all except these",
      '1-6 unit/invalid-value: "bogus" cannot be refreshed; use "extensions" or "credentials"',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.ProtectHostname", {
    "‸": '""; yes | no | private = …',
    "private‸": '"private"; yes | no | private = …',
    "private:‸": "nothing",
  });
  assertOffers("Service.RefreshOnReload", {
    "‸": '""; yes | no | extensions = … | credentials = …',
    "ext‸": '"ext"; yes | no | extensions = … | credentials = …',
    "extensions ‸": '""; yes | no | extensions = … | credentials = …',
  });
});
