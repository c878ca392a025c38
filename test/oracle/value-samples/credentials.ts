// Samples of credentials.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.LoadCredential",
    valid: [
      "foo",
      "foo:/a",
      "foo:bar",
      "foo:@abstract",
      "foo:",
      "foo bar:/a",
      "foo:/a b",
      "foo:/a:b",
      "foo:/a/",
      "foo:/..a",
      '"foo":/a',
      "foo:%d/x",
      "%p:/a",
    ],
    invalid: [
      ["«:/a»", wrong],
      ["«f/o»:/a", wrong],
      ["«..»:/a", wrong],
      ["«fö»:/a", wrong],
      ["«foo\tb»:/x", wrong],
      ["foo:«a/b»", wrong],
      ["foo:«a:b»", wrong],
      ["foo:«../b»", wrong],
      ["foo:«/../a»", "unit/path-not-normalized"],
      ["foo:«/a//b/»", "unit/path-not-normalized"],
      ["foo:«/a/./b»", "unit/path-not-normalized"],
      ['foo:«"/a"»', wrong],
      ["foo:/a«%Z»", "unit/unknown-specifier"],
    ],
  },
  {
    setting: "Service.LoadCredentialEncrypted",
    valid: ["foo", "foo:/a"],
    invalid: [["«f/o»", wrong]],
  },
  {
    setting: "Service.SetCredential",
    valid: ["foo:bar", "foo:bar:baz", "foo:a b c", 'foo:"a', "foo:a\\nb\\x41\\x00", "foo:100%x", "%p:x", "foo bar:x"],
    invalid: [
      ["«foo»", wrong],
      ["«foo:»", wrong],
      ["«:bar»", wrong],
      ["«f/o»:bar", wrong],
      ["foo:a«\\q»b", "unit/exec-escape"],
      ["f«%Z»o:a", "unit/unknown-specifier"],
    ],
  },
  {
    setting: "Service.SetCredentialEncrypted",
    valid: ["foo:aGVsbG8=", "foo: aGVs bG8="],
    invalid: [
      ["foo:«!!!»", wrong],
      ["foo:«aGVsbG8»", wrong],
      ["foo:«aGVsbG8=x»", wrong],
      ["«foo:»", wrong],
      ["«foo»", wrong],
    ],
  },
  {
    setting: "Service.ImportCredential",
    systemd: 257,
    valid: ["foo", "foo*", "foo.*", "*", "foo:bar", "foo.*:bar.", "%i.*"],
    invalid: [
      ["«»", wrong],
      ["a«*»b", wrong],
      ["«?»", wrong],
      ["a«[»abc]", wrong],
      ["«f/o»", wrong],
      ["«..*»", wrong],
      ["foo:«a/b»", wrong],
      ["«:foo»", wrong],
    ],
  },
];
