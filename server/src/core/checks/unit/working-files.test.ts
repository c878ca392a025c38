// Files that work, and that other tools complain about; and the few things in such files that are worth a word.
import assert from "node:assert/strict";
import { test } from "node:test";
import { locateUnit, looksLikeUnit } from "../../model/unit-location.ts";
import { checkUnit } from "./check-units.ts";

const system = "/home/me/demo/usr/lib/systemd/system";
const run = "ExecStart=/usr/bin/demo\n";

/** What is said of a file: check and severity, a line each. */
function said(path: string, text: string): string[] {
  return checkUnit(text, path.startsWith("/") ? path : `${system}/${path}`).map(
    ({ check, severity }) => `${severity} ${check}`,
  );
}

const fine: readonly (readonly [string, string, string])[] = [
  ["a drop-in with nothing but [Unit]", "demo.service.d/10-a.conf", "[Unit]\nAfter=a.service\n"],
  ["a drop-in with nothing but [Install]", "demo.service.d/10-a.conf", "[Install]\nWantedBy=a.target\n"],
  ["a command that is reset in a drop-in", "demo.service.d/10-a.conf", `[Service]\nExecStart=\n${run}`],
  ["a command that is reset in the unit", "demo.service", `[Service]\nExecStart=\n${run}`],
  [
    "a service that only has an action",
    "demo.service",
    "[Unit]\nSuccessAction=reboot-force\n[Service]\nType=oneshot\n",
  ],
  ["a service without [Service], with an action", "demo.service", "[Unit]\nSuccessAction=reboot-force\n"],
  ["keys and sections of one's own", "demo.service", `[Service]\n${run}X-Demo=1\n[X-Demo]\nFoo=bar\n`],
  ["a service's sections twice", "demo.service", `[Service]\n${run}[Unit]\nAfter=a.service\n[Service]\nNice=5\n`],
  ["a type of file system that is free text", "srv.mount", "[Mount]\nWhat=a\nWhere=/srv\nType=virtiofs\n"],
  ["statuses of several kinds", "demo.service", `[Service]\n${run}SuccessExitStatus=0 143 TEMPFAIL 250 SIGKILL\n`],
  [
    "prefixes of commands in any order",
    "demo.service",
    "[Service]\nType=oneshot\nExecStart=-@/usr/bin/demo demo\nExecStart=@-/usr/bin/demo demo\nExecStart=:+/usr/bin/demo\nExecStart=!-/usr/bin/demo\n",
  ],
  ["a command that is found by its name", "demo.service", "[Service]\nExecStart=demo --flag\n"],
  ["a specifier in a program's path", "demo@.service", "[Service]\nExecStart=/usr/lib/demo/%i\n"],
  ["quotes that a command line takes away", "demo.service", `[Service]\nExecStart="/usr/bin/demo" "a b"\n`],
  ["quotes that a list of variables takes away", "demo.service", `[Service]\n${run}Environment="A=b c" 'D=e'\n`],
  ["a oneshot that starts again when it fails", "demo.service", `[Service]\nType=oneshot\n${run}Restart=on-failure\n`],
  ["several commands of a oneshot", "demo.service", `[Service]\nType=oneshot\n${run}${run}`],
  ["values of systemd 257", "demo.service", `[Service]\n${run}PrivateTmp=disconnected\nPrivateUsers=identity\n`],
  ["values of systemd 258", "demo.service", `[Service]\n${run}ProtectControlGroups=private\nProtectHostname=private\n`],
  [
    "empty values that reset",
    "demo.service",
    `[Unit]\nConditionPathExists=\nAfter=\n[Service]\n${run}ReadWritePaths=\n`,
  ],
  ["drop-ins of all services", "service.d/10-a.conf", "[Service]\nNice=5\n"],
  ["drop-ins by the beginning of a name", "demo-.service.d/10-a.conf", "[Service]\nNice=5\n"],
  ["drop-ins of a template", "demo@.service.d/10-a.conf", "[Service]\nNice=5\n"],
  ["a placeholder of Meson", "demo.service.in", "[Service]\nExecStart=@bindir@/demo\nNice=@NICE@\n"],
  ["a placeholder of Jinja", "demo.service.j2", "[Service]\nExecStart=/usr/bin/demo\nNice={{ nice }}\n"],
  ["a placeholder of a shell", "demo.service.tmpl", `[Service]\n${run}Nice=\${NICE}\n`],
  ["a placeholder that no file name tells of", "demo.service", "[Service]\nExecStart=@BINDIR@/demo\nNice={{ nice }}\n"],
  ["a unit without [Install]", "demo.service", `[Service]\n${run}`],
  [
    "a path with equals signs in a joined line",
    "demo.service",
    "[Service]\nExecStart=/usr/bin/demo \\\n  --opt = b \\\n  C=d\n",
  ],
  ["what looks like a section in a joined line", "demo.service", "[Service]\nExecStart=/usr/bin/demo \\\n[Service]\n"],
  [
    "comments of both kinds in a joined line",
    "demo.service",
    "[Service]\nExecStart=/usr/bin/demo \\\n# a\n; b\n  --flag\n",
  ],
  ["a comment with an equals sign", "demo.service", `; foo=bar\n[Service]\n${run}`],
  ["a file with a byte order mark and CR LF", "demo.service", `\ufeff[Service]\r\nExecStart=/usr/bin/demo\r\n`],
  ["a file with comments only", "demo.service.d/10-a.conf", "# nothing\n; at all"],
  ["a unit that masks another", "demo.service", ""],
];

for (const [what, path, text] of fine) {
  test(`${what}: nothing is said`, () => assert.deepEqual(said(path, text), []));
}

for (const word of ["1", "yes", "Y", "true", "T", "on", "0", "No", "n", "FALSE", "f", "off"]) {
  test(`"${word}" is a boolean`, () =>
    assert.deepEqual(said("demo.service", `[Service]\n${run}RemainAfterExit=${word}\n`), []));
}

const spans =
  "5usec 5us 5µs 5μs 5msec 5ms 5seconds 5second 5sec 5s 5minutes 5minute 5min 5m 5hours 5hour 5hr 5h 5days 5day 5d 5weeks 5week 5w 5months 5month 5M 5years 5year 5y 1.5h infinity";
for (const span of [...spans.split(" "), "1h 30min 5", "2min 200ms"]) {
  test(`"${span}" is a time`, () =>
    assert.deepEqual(said("demo.service", `[Service]\n${run}TimeoutStopSec=${span}\n`), []));
}

const worthAWord: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "StartLimitInterval=10s\nStartLimitBurst=3",
    "an old place of a setting",
    ["info unit/legacy-key", "info unit/legacy-key"],
  ],
  ["ReadWriteDirectories=/srv", "an old name of a setting", ["info unit/legacy-key"]],
  ["KillMode=none", "a value that leaves processes behind", ["warning unit/deprecated-value"]],
  ["PIDFile=/var/run/a.pid", "an old name of a folder", ["info unit/var-run"]],
  ["StandardOutput=syslog", "a value that means another", ["info unit/deprecated-value"]],
  ["PrivateDevices=no  # why", "a comment behind a value", ["error unit/inline-comment"]],
  ['WorkingDirectory="/srv"', "quotes that belong to a path", ["error unit/quotes-literal"]],
  ['StandardOutput="file:/srv/log"', "quotes around a word and a path", ["warning unit/quotes-literal"]],
  ["RemainAfterExit=always", "a word that is no boolean", ["warning unit/invalid-value"]],
  [
    "ReadWritePaths=/a \\ \n",
    "a blank behind a backslash",
    ["warning unit/blank-after-backslash", "warning unit/relative-path"],
  ],
  ["NotInventedYet=1", "a setting that may be newer", ["hint unit/unknown-key"]],
  ["ListenStream=80", "a setting of another type", ["warning unit/wrong-section"]],
];

for (const [line, what, expected] of worthAWord) {
  test(`${what}: ${expected.join(", ")}`, () =>
    assert.deepEqual(said("demo.service", `[Service]\n${run}${line}\n`), expected));
}

test("a oneshot that always starts again is refused, as are several commands of other types", () => {
  assert.deepEqual(said("demo.service", `[Service]\nType=oneshot\n${run}Restart=always\n`), [
    "error unit/oneshot-restart",
  ]);
  assert.deepEqual(said("demo.service", `[Service]\n${run}${run}`), ["error unit/several-commands"]);
});

test("columns behind signs of two units are right", () => {
  const text = `[Unit]\nDescription=😀😀 %z\n[Service]\n${run}`;
  const [finding] = checkUnit(text, `${system}/demo.service`);
  assert.equal(finding && text.slice(finding.span.start, finding.span.end), "%z");
});

const foreign = [
  "/a/features/login.feature",
  "/a/app.network",
  "/a/meson.build",
  "/a/disk.image",
  "/a/99-demo.rules",
  "/a/my.user",
  "/a/locale.conf",
  "/usr/share/dbus-1/services/org.demo.service",
  "/etc/containers/systemd/demo.volume",
];
for (const path of foreign) {
  test(`"${path}" is no unit`, () => assert.equal(locateUnit(path), undefined));
}

for (const path of [
  "/a/mkosi.extra/usr/lib/systemd/system/demo.service",
  "/a/mkosi.images/base/mkosi.extra/etc/systemd/system/demo.service.d/x.conf",
  "/a/usr/lib/systemd/system/demo.service.d/.#override.conf0123456789abcdef",
  "/a/usr/lib/systemd/system/demo.service.backup",
]) {
  test(`"${path}" is typed by where it lands`, () => assert.equal(locateUnit(path)?.type, "service"));
}

test("a file outside of systemd's folders is a unit by what is in it", () => {
  assert.ok(looksLikeUnit("# x\n[Path]\nPathExists=/x\n"));
  assert.ok(!looksLikeUnit("Feature: login\n"));
});
