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

test("repairs addresses in the forms of other programs", () => {
  assert.equal(repair("Service.IPAddressAllow", "[::1] localhst"), "::1 localhost");
  assert.equal(repair("Service.IPAddressAllow", "10.0.0.0/8,fd00::/8"), "10.0.0.0/8 fd00::/8");
  assert.equal(repair("Service.IPAddressDeny", '"any"'), "any");
});

test("says why a name can be no interface's", () => {
  const messageOf = (text: string) => readSetting("Service.RestrictNetworkInterfaces", text).faults[0]?.message ?? "";
  assert.match(messageOf("a-very-long-interface"), /at most 15 characters/);
  assert.match(messageOf("eth0:1"), /contains ":"/);
  assert.match(messageOf("12"), /a number is not a name/);
  assert.match(messageOf("all"), /kernel reserves this word/);
});

test("remarks on names that systemd takes and no interface has", () => {
  const [list, tilde] = readSetting("Service.RestrictNetworkInterfaces", "eth0,eth1 ~lo").faults;
  assert.equal(list?.severity, "info");
  assert.deepEqual(list?.replacements, ["eth0 eth1"]);
  assert.equal(tilde?.severity, "info");
});

test("reads family, protocol and ports in their order", () => {
  assert.deepEqual(piecesIn("Service.SocketBindAllow", "ipv4:tcp:80-90"), [
    "keyword ipv4",
    "keyword tcp",
    "number 80-90",
  ]);
  assert.equal(repair("Service.SocketBindAllow", "tpc:90-80"), "tcp:90-80");
  assert.equal(repair("Service.SocketBindAllow", "tcp:90-80"), "tcp:80-90");
});

test("offers what may stand at each place between colons", () => {
  assert.deepEqual(textsOf(offerAt("Service.SocketBindDeny", "‸")), ["any", "ipv4", "ipv6", "tcp", "udp"]);
  assert.deepEqual(textsOf(offerAt("Service.SocketBindDeny", "ipv4:t‸")), ["tcp", "udp", "any"]);
  assert.deepEqual(textsOf(offerAt("Service.NFTSet", "‸")), ["cgroup", "user", "group"]);
  assert.ok(textsOf(offerAt("Service.NFTSet", "cgroup:‸:filter:x")).includes("inet"));
  assert.equal(offerAt("Service.NFTSet", "cgroup:inet:fil‸"), undefined);
  assert.ok(textsOf(offerAt("Service.BPFProgram", "in‸")).includes("ingress"));
  assert.ok(textsOf(offerAt("Service.IPAddressAllow", "10.0.0.1 l‸")).includes("localhost"));
});

test("repairs kinds of programs and families of tables", () => {
  assert.equal(repair("Service.BPFProgram", "ingres:/sys/fs/bpf/x"), "ingress:/sys/fs/bpf/x");
  assert.equal(repair("Service.NFTSet", "cgroups:ip5:filter:x"), "cgroup:ip:filter:x");
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.IPAddressAllow", {
    any: ["keyword any = `0.0.0.0/0` and `::/0`"],
    localhost: ["keyword localhost = `127.0.0.0/8` and `::1/128`"],
    "link-local": ["keyword link-local = `169.254.0.0/16` and `fe80::/64`"],
    multicast: ["keyword multicast = `224.0.0.0/4` and `ff00::/8`"],
    "10.0.0.1": ["number 10.0.0.1"],
    "10.0.0.0/8": ["number 10.0.0.0", "number /8"],
    "10.0.0.0/0": ["number 10.0.0.0", "number /0"],
    "10.0.0.0/32": ["number 10.0.0.0", "number /32"],
    "10.0.0.0/33": [
      "number 10.0.0.0",
      '8-11 unit/invalid-value: "/33" is not a valid prefix length; use "/" and a number of bits up to 32',
    ],
    "10.0.0.0/-1": [
      "number 10.0.0.0",
      '8-11 unit/invalid-value: "/-1" is not a valid prefix length; use "/" and a number of bits up to 32',
    ],
    "10.0.0.0/": [
      "number 10.0.0.0",
      '8-9 unit/invalid-value: "/" is not a valid prefix length; use "/" and a number of bits up to 32',
    ],
    "fd00::/8": ["number fd00::", "number /8"],
    "::1/128": ["number ::1", "number /128"],
    "::1/129": [
      "number ::1",
      '3-7 unit/invalid-value: "/129" is not a valid prefix length; use "/" and a number of bits up to 128',
    ],
    "[::1]": ['0-5 unit/invalid-value: "[::1]" is not an address; did you mean "::1"? → ::1'],
    "[::1]/64": ['0-8 unit/invalid-value: "[::1]/64" is not an address; did you mean "::1/64"? → ::1/64'],
    "[1]": [
      '0-3 unit/invalid-value: "[1]" is not an address; use for example "10.0.0.0/8" or "fd00::/8", or one of "any", "localhost", "link-local" and "multicast"',
    ],
    locahost: ['0-8 unit/invalid-value: "locahost" is not an address; did you mean "localhost"? → localhost'],
    "10.0.0": [
      '0-6 unit/invalid-value: "10.0.0" is not an address; use for example "10.0.0.0/8" or "fd00::/8", or one of "any", "localhost", "link-local" and "multicast"',
    ],
    "1.2.3.4,5.6.7.8": [
      '0-15 unit/invalid-value: "1.2.3.4,5.6.7.8" is not an address; did you mean "1.2.3.4 5.6.7.8"? → 1.2.3.4 5.6.7.8',
    ],
    ",10.0.0.1": [
      '0-9 unit/invalid-value: ",10.0.0.1" is not an address; use for example "10.0.0.0/8" or "fd00::/8", or one of "any", "localhost", "link-local" and "multicast"',
    ],
    '"10.0.0.1"': [
      '0-10 unit/quotes-literal: "IPAddressAllow=" treats quotes as part of the value; remove them → 10.0.0.1',
    ],
    "'any'": ['0-5 unit/quotes-literal: "IPAddressAllow=" treats quotes as part of the value; remove them → any'],
    "x.example": [
      '0-9 unit/invalid-value: "x.example" is not an address; use for example "10.0.0.0/8" or "fd00::/8", or one of "any", "localhost", "link-local" and "multicast"',
    ],
    "10.0.0.1;": [
      '0-9 unit/invalid-value: "10.0.0.1;" is not an address; use for example "10.0.0.0/8" or "fd00::/8", or one of "any", "localhost", "link-local" and "multicast"',
    ],
    "::": ["number ::"],
  });
  assertReadings("Service.RestrictNetworkInterfaces", {
    "eth0 wlan0": ["string eth0", "string wlan0"],
    "~eth0 lo": ["operator ~ = all except these", "string eth0", "string lo"],
    "lo ~eth0": [
      "string lo",
      '3-8 info unit/invalid-value: systemd reads "~eth0" as a name; use "~" once, before the whole list',
    ],
    "eth0,eth1": [
      '0-9 info unit/invalid-value: systemd reads "eth0,eth1" as one name; separate the names with spaces → eth0 eth1',
    ],
    abcdefghijklmno: ["string abcdefghijklmno"],
    abcdefghijklmnop: [
      '0-16 unit/invalid-value: "abcdefghijklmnop" is not a valid network interface name: names have at most 15 characters; use a shorter one',
    ],
    "0": [
      '0-1 unit/invalid-value: "0" is not a valid network interface name: a number is not a name; use a name such as "eth0"',
    ],
    "12": [
      '0-2 unit/invalid-value: "12" is not a valid network interface name: a number is not a name; use a name such as "eth0"',
    ],
    all: [
      '0-3 unit/invalid-value: "all" is not a valid network interface name: the kernel reserves this word; use another name',
    ],
    default: [
      '0-7 unit/invalid-value: "default" is not a valid network interface name: the kernel reserves this word; use another name',
    ],
    ". ..": [
      '0-1 unit/invalid-value: "." is not a valid network interface name: the kernel reserves this word; use another name',
      '2-4 unit/invalid-value: ".." is not a valid network interface name: the kernel reserves this word; use another name',
    ],
    "a:b": [
      '0-3 unit/invalid-value: "a:b" is not a valid network interface name: it contains ":"; use letters and digits',
    ],
    "a/b": [
      '0-3 unit/invalid-value: "a/b" is not a valid network interface name: it contains "/"; use letters and digits',
    ],
    '"a b"': [
      '0-5 unit/invalid-value: "a b" is not a valid network interface name: it contains a space; use letters and digits',
    ],
    '"eth0': [
      '0-5 unit/unbalanced-quotes: the quote in "eth0" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    '""': ['0-2 unit/invalid-value: "" is not a valid network interface name: it is empty; use a name such as "eth0"'],
    "-1": ["string -1"],
    "%i a,b": [
      '0-2 unit/invalid-value: "%i" is not a valid network interface name: it contains "%"; use letters and digits',
      '3-6 info unit/invalid-value: systemd reads "a,b" as one name; separate the names with spaces → a b',
    ],
  });
  assertReadings("Service.BindNetworkInterface", {
    "": ['0-0 unit/invalid-value: "" is not a valid network interface name: it is empty; use a name such as "eth0"'],
    eth0: ["string eth0"],
    "*": ["string *"],
    äth: [
      '0-3 unit/invalid-value: "äth" is not a valid network interface name: it contains "ä"; use letters and digits',
    ],
    "7": [
      '0-1 unit/invalid-value: "7" is not a valid network interface name: a number is not a name; use a name such as "eth0"',
    ],
    "0x1": [
      '0-3 unit/invalid-value: "0x1" is not a valid network interface name: a number is not a name; use a name such as "eth0"',
    ],
  });
  assertReadings("Socket.BindToDevice", {
    "*": ["operator *"],
    eth0: ["string eth0"],
    "**": ["string **"],
  });
  assertReadings("Service.SocketBindAllow", {
    any: ["keyword any = all ports"],
    ipv4: ["keyword ipv4"],
    "ipv4:tcp": ["keyword ipv4", "keyword tcp"],
    "ipv6:udp:80": ["keyword ipv6", "keyword udp", "number 80"],
    "tcp:80": ["keyword tcp", "number 80"],
    "80": ["number 80"],
    "1": ["number 1"],
    "0": [
      '0-1 unit/invalid-value: "0" is not a port; use a number from 1 to 65535, a range such as "8000-8080", or "any"',
    ],
    "65535": ["number 65535"],
    "65536": [
      '0-5 unit/invalid-value: "65536" is not a port; use a number from 1 to 65535, a range such as "8000-8080", or "any"',
    ],
    "8000-8080": ["number 8000-8080"],
    "8080-8000": ['0-9 unit/invalid-value: the range "8080-8000" runs backwards; use "8000-8080" → 8000-8080'],
    "80-80": ["number 80-80"],
    "80-65536": [
      '0-8 unit/invalid-value: "80-65536" is not a port; use a number from 1 to 65535, a range such as "8000-8080", or "any"',
    ],
    "0-80": [
      '0-4 unit/invalid-value: "0-80" is not a port; use a number from 1 to 65535, a range such as "8000-8080", or "any"',
    ],
    "tcp:ipv4:80": [
      "keyword tcp",
      '4-8 unit/invalid-value: "ipv4" is not valid here; the order is "ipv4" or "ipv6", then "tcp" or "udp", then the ports',
    ],
    "ipv4:ipv6:80": [
      "keyword ipv4",
      '5-9 unit/invalid-value: "ipv6" is not valid here; the order is "ipv4" or "ipv6", then "tcp" or "udp", then the ports',
    ],
    "tcp:udp:80": [
      "keyword tcp",
      '4-7 unit/invalid-value: "udp" is not valid here; the order is "ipv4" or "ipv6", then "tcp" or "udp", then the ports',
    ],
    "ipv4:tcp:any": ["keyword ipv4", "keyword tcp", "keyword any = all ports"],
    "tpc:80": ['0-3 unit/invalid-value: "tpc" is not known here; did you mean "tcp"? → tcp'],
    "ipv5:80": ['0-4 unit/invalid-value: "ipv5" is not known here; did you mean "ipv4"? → ipv4'],
    "udp:tpc:80": [
      "keyword udp",
      '4-7 unit/invalid-value: "tpc" is not valid here; the order is "ipv4" or "ipv6", then "tcp" or "udp", then the ports',
    ],
    "ipv4:tpc:80": ["keyword ipv4", '5-8 unit/invalid-value: "tpc" is not known here; did you mean "tcp"? → tcp'],
    "x:y": [
      '0-1 unit/invalid-value: "x" is not valid here; the order is "ipv4" or "ipv6", then "tcp" or "udp", then the ports',
    ],
    "tcp:": ['0-4 unit/invalid-value: "tcp:" has a colon without a value on each side; remove the colon'],
    ":80": ['0-3 unit/invalid-value: ":80" has a colon without a value on each side; remove the colon'],
    "tcp::80": ['0-7 unit/invalid-value: "tcp::80" has a colon without a value on each side; remove the colon'],
    anny: [
      '0-4 unit/invalid-value: "anny" is not a port; use a number from 1 to 65535, a range such as "8000-8080", or "any" → any',
    ],
    "tcp: 80": ["keyword tcp", "number  80"],
    "80- 90": ["number 80- 90"],
    "tcp:ipv4": [
      "keyword tcp",
      '4-8 unit/invalid-value: "ipv4" is not a port; use a number from 1 to 65535, a range such as "8000-8080", or "any" → ipv4',
    ],
  });
  assertReadings("Service.NFTSet", {
    "cgroup:inet:filter:services": ["keyword cgroup = …", "keyword inet = …", "string filter", "string services"],
    "user:ip:t:s group:ip6:t:s": [
      "keyword user = …",
      "keyword ip = …",
      "string t",
      "string s",
      "keyword group = …",
      "keyword ip6 = …",
      "string t",
      "string s",
    ],
    "cgroup:inet:filter": [
      '0-18 unit/invalid-value: "cgroup:inet:filter" is not a set; use SOURCE:FAMILY:TABLE:SET, such as "cgroup:inet:filter:services"',
    ],
    "cgroup:inet:a:b:c": [
      '0-17 unit/invalid-value: "cgroup:inet:a:b:c" is not a set; use SOURCE:FAMILY:TABLE:SET, such as "cgroup:inet:filter:services"',
    ],
    "cgrop:inet:a:b": [
      "keyword inet = …",
      "string a",
      "string b",
      '0-5 unit/invalid-value: "cgrop" is not a valid value for "NFTSet="; did you mean "cgroup"? → cgroup',
    ],
    "cgroup:int:a:b": [
      "keyword cgroup = …",
      "string a",
      "string b",
      '7-10 unit/invalid-value: "int" is not a valid value for "NFTSet="; did you mean "inet"? → inet',
    ],
    "prefix:inet:a:b": [
      "keyword inet = …",
      "string a",
      "string b",
      '0-6 unit/invalid-value: "prefix" is not a valid value for "NFTSet="; use "cgroup", "user", "group"',
    ],
    "cgroup:inet:1a:b": [
      "keyword cgroup = …",
      "keyword inet = …",
      "string b",
      '12-14 unit/invalid-value: "1a" is not a valid name of a table; use a letter, followed by letters, digits and the characters _ . /',
    ],
    "cgroup:inet:a:_b": [
      "keyword cgroup = …",
      "keyword inet = …",
      "string a",
      '14-16 unit/invalid-value: "_b" is not a valid name of a set; use a letter, followed by letters, digits and the characters _ . /',
    ],
    "cgroup:inet:a/x_.1:Z9": ["keyword cgroup = …", "keyword inet = …", "string a/x_.1", "string Z9"],
    "cgroup:inet::b": [
      "keyword cgroup = …",
      "keyword inet = …",
      "string b",
      '12-12 unit/invalid-value: "" is not a valid name of a table; use a letter, followed by letters, digits and the characters _ . /',
    ],
    "cgroup:inet:a:b!": [
      "keyword cgroup = …",
      "keyword inet = …",
      "string a",
      '14-16 unit/invalid-value: "b!" is not a valid name of a set; use a letter, followed by letters, digits and the characters _ . /',
    ],
    "%i:a": [
      '0-4 unit/invalid-value: "%i:a" is not a set; use SOURCE:FAMILY:TABLE:SET, such as "cgroup:inet:filter:services"',
    ],
  });
  assertReadings("Service.BPFProgram", {
    "egress:/sys/fs/bpf/x": ["keyword egress = …", "operator :", "path /sys/fs/bpf/x"],
    egress: [
      '0-6 unit/invalid-value: "egress" is not a program; use its type, a colon and its path, such as "egress:/sys/fs/bpf/filter"',
    ],
    "egress:": [
      '0-7 unit/invalid-value: "egress:" is not a program; use its type, a colon and its path, such as "egress:/sys/fs/bpf/filter"',
    ],
    ":/x": [
      '0-0 unit/invalid-value: "BPFProgram=" requires a value; use for example "ingress", "egress", "sock_create"',
    ],
    "egres:/x": [
      '0-5 unit/invalid-value: "egres" is not a valid value for "BPFProgram="; did you mean "egress"? → egress',
    ],
    "egress:x": [
      "keyword egress = …",
      "operator :",
      '7-8 unit/relative-path: "x" does not begin with a slash; "BPFProgram=" requires an absolute path',
    ],
    "egress:/a:b": ["keyword egress = …", "operator :", "path /a:b"],
    "%i": ["specifier %i = `%i`: …"],
    "bogus:/x": [
      '0-5 unit/invalid-value: "bogus" is not a valid value for "BPFProgram="; use for example "ingress", "egress", "sock_create"',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.IPAddressAllow", {
    "lo‸":
      '"lo"; any = 0.0.0.0/0 and ::/0 | localhost = 127.0.0.0/8 and ::1/128 | link-local = 169.254.0.0/16 and fe80::/64 | multicast = 224.0.0.0/4 and ff00::/8',
    "‸": '""; any = 0.0.0.0/0 and ::/0 | localhost = 127.0.0.0/8 and ::1/128 | link-local = 169.254.0.0/16 and fe80::/64 | multicast = 224.0.0.0/4 and ff00::/8',
    "any ‸":
      '""; any = 0.0.0.0/0 and ::/0 | localhost = 127.0.0.0/8 and ::1/128 | link-local = 169.254.0.0/16 and fe80::/64 | multicast = 224.0.0.0/4 and ff00::/8',
  });
  assertOffers("Service.RestrictNetworkInterfaces", {
    "‸": "nothing",
  });
  assertOffers("Service.SocketBindAllow", {
    "‸": '""; any | ipv4 | ipv6 | tcp | udp',
    "tcp:‸": '""; tcp | udp | any',
    "ip‸v4:80": '"ipv4"; any | ipv4 | ipv6 | tcp | udp',
    "ipv4:‸80": '"80"; tcp | udp | any',
  });
  assertOffers("Service.NFTSet", {
    "cg‸roup:inet:a:b": '"cgroup"; cgroup = … | user = … | group = …',
    "cgroup:‸": '""; arp = … | bridge = … | inet = … | ip = … | ip6 = … | netdev = …',
    "cgroup:inet:‸": "nothing",
  });
  assertOffers("Service.BPFProgram", {
    "‸": '""; ingress = … | egress = … | sock_create = … | …',
    "eg‸:/x": '"eg"; ingress = … | egress = … | sock_create = … | …',
    "egress:‸": "nothing",
  });
});
