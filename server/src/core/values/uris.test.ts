import assert from "node:assert/strict";
import { test } from "node:test";
import { assertOffers, assertReadings, offerAt, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("repairs addresses", () => {
  for (const [wrong, right] of [
    ["www.example.org", "https://www.example.org"],
    ["HTTPS://example.org", "https://example.org"],
    ["<https://example.org>", "https://example.org"],
    ["/usr/share/doc/demo", "file:/usr/share/doc/demo"],
    ["demo(8) man:a", "man:demo(8) man:a"],
    ["example.org", "example.org"],
  ] as const) {
    assert.equal(repair("Unit.Documentation", wrong), right);
  }
});

test("offers the beginnings of addresses", () => {
  assert.deepEqual(textsOf(offerAt("Unit.Documentation", "man:a ‸")), [
    "http://",
    "https://",
    "file:/",
    "info:",
    "man:",
  ]);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Unit.Documentation", {
    "https://a": ["string https://a"],
    "http://a": ["string http://a"],
    "file:/a": ["string file:/a"],
    "info:a": ["string info:a"],
    "man:a(1)": ["string man:a(1)"],
    "https://": [
      '0-8 unit/invalid-value: "https://" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
    "man:": [
      '0-4 unit/invalid-value: "man:" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
    "HTTPS://a": [
      '0-9 unit/invalid-value: "HTTPS://a" is not a URL that systemd accepts; did you mean "https://a"? → https://a',
    ],
    "Man:a(1)": [
      '0-8 unit/invalid-value: "Man:a(1)" is not a URL that systemd accepts; did you mean "man:a(1)"? → man:a(1)',
    ],
    "<https://a>": [
      '0-11 unit/invalid-value: "<https://a>" is not a URL that systemd accepts; did you mean "https://a"? → https://a',
    ],
    "(man:a)": ['0-7 unit/invalid-value: "(man:a)" is not a URL that systemd accepts; did you mean "man:a"? → man:a'],
    "www.a": [
      '0-5 unit/invalid-value: "www.a" is not a URL that systemd accepts; did you mean "https://www.a"? → https://www.a',
    ],
    "/usr/share/doc": [
      '0-14 unit/invalid-value: "/usr/share/doc" is not a URL that systemd accepts; did you mean "file:/usr/share/doc"? → file:/usr/share/doc',
    ],
    "//a": [
      '0-3 unit/invalid-value: "//a" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
    "a(1)": ['0-4 unit/invalid-value: "a(1)" is not a URL that systemd accepts; did you mean "man:a(1)"? → man:a(1)'],
    "A.b@c_d-e(3p)": [
      '0-13 unit/invalid-value: "A.b@c_d-e(3p)" is not a URL that systemd accepts; did you mean "man:A.b@c_d-e(3p)"? → man:A.b@c_d-e(3p)',
    ],
    "a(x)": [
      '0-4 unit/invalid-value: "a(x)" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
    "https://ä": [
      '0-9 unit/invalid-value: "https://ä" has non-ASCII characters, so systemd drops it; percent-encode them',
    ],
    "http://ä": [
      '0-8 unit/invalid-value: "http://ä" has non-ASCII characters, so systemd drops it; percent-encode them',
    ],
    "xhttps://ä": [
      '0-10 unit/invalid-value: "xhttps://ä" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
    "ftp://a": [
      '0-7 unit/invalid-value: "ftp://a" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
    "info:ä": ["string info:ä"],
    x: [
      '0-1 unit/invalid-value: "x" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
    '"https://a': [
      '0-10 unit/unbalanced-quotes: the quote in "https://a" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    '"man:a b(1)"': ['string "man:a b(1)"'],
    "%i": ["specifier %i = `%i`: …"],
    "foo a(1)x": [
      '0-3 unit/invalid-value: "foo" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
      '4-9 unit/invalid-value: "a(1)x" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
    "<x>": [
      '0-3 unit/invalid-value: "<x>" is not a URL that systemd accepts; it must begin with one of "http://", "https://", "file:/", "info:", "man:"',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Unit.Documentation", {
    "‸": '""; http:// | https:// | file:/ | info: | man:',
    "https://a ‸": '""; http:// | https:// | file:/ | info: | man:',
  });
});
