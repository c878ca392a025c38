// What each check marks and says, in whole files: neither a finding more nor one less.
import { test } from "node:test";
import { checkFixture } from "../../../../test/support/check-fixture.ts";

test("a file in order has no findings", async () => {
  await checkFixture(`# Made by hand
ID=flatcar
SYSEXT_LEVEL=1.0
ARCHITECTURE="x86-64"
SYSEXT_SCOPE=system initrd
EXTENSION_RELOAD_MANAGER=1
ACME_NOTE='anything # at all'
`);
});

test("an empty file, and one with comments only, lack an ID", async () => {
  const message = 'every host ignores an extension without "ID="; add the host\'s ID, or "_any" for all hosts';
  await checkFixture(`#| error[er/id-missing]: ${message}\n`);
  await checkFixture(`; nothing yet\n#^^^^^^^^^^^^^ error[er/id-missing]: ${message}\n`);
});

test("several mistakes of one file are each marked where they are", async () => {
  await checkFixture(`ID=Fedora
#  ^^^^^^ warning[er/id-not-os]: no system has the ID "Fedora": an ID contains only lower-case letters, digits and ._-; use the one in the host's os-release
VERSION_ID = 40
#         ^^^ info[er/space-around-equals]: systemd removes the whitespace around "=" after "VERSION_ID", but shells and other tools do not; delete it
ARCHITECTURE=amd64
#            ^^^^^ error[er/architecture-invalid]: "amd64" is not a systemd architecture, so no host merges this extension; use "x86-64"
SYSEXT_SCOPE='system sytem'
#                    ^^^^^ warning[er/scope-excludes-system]: "sytem" is not a scope, so nothing matches it; use "system", "initrd" or "portable"
EXTENSION_RELOAD_MANAGER=ture
#                        ^^^^ error[er/reload-not-boolean]: "ture" is not a boolean, so systemd ignores it; use "1" or "0"
`);
});

test("a comment behind a value is marked alone, and the value is judged without it", async () => {
  await checkFixture(`ID=_any # every host
#       ^^^^^^^^^^^^ error[er/syntax-inline-comment]
ARCHITECTURE=amd64 # PC
#            ^^^^^ error[er/architecture-invalid]
#                  ^^^^ error[er/syntax-inline-comment]
`);
});

test("a version is wanted unless any host will do", async () => {
  await checkFixture("ID=fedora\n#  ^^^^^^ error[er/no-version-constraint]\n");
  await checkFixture("ID=_any\n");
  await checkFixture("ID=_any\nVERSION_ID=40\n#^^^^^^^^^^^^^ warning[er/any-ignores-version]\n");
  await checkFixture("ID=fedora\nVERSION=40\n#^^^^^^^ error[er/version-key-typo]\n");
});

test("a value that goes on in other lines is marked up to the line's end", async () => {
  await checkFixture(`ID=_any
A_B="one
#^^^^^^^^> warning[er/duplicate-key]
two"
A_B=three
`);
});

test("names and places count in trees", async () => {
  const folder = "usr/lib/extension-release.d/extension-release";
  await checkFixture(`#- ${folder}.other\nID=_any\n#^^^^^^^ error[er/name-mismatch]\n`);
  await checkFixture(`#- ${folder}.other\nID=_any\n`, { folder: "other" });
  await checkFixture(`#- usr/bin/demo\n#? ${folder}.demo\n#| error[er/missing]\n`);
  await checkFixture(`#- sysext.json
{ "class": "extension" }
# ^^^^^^^ error[project/value]
#- ${folder}.demo
ID=_any
`);
});

test("the project file sets severities and the version, and what the caller says goes before", async () => {
  const files = (severity: string): string => `#- sysext.json
{ "systemd": 255, "checks": { "er/restart-units-version": "warning" } }
#- usr/lib/extension-release.d/extension-release.demo
ID=_any
EXTENSION_RESTART_UNITS=demo.service
#^^^^^^^^^^^^^^^^^^^^^^^ ${severity}[er/restart-units-version]
`;
  await checkFixture(files("warning"));
  await checkFixture(files("hint"), { overrides: { "er/restart-units-version": "hint" } });
});
