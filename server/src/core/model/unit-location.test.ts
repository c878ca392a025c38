import assert from "node:assert/strict";
import { test } from "node:test";
import { locateUnit, looksLikeUnit } from "./unit-location.ts";

/** What a path is: kind, name, manager, root (`none` outside of systemd's folders), and whether a tool makes it. */
function place(path: string): string | undefined {
  const found = locateUnit(path);
  if (found === undefined) return undefined;
  const { kind, name, manager, root = "none", template } = found;
  return [kind, name, manager, root, ...(template ? ["template"] : [])].join(" ");
}

for (const [path, expected] of [
  ["/t/usr/lib/systemd/system/a.service", "unit a.service system /t"],
  ["/usr/lib/systemd/user/a@.socket", "unit a@.socket user "],
  ["usr/local/lib/systemd/system/a.timer", "unit a.timer system "],
  ["/t/mkosi.extra/etc/systemd/system/a.path", "unit a.path system /t/mkosi.extra"],
  ["/t/usr/lib/systemd/system.attached/a.service", "unit a.service system /t"],
  ["/t/usr/lib/systemd/system/a.service.d/10-x.conf", "drop-in a.service system /t"],
  ["/t/usr/lib/systemd/system/service.d/x.conf", "drop-in service system /t"],
  ["/t/usr/lib/systemd/system/foo-.service.d/x.conf", "drop-in foo-.service system /t"],
  ["/t/usr/lib/systemd/system/foo@.service.d/x.conf", "drop-in foo@.service system /t"],
  ["/etc/systemd/system/a.service.d/.#override.conf0123456789abcdef", "drop-in a.service system "],
  ["/t/usr/lib/systemd/system/a.service.in", "unit a.service system /t template"],
  ["/t/usr/lib/systemd/system/@NAME@.service.in", "unit @NAME@.service system /t template"],
  ["/t/usr/lib/systemd/system/a.service.backup", "unit a.service system /t"],
  ["/home/x/a.service", "unit a.service system none"],
  ["/home/x/a.service.j2", "unit a.service system none template"],
  ["/home/x/a.service.d/b.conf", "drop-in a.service system none"],
  ["/home/x/.config/systemd/user/a.service", "unit a.service user none"],
] as const) {
  test(`${path} is ${expected}`, () => assert.equal(place(path), expected));
}

test("files of other programs, links and files that systemd does not read are none", () => {
  const paths = [
    "/t/usr/share/dbus-1/system-services/org.demo.service",
    "/etc/containers/systemd/a.socket",
    "/t/usr/lib/systemd/system/multi-user.target.wants/a.service",
    "/t/usr/lib/systemd/system/a.service.d/x.txt",
    "/t/usr/lib/systemd/network/a.network",
    "/home/x/service.d/a.conf",
    "/home/x/a.conf",
    "/home/x/login.feature",
  ];
  assert.deepEqual(
    paths.filter((path) => locateUnit(path) !== undefined),
    [],
  );
});

test("a file with a unit's name is one when it has a section of units", () => {
  assert.ok(looksLikeUnit("# x\n[Unit]\n"));
  assert.ok(!looksLikeUnit("[D-BUS Service]\nName=x\n"));
  assert.ok(!looksLikeUnit("just text\n"));
});

test("a name by itself is that of a unit", () => {
  assert.equal(place("a.service"), "unit a.service system none");
});
