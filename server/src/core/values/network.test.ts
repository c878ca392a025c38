import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

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
