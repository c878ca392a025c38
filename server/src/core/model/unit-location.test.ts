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

test("folders, endings and placeholders make the difference", () => {
  for (const [path, expected] of Object.entries({
    "/t/usr/share/systemd/user/a.slice": "unit a.slice user /t",
    "/t/lib/systemd/system/a.mount": "unit a.mount system /t",
    "/t/run/systemd/system.control/a.scope": "unit a.scope system /t",
    "/t/xetc/systemd/system/a.swap": "unit a.swap system none",
    "/t/usr/lib/systemd/systemx/a.service": "unit a.service system none",
    "/t/usr/lib/systemd/user.attached/a.service": "unit a.service user /t",
    "etc/systemd/system/a.device": "unit a.device system ",
    "/home/x/user/a.target": "unit a.target user none",
    "/home/x/users/a.target": "unit a.target system none",
    "/home/x/.#a.service0123456789abcdef": "unit a.service system none",
    "/home/x/.#a.service0123456789abcde": "none",
    "/home/x/x.#a.service0123456789abcdef": "none",
    "/home/x/.#a.service0123456789abcdef0": "none",
    "/home/x/<x>.service.in": "unit <x>.service system none template",
    "/home/x/{x}.service.in": "unit {x}.service system none template",
    "/home/x/$x.service.in": "unit $x.service system none template",
    "/home/x/@NAME@.service.in": "unit @NAME@.service system none template",
    "/home/x/a b.service.in": "none",
    "/home/x/@NAME@.service": "none",
    "/home/x/@NAME@.conf.in": "none",
    "/home/x/a.service.d/x.conf.in": "drop-in a.service system none template",
    "/home/x/a.service.d/x.conf.bak": "drop-in a.service system none",
    "/home/x/a.d/x.conf": "none",
    "/home/x/a.service.d/x.in": "none",
    "/t/etc/systemd/system/a.service.d/x/y.conf": "none",
    "/t/etc/systemd/system/timer.d/x.conf": "drop-in timer system /t",
    "/t/etc/systemd/system/timerx.d/x.conf": "none",
    "/home/x/timer.d/x.conf": "none",
    "/home/x/a.service.in.bak": "unit a.service system none template",
    "/home/x/a.service.bak.in.orig": "unit a.service system none template",
    "/x/avahi/services/a.service": "none",
    "/etc/xinetd.d/a.service": "none",
    "dbus-1/a.service": "none",
    "xdbus-1/a.service": "unit a.service system none",
    "/srv/services.d/a.service": "none",
    "/containers/a.service": "unit a.service system none",
    "/containers/systemd/x/a.service": "none",
    "/t/etc/systemd/system/a.service.d": "none",
    "/t/etc/systemd/system/x.wants/a.service": "none",
    "a.service.j2": "unit a.service system none template",
    "a.service.jinja": "unit a.service system none template",
    "a.service.jinja2": "unit a.service system none template",
    "a.service.tmpl": "unit a.service system none template",
    "a.service.tpl": "unit a.service system none template",
    "a.service.template": "unit a.service system none template",
    "a.service.m4": "unit a.service system none template",
    "a.service.mustache": "unit a.service system none template",
    "a.service.hbs": "unit a.service system none template",
    "a.service.erb": "unit a.service system none template",
    "a.service.epp": "unit a.service system none template",
    "a.service.ejs": "unit a.service system none template",
    "a.service.gotmpl": "unit a.service system none template",
    "a.service.inx": "none",
    "a.service.backup": "unit a.service system none",
    "a.service.bak": "unit a.service system none",
    "a.service.orig": "unit a.service system none",
    "a.service.old": "unit a.service system none",
    "a.service.ignore": "unit a.service system none",
    "a.service.disabled": "unit a.service system none",
    "a.service.example": "unit a.service system none",
    "a.service.sample": "unit a.service system none",
    "a.service.dist": "unit a.service system none",
    "a.service.rpmsave": "unit a.service system none",
    "a.service.rpmnew": "unit a.service system none",
    "a.service.dpkg-new": "unit a.service system none",
    "a.service.dpkg-": "none",
    "a.service.bakx": "none",
  })) {
    assert.equal(place(path) ?? "none", expected, path);
  }
});

test("a section of any kind of unit makes the difference, near the beginning of a text", () => {
  const sections = "Unit Service Socket Timer Path Mount Automount Swap Slice Scope Target Device Install".split(" ");
  for (const section of sections) assert.ok(looksLikeUnit(`# x\n\t [${section}]`), section);
  for (const text of ["x[Unit]", "[Unitx]", "[xUnit]", "[Unit", "\n[]"]) assert.ok(!looksLikeUnit(text), text);
  const before = (length: number) => `${"#".repeat(length - "\n[Unit]".length)}\n[Unit]`;
  assert.deepEqual([looksLikeUnit(before(20_000)), looksLikeUnit(before(20_001))], [true, false]);
});
