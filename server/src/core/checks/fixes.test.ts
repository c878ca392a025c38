// Every fix, before and after; and no fix leaves its finding behind, however the file is written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import {
  applyFix,
  assertFix,
  assertNoFix,
  type FixOptions,
  type Texts,
} from "../../../../test/support/check-fixture.ts";
import { releasePath } from "../model/release-location.ts";
import { checkTree } from "./check-tree.ts";
import { releaseChecks } from "./er/index.ts";
import type { TreeFinding } from "./finding.ts";

const demo = releasePath("sysext", "demo");

/** Fixes of release files by the check: [before, after, title unless it is the first one]. */
const pairs: readonly [check: string, before: string, after: string, title?: string][] = [
  ["er/id-missing", "# a\nVERSION_ID=40\n", "# a\nID=_any\nVERSION_ID=40\n"],
  ["er/id-missing", "# a", "# a\nID=_any\n"],
  ["er/id-missing", "ID=''\nVERSION_ID=40\n", "ID=_any\nVERSION_ID=40\n"],
  ["er/id-missing", "id=fedora\nVERSION_ID=40\n", "ID=fedora\nVERSION_ID=40\n"],
  ["er/id-not-os", "ID=Fedora\nVERSION_ID=40\n", "ID=fedora\nVERSION_ID=40\n"],
  ["er/id-not-os", 'ID="demo"\nVERSION_ID=40\n', 'ID="_any"\nVERSION_ID=40\n'],
  ["er/any-ignores-version", "ID=_any\nVERSION_ID=40\nA_B=1\n", "ID=_any\nA_B=1\n"],
  ["er/no-version-constraint", "ID=fedora\n", "ID=_any\n"],
  ["er/no-version-constraint", "ID=flatcar\nA_B=1\n", "ID=flatcar\nSYSEXT_LEVEL=1.0\nA_B=1\n"],
  ["er/no-version-constraint", "ID=flatcar\nA_B=1\n", "ID=_any\nA_B=1\n", 'Match any host with "ID=_any"'],
  ["er/no-version-constraint", "ID=flatcar", "ID=flatcar\nSYSEXT_LEVEL=1.0\n"],
  ["er/scope-excludes-system", 'ID=_any\nSYSEXT_SCOPE=""\n', "ID=_any\nSYSEXT_SCOPE=system\n"],
  ["er/architecture-invalid", 'ID=_any\nARCHITECTURE="amd"64\n', "ID=_any\nARCHITECTURE=x86-64\n"],
  ["er/architecture-invalid", 'ID=_any\nARCHITECTURE="amd64" # PC\n', 'ID=_any\nARCHITECTURE="x86-64" # PC\n'],
  ["er/version-key-typo", "ID=fedora\nVERSION=40\n", "ID=fedora\nVERSION_ID=40\n"],
  ["er/version-id-any", "ID=fedora\nVERSION_ID=_any\n", "ID=_any\n"],
  ["er/version-id-any", "ID=fedora\nVERSION_ID=_any\nSYSEXT_LEVEL=2\n", "ID=fedora\nSYSEXT_LEVEL=2\n"],
  ["er/architecture-invalid", "ID=_any\nARCHITECTURE='aarch64'\n", "ID=_any\nARCHITECTURE='arm64'\n"],
  ["er/architecture-invalid", "ID=_any\nARCHITECTURE=x86_64 # PC\n", "ID=_any\nARCHITECTURE=x86-64 # PC\n"],
  ["er/scope-excludes-system", "ID=_any\nSYSEXT_SCOPE=initrd sytem\n", "ID=_any\nSYSEXT_SCOPE=initrd system\n"],
  ["er/scope-excludes-system", 'ID=_any\nSYSEXT_SCOPE="initrd"\n', 'ID=_any\nSYSEXT_SCOPE="system initrd"\n'],
  ["er/reload-not-boolean", "ID=_any\nEXTENSION_RELOAD_MANAGER=ture\n", "ID=_any\nEXTENSION_RELOAD_MANAGER=true\n"],
  ["er/confext-location", "ID=fedora\nCONFEXT_LEVEL=2\n", "ID=fedora\nSYSEXT_LEVEL=2\n"],
  ["er/syntax-inline-comment", "A_B=1\nID=_any # all\n", "A_B=1\n# all\nID=_any\n"],
  ["er/syntax", "\ufeffID=_any\n", "ID=_any\n"],
  ["er/syntax", "export ID=_any\n", "ID=_any\n"],
  ["er/syntax", 'ID="_any\nA_B=1\n', 'ID="_any"\nA_B=1\n'],
  ["er/syntax", "ID=_any\nhello\n", "ID=_any\n# hello\n"],
  ["er/syntax", "ID=_any\0\n", "ID=_any\n"],
  ["er/space-around-equals", "ID = _any\n", "ID=_any\n"],
  ["er/duplicate-key", "ID=fedora\nA_B=1\nID=_any\n", "A_B=1\nID=_any\n"],
  [
    "er/restart-units-unknown",
    "ID=_any\nEXTENSION_RESTART_UNITS=a.service demo\n",
    "ID=_any\nEXTENSION_RESTART_UNITS=a.service demo.service\n",
  ],
  ["er/unknown-key", "ID=_any\nARCHITECTUR=arm64\n", "ID=_any\nARCHITECTURE=arm64\n"],
];

for (const [check, before, after, title] of pairs) {
  test(`${check}: ${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, async () => {
    await assertFix(before, check, after, title === undefined ? {} : { title });
  });
}

test("what only the author can know has no fix", async () => {
  await assertNoFix("ID=_any\nARCHITECTURE=quantum\n", "er/architecture-invalid");
  await assertNoFix("ID=fedora\nVERSION_ID='Fedora 40'\n", "er/value-charset");
  await assertNoFix("ID=_any\nEXTENSION_RESTART_UNITS=demo@.service\n", "er/restart-units-unknown");
  await assertNoFix("ID=My OS\nVERSION_ID=40\n", "er/id-not-os");
});

test("an empty scope gets the one that booted hosts have", async () => {
  await assertFix("ID=_any\nSYSEXT_SCOPE=\n", "er/scope-excludes-system", "ID=_any\nSYSEXT_SCOPE=system\n");
});

test("a file gets the name or the folder that its tree wants", async () => {
  const other = releasePath("sysext", "other");
  const confext = releasePath("confext", "demo");
  const rename = async (from: string, check: string, after: string, options: FixOptions = {}): Promise<void> =>
    await assertFix(`#- ${from}\nID=_any\n`, check, after, options);
  await rename(other, "er/name-mismatch", `#- ${demo}\nID=_any\n`);
  await rename(other, "er/name-mismatch", `#- ${other}\nID=_any\n#- sysext.json\n{\n  "name": "other"\n}\n`, {
    title: 'Name the extension "other" in "sysext.json"',
  });
  await rename(`${demo}.sysext`, "er/class-suffix-in-name", `#- ${demo}\nID=_any\n`);
  const project = '#- sysext.json\n{ "class": "confext" }\n';
  await assertFix(`${project}#- ${demo}\nID=_any\n`, "er/confext-location", `${project}#- ${confext}\nID=_any\n`);
});

test("a tree without a release file gets one", async () => {
  await assertFix("#- usr/bin/a\n", "er/missing", `#- usr/bin/a\n#- ${demo}\nID=_any\n`);
});

/** Ways to write the same file. */
const manners: Readonly<Record<string, (text: string) => string>> = {
  "with a newline at the end": (text) => text,
  "without a newline at the end": (text) => text.replace(/\n$/, ""),
  "as Windows does": (text) => text.replaceAll("\n", "\r\n"),
  "with values in quotes": (text) => (/["']/.test(text) ? text : text.replace(/=([^\n]*)$/gm, '="$1"')),
  "between comments": (text) => `# one\n${text}# two\n`,
};

async function findingsIn(texts: Texts): Promise<TreeFinding[]> {
  return await checkTree(memoryTree(Object.fromEntries(texts)), { folder: "demo" });
}

const examples = [...releaseChecks.map(({ example }) => example.bad), ...pairs.map(([, before]) => before)];

for (const [manner, write] of Object.entries(manners)) {
  test(`no fix leaves its finding behind: files written ${manner}`, async () => {
    for (const example of new Set(examples)) {
      const texts = new Map([[demo, write(example)]]);
      const before = await findingsIn(texts);
      for (const finding of before) {
        for (const fix of finding.fixes) {
          const after = await findingsIn(applyFix(texts, finding.path, fix));
          const count = (findings: readonly TreeFinding[]): number =>
            findings.filter(({ check }) => check === finding.check).length;
          const what = `${finding.check}, "${fix.title}", in ${JSON.stringify(write(example))}`;
          assert.ok(count(after) < count(before), `${what} does not repair it`);
        }
      }
    }
  });
}
