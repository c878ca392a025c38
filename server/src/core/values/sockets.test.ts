import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

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
