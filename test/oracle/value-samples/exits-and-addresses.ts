// Samples of exit statuses, addresses of documentation and names outside of unit files.
import type { ValueSample } from "../../support/value-sample.ts";

const endings: Pick<ValueSample, "valid" | "invalid"> = {
  valid: ["0", "0 1 255", "0x1 010", "SIGKILL", "KILL", "TEMPFAIL 250 SIGKILL", "SUCCESS DATAERR", "SIGRTMIN+3"],
  invalid: [
    ["«256»", "unit/invalid-value"],
    ["«-1»", "unit/invalid-value"],
    ["1 «FOO» 2", "unit/invalid-value"],
    ["«EX_TEMPFAIL»", "unit/invalid-value"],
    ["«tempfail»", "unit/invalid-value"],
    ["«1,2»", "unit/invalid-value"],
    ['«"1»', "unit/invalid-value"],
    ["«a%i»", "unit/invalid-value"],
  ],
};

export const samples: readonly ValueSample[] = [
  { setting: "Service.SuccessExitStatus", ...endings },
  { setting: "Service.RestartPreventExitStatus", ...endings },
  {
    setting: "Unit.Documentation",
    valid: ["http://x", "https://x man:foo(8)", "file:/a", "file:///a", "info:x", "man:foo", '"http://x"', "http://%i"],
    invalid: [
      ["http://x «y»", "unit/invalid-value"],
      ["«file:a»", "unit/invalid-value"],
      ["«file:/»", "unit/invalid-value"],
      ["«man:»", "unit/invalid-value"],
      ["«info:»", "unit/invalid-value"],
      ["«http:x»", "unit/invalid-value"],
      ["«http://»", "unit/invalid-value"],
      ["«www.foo.de»", "unit/invalid-value"],
      ["«ftp://x»", "unit/invalid-value"],
      ["«HTTPS://x»", "unit/invalid-value"],
      ["«http://ä»", "unit/invalid-value"],
      ["«<http://x>»", "unit/invalid-value"],
      ["«foo(8)»", "unit/invalid-value"],
      ["man:a «/usr/share/doc/a»", "unit/invalid-value"],
      ['«"http://x»', "unit/unbalanced-quotes"],
    ],
    differs: { "http://%i": "systemd puts nothing in, since the unit that is tried out has no instance" },
  },
  {
    setting: "Service.BusName",
    valid: ["org.foo.Bar", "org.foo", ":1.2", "org.foo-bar.B_c", "-a.b", "org.%p.b"],
    invalid: [
      ["«foo»", "unit/invalid-value"],
      ["«org.1foo.Bar»", "unit/invalid-value"],
      ["«org..foo»", "unit/invalid-value"],
      ["«.org.foo»", "unit/invalid-value"],
      ["«org.foo.»", "unit/invalid-value"],
      ["«a:b»", "unit/invalid-value"],
      ["«a b.c»", "unit/invalid-value"],
      ['«"org.foo"»', "unit/quotes-literal"],
      [`«a.${"b".repeat(260)}»`, "unit/invalid-value"],
    ],
  },
  {
    setting: "Socket.FileDescriptorName",
    valid: ["foo", "foo.bar baz", "%i", "-"],
    invalid: [
      ["«a:b»", "unit/invalid-value"],
      ["«ä»", "unit/invalid-value"],
      [`«${"a".repeat(256)}»`, "unit/invalid-value"],
    ],
  },
  {
    setting: "Unit.RebootArgument",
    valid: ["recovery", "a b", "%i", ""],
    invalid: [
      ["«ä»", "unit/invalid-value"],
      [`«${"a".repeat(256)}»`, "unit/invalid-value"],
    ],
  },
  {
    setting: "Service.LogNamespace",
    valid: ["foo", "a.b-c_d:e", "%p", "foo@bar"],
    invalid: [
      ["«a/b»", "unit/invalid-value"],
      ["«a b»", "unit/invalid-value"],
      ["«ä»", "unit/invalid-value"],
      ["«a+b»", "unit/invalid-value"],
      ["«a\\n»", "unit/invalid-value"],
      [`«${"a".repeat(250)}»`, "unit/invalid-value"],
    ],
  },
];
