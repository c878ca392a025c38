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

test("colours address and port", () => {
  assert.deepEqual(piecesIn("Socket.ListenStream", "[::1]:80"), ["number [::1]", "operator :", "number 80"]);
  assert.deepEqual(piecesIn("Socket.ListenStream", "/run/demo"), ["path /run/demo"]);
  assert.deepEqual(piecesIn("Socket.ListenStream", "vsock:2:80"), ["keyword vsock", "number 2", "number 80"]);
});

test("repairs addresses in the forms of other programs", () => {
  const forms = {
    "*:80": "80",
    ":80": "80",
    "localhost:80": "127.0.0.1:80",
    "tcp:127.0.0.1:80": "127.0.0.1:80",
    "tcp://[::1]:80": "[::1]:80",
    "unix:/run/demo": "/run/demo",
    "run/demo": "/run/demo",
    "/var/run/demo": "/run/demo",
    '"/run/demo"': "/run/demo",
  };
  for (const [text, repaired] of Object.entries(forms)) assert.equal(repair("Socket.ListenStream", text), repaired);
});

test("says what an address lacks", () => {
  const messageOf = (text: string) => readSetting("Socket.ListenStream", text).faults[0]?.message ?? "";
  assert.match(messageOf("127.0.0.1"), /has no port.*"127\.0\.0\.1:80"/);
  assert.match(messageOf("fe80::1"), /has no port.*"\[fe80::1\]:80"/);
  assert.match(messageOf("70000"), /from 1 to 65535/);
  assert.match(messageOf("vsock:80"), /has no port/);
});

test("counts the bytes of a path, not its letters", () => {
  assert.equal(readSetting("Socket.ListenStream", `/${"a".repeat(106)}`).faults.length, 0);
  assert.equal(readSetting("Socket.ListenStream", `/${"a".repeat(107)}`).faults.length, 1);
  assert.equal(readSetting("Socket.ListenStream", `/${"ä".repeat(54)}`).faults.length, 1);
  // A sign at each end of each length.
  for (const [sign, bytes] of [
    ["\u007f", 1],
    ["\u0080", 2],
    ["\u07ff", 2],
    ["\u0800", 3],
    ["\uffff", 3],
    ["\u{10000}", 4],
  ] as const) {
    const longest = `/${sign}${"a".repeat(106 - bytes)}`;
    assert.equal(readSetting("Socket.ListenStream", longest).faults.length, 0, longest);
    assert.equal(readSetting("Socket.ListenStream", `${longest}a`).faults.length, 1, longest);
    assert.equal(readSetting("Socket.ListenStream", `@${longest.slice(1)}a`).faults.length, 1, longest);
    assert.equal(readSetting("Socket.ListenStream", `@${longest.slice(1)}`).faults.length, 0, longest);
  }
});

test("repairs and offers families of netlink", () => {
  assert.deepEqual(piecesIn("Socket.ListenNetlink", "kobject-uevent 1").slice(0, 1), ["keyword kobject-uevent"]);
  assert.equal(repair("Socket.ListenNetlink", "kobject_uevent 1"), "kobject-uevent 1");
  assert.ok(textsOf(offerAt("Socket.ListenNetlink", "ko‸")).includes("kobject-uevent"));
  assert.equal(offerAt("Socket.ListenNetlink", "route 1‸"), undefined);
});

test("offers paths for sockets of the machine itself", () => {
  assert.equal(offerAt("Socket.ListenStream", "/run/‸")?.around, "paths");
});

test("numbers of machines, ports and groups go to the largest of 32 bits", () => {
  const faulty = (setting: string, text: string) =>
    readSetting(setting, text).faults.map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(faulty("Socket.ListenStream", "vsock:4294967295:4294967295"), []);
  assert.deepEqual(faulty("Socket.ListenStream", "vsock:4294967296:1"), ["4294967296"]);
  assert.deepEqual(faulty("Socket.ListenStream", "vsock:1:4294967296"), ["4294967296"]);
  assert.deepEqual(faulty("Socket.ListenStream", "vsock:0:0"), []);
  assert.deepEqual(faulty("Socket.ListenNetlink", "route 4294967295"), []);
  assert.deepEqual(faulty("Socket.ListenNetlink", "route 4294967296"), ["4294967296"]);
  assert.deepEqual(faulty("Socket.ListenNetlink", "2147483647 0"), []);
  assert.deepEqual(faulty("Socket.ListenNetlink", "2147483648 0"), ["2147483648"]);
  assert.deepEqual(faulty("Socket.ListenStream", "65535"), []);
  assert.deepEqual(faulty("Socket.ListenStream", "65536"), ["65536"]);
  assert.deepEqual(faulty("Socket.ListenStream", "1"), []);
  assert.deepEqual(faulty("Socket.ListenStream", "0"), ["0"]);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Socket.ListenStream", {
    "80": ["number 80 = port 80"],
    "1": ["number 1 = port 1"],
    "0": ['0-1 unit/invalid-value: "0" is not a port; use a number from 1 to 65535'],
    "65535": ["number 65535 = port 65535"],
    "65536": ['0-5 unit/invalid-value: "65536" is not a port; use a number from 1 to 65535'],
    "127.0.0.1:80": ["number 127.0.0.1 = an IPv4 address", "operator :", "number 80 = port 80"],
    "[::1]:80": ["number [::1] = an IPv6 address", "operator :", "number 80 = port 80"],
    "::1:80": ['0-6 unit/invalid-value: "::1:80" has no port; add one, such as "[::1:80]:80"'],
    "127.0.0.1": ['0-9 unit/invalid-value: "127.0.0.1" has no port; add one, such as "127.0.0.1:80"'],
    "::1": ['0-3 unit/invalid-value: "::1" has no port; add one, such as "[::1]:80"'],
    "[::1]": ['0-5 unit/invalid-value: "[::1]" has no port; add one, such as "[::1]:80"'],
    "[::1]:": [
      "number [::1] = an IPv6 address",
      "operator :",
      '0-6 unit/invalid-value: "[::1]:" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "127.0.0.1:": [
      "number 127.0.0.1 = an IPv4 address",
      "operator :",
      '0-10 unit/invalid-value: "127.0.0.1:" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "127.0.0.1:x": [
      "number 127.0.0.1 = an IPv4 address",
      "operator :",
      '10-11 unit/invalid-value: "x" is not a port; use a number from 1 to 65535',
    ],
    "127.0.0.1:0": [
      "number 127.0.0.1 = an IPv4 address",
      "operator :",
      '10-11 unit/invalid-value: "0" is not a port; use a number from 1 to 65535',
    ],
    "@x": ["string @x = an abstract socket"],
    "@": ['0-1 unit/invalid-value: "@" has no name; add one after it'],
    "/": ['0-1 unit/invalid-value: "/" cannot be a socket; use the path of a file'],
    "/a": ["path /a"],
    "/var/run/x": [
      "path /var/run/x",
      '0-10 unit/var-run: "/var/run" is a legacy path of "/run", and systemd reads "/run/x"; use that → /run/x',
    ],
    "*:80": ['0-4 unit/invalid-value: "*:80" is not an address; did you mean "80"? → 80'],
    "*:0": [
      '0-3 unit/invalid-value: "*:0" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    ":80": ['0-3 unit/invalid-value: ":80" is not an address; did you mean "80"? → 80'],
    "localhost:80": [
      '0-12 unit/invalid-value: "localhost:80" is not an address; did you mean "127.0.0.1:80"? → 127.0.0.1:80',
    ],
    "localhost:x": [
      '0-11 unit/invalid-value: "localhost:x" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "tcp:127.0.0.1:80": [
      '0-16 unit/invalid-value: "tcp:127.0.0.1:80" is not an address; did you mean "127.0.0.1:80"? → 127.0.0.1:80',
    ],
    "udp://[::1]:80": [
      '0-14 unit/invalid-value: "udp://[::1]:80" is not an address; did you mean "[::1]:80"? → [::1]:80',
    ],
    "ipv4:127.0.0.1:0": [
      '0-16 unit/invalid-value: "ipv4:127.0.0.1:0" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "inet:x": [
      '0-6 unit/invalid-value: "inet:x" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "unix:/a": ['0-7 unit/invalid-value: "unix:/a" is not an address; did you mean "/a"? → /a'],
    "unix:a": [
      '0-6 unit/invalid-value: "unix:a" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "tmp/x": ['0-5 unit/invalid-value: "tmp/x" is not an address; did you mean "/tmp/x"? → /tmp/x'],
    "run/x": ['0-5 unit/invalid-value: "run/x" is not an address; did you mean "/run/x"? → /run/x'],
    "var/x": ['0-5 unit/invalid-value: "var/x" is not an address; did you mean "/var/x"? → /var/x'],
    "runx/y": [
      '0-6 unit/invalid-value: "runx/y" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    '"80"': [
      '0-4 unit/quotes-literal: the quotes around "80" are part of the value here; remove them, spaces do not need quotes → 80',
    ],
    "-5": ['0-2 unit/invalid-value: "-5" is not a port; use a number from 1 to 65535'],
    x: [
      '0-1 unit/invalid-value: "x" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "%i": ["specifier %i = `%i`: …"],
    "/%i": ["path /%i", "specifier %i = `%i`: …"],
    "[127.0.0.1]:80": [
      '0-14 unit/invalid-value: "[127.0.0.1]:80" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "tcp:80": ['0-6 unit/invalid-value: "tcp:80" is not an address; did you mean "80"? → 80'],
    "udp:80": ['0-6 unit/invalid-value: "udp:80" is not an address; did you mean "80"? → 80'],
    "": [
      '0-0 unit/invalid-value: "" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "x[::1]:80": [
      '0-9 unit/invalid-value: "x[::1]:80" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "tcp:a:127.0.0.1:80": [
      '0-18 unit/invalid-value: "tcp:a:127.0.0.1:80" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
  });
  assertReadings("Socket.ListenStream", {
    "vsock:2:80": ["keyword vsock = …", "number 2", "number 80"],
    "vsock::80": ["keyword vsock = …", "number 80"],
    "vsock:80": ['0-8 unit/invalid-value: "vsock:80" has no port; use vsock:CID:PORT, such as "vsock::1234"'],
    "vsock:2:": ['0-8 unit/invalid-value: "vsock:2:" has no port; use vsock:CID:PORT, such as "vsock::1234"'],
    "vsock:any:80": ["keyword vsock = …", "number any", "number 80"],
    "vsock:host:80": ["keyword vsock = …", "number host", "number 80"],
    "vsock:local:80": ["keyword vsock = …", "number local", "number 80"],
    "vsock:hypervisor:80": ["keyword vsock = …", "number hypervisor", "number 80"],
    "vsock:-1:80": ["keyword vsock = …", "number -1", "number 80"],
    "vsock:-2:80": [
      "keyword vsock = …",
      "number 80",
      '6-8 unit/invalid-value: "-2" is not a virtual machine ID; use a number, or leave it empty for any',
    ],
    "vsock:4294967295:4294967295": ["keyword vsock = …", "number 4294967295", "number 4294967295"],
    "vsock:4294967296:4294967296": [
      "keyword vsock = …",
      '6-16 unit/invalid-value: "4294967296" is not a virtual machine ID; use a number, or leave it empty for any',
      '17-27 unit/invalid-value: "4294967296" is not a port; use a number',
    ],
    "vsock-stream:2:0": ["keyword vsock-stream = …", "number 2", "number 0"],
    "vsock-dgram:2:80": ["keyword vsock-dgram = …", "number 2", "number 80"],
    "vsock-seqpacket:2:80": ["keyword vsock-seqpacket = …", "number 2", "number 80"],
    "vsock-x:2:80": [
      '0-12 unit/invalid-value: "vsock-x:2:80" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "xvsock:2:80": [
      '0-11 unit/invalid-value: "xvsock:2:80" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name',
    ],
    "vsock:x:y": [
      "keyword vsock = …",
      '6-7 unit/invalid-value: "x" is not a virtual machine ID; use a number, or leave it empty for any',
      '8-9 unit/invalid-value: "y" is not a port; use a number',
    ],
  });
  assertReadings("Socket.ListenSequentialPacket", {
    "/a": ["path /a"],
    "@a": ["string @a = an abstract socket"],
    "80": [
      '0-2 unit/invalid-value: "80" is not valid for a sequential packet socket; use an absolute path, or a name after "@"',
    ],
    "'a'": [
      '0-3 unit/quotes-literal: the quotes around "a" are part of the value here; remove them, spaces do not need quotes → a',
    ],
    "%i": ["specifier %i = `%i`: …"],
    "a/@": [
      '0-3 unit/invalid-value: "a/@" is not valid for a sequential packet socket; use an absolute path, or a name after "@"',
    ],
    "vsock::80": [
      '0-9 unit/invalid-value: "vsock::80" is not valid for a sequential packet socket; use an absolute path, or a name after "@"',
    ],
  });
  assertReadings("Socket.ListenNetlink", {
    route: ["keyword route = …"],
    "route 1": ["keyword route = …", "number 1"],
    "route  0": ["keyword route = …", "number 0"],
    "route 4294967295": ["keyword route = …", "number 4294967295"],
    "route 4294967296": ["keyword route = …", '6-16 unit/invalid-value: "4294967296" is not a group; use its number'],
    "route -1": ["keyword route = …", '6-8 unit/invalid-value: "-1" is not a group; use its number'],
    "route x": ["keyword route = …", '6-7 unit/invalid-value: "x" is not a group; use its number'],
    rout: ['0-4 unit/invalid-value: "rout" is not a netlink family; did you mean "route"? → route'],
    "0": ["number 0"],
    "2147483647": ["number 2147483647"],
    "2147483648": [
      '0-10 unit/invalid-value: "2147483648" is not a netlink family; use for example "route" or "kobject-uevent"',
    ],
    "-1": ['0-2 unit/invalid-value: "-1" is not a netlink family; use for example "route" or "kobject-uevent"'],
    "bogus 1": [
      "number 1",
      '0-5 unit/invalid-value: "bogus" is not a netlink family; use for example "route" or "kobject-uevent"',
    ],
    '"route"': [
      '0-7 unit/quotes-literal: the quotes around "route" are part of the value here; remove them, spaces do not need quotes → route',
    ],
    "%i": ["specifier %i = `%i`: …"],
    " route": [
      '0-0 unit/invalid-value: "" is not a netlink family; use for example "route" or "kobject-uevent"',
      '1-6 unit/invalid-value: "route" is not a group; use its number',
    ],
    "16 1": ["number 16", "number 1"],
  });
  assertReadings("Socket.ListenMessageQueue", {
    "/a": ["path /a"],
    "/a/b": [
      "path /a/b",
      '0-4 info unit/invalid-value: "/a/b" is not a valid message queue name; use a name with one slash, at the beginning',
    ],
    a: ['0-1 unit/relative-path: "a" does not begin with a slash; "ListenMessageQueue=" requires an absolute path'],
    "/": ["path /"],
    "//a": ["path //a"],
    "/a/": [
      "path /a/",
      '0-3 info unit/invalid-value: "/a/" is not a valid message queue name; use a name with one slash, at the beginning',
    ],
    "/%i/x": ["path /%i/x", "specifier %i = `%i`: …"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Socket.ListenStream", {
    "‸": '""; paths',
  });
  assertOffers("Socket.ListenSequentialPacket", {
    "‸": '""; paths',
  });
  assertOffers("Socket.ListenNetlink", {
    "‸": '""; route = … | firewall = … | inet-diag = … | …',
    "ro‸ute 1": '"route"; route = … | firewall = … | inet-diag = … | …',
    "route‸ 1": '"route"; route = … | firewall = … | inet-diag = … | …',
    "route ‸": "nothing",
  });
});
