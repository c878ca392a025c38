// Holds findings against systemd: what a check calls an error no host merges, and what no check complains about some host does.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { memoryTree } from "../../image/src/tree/memory-tree.ts";
import {
  type CheckFacts,
  checkRelease,
  checks,
  checkTree,
  type ExampleTree,
  exampleFiles,
  type Finding,
  type Severity,
} from "../../server/src/core/index.ts";
import { findTool } from "../support/tools.ts";
import { canMerge, mergeOn, type TreeFiles } from "./real-merge.ts";

const releaseFolder = "usr/lib/extension-release.d";

/** The host that the examples of the checks are for. */
const fedora = "ID=fedora\nVERSION_ID=40\n";

/** systemd's names of the architectures that node runs these tests on. */
const architectures: Partial<Record<NodeJS.Architecture, string>> = {
  x64: "x86-64",
  arm64: "arm64",
  riscv64: "riscv64",
};
const architecture = architectures[process.arch] ?? "_any";

/** Errors that do not keep a host from merging: the extension takes effect without what the value was meant to do. */
const mergedAnyway = new Set(["er/reload-not-boolean"]);

/** The last version of systemd in which the bad example of a check fails. */
const failsUntil: Readonly<Record<string, number>> = { "name/overlay-unsafe": 252 };

/** The machine's systemd; zero without one, whose tests are skipped. */
const version = systemdVersion();

function systemdVersion(): number {
  const program = findTool("systemd-sysext");
  if (program === undefined) return 0;
  return Number(/^systemd (\d+)/.exec(execFileSync(program, ["--version"], { encoding: "utf8" }))?.[1]);
}

/** The texts of an example, for this machine's architecture. */
function textsOf(files: ExampleTree): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [
      path,
      (typeof file === "string" ? file : (file.content ?? "")).replace(/x86-64|arm64/g, architecture),
    ]),
  );
}

/** The severity of a check's finding in an extension. */
async function severityOf({ id }: CheckFacts, name: string, files: TreeFiles): Promise<Severity | undefined> {
  const findings = await checkTree(memoryTree(files), { folder: name });
  return findings.find(({ check }) => check === id)?.severity;
}

/** The checks that show a release file. */
const releaseChecks = checks.filter(({ id, example }) => !("badTree" in example) && /^(?:er|name)\//.test(id));

for (const check of releaseChecks) {
  const { id, example, since = 0 } = check;
  const name = example.name ?? "demo";
  const { bad, good } = exampleFiles(check);
  const files = { "usr/share/about.txt": "about\n", ...textsOf(bad) };

  test(`systemd merges the good example of ${id}`, (t) => {
    if (!canMerge(t)) return;
    const { merged, log } = mergeOn(t, fedora, { demo: textsOf(good) });
    assert.deepEqual(merged, ["demo"], log);
  });

  // What is no error may merge or not, and so may what is about another version of systemd.
  if ((await severityOf(check, name, files)) !== "error") continue;
  if (since > version || version > (failsUntil[id] ?? version)) continue;
  test(`systemd ${mergedAnyway.has(id) ? "merges" : "does not merge"} the bad example of ${id}`, (t) => {
    if (!canMerge(t)) return;
    const { merged, log } = mergeOn(t, fedora, { [name]: files });
    assert.deepEqual(merged, mergedAnyway.has(id) ? [name] : [], log);
  });
}

/** Values to combine; undefined leaves the key out. */
const values: Readonly<Record<string, readonly (string | undefined)[]>> = {
  ID: ["fedora", "arch", "_any", "Fedora", "", undefined],
  VERSION_ID: ["40", "_any", "", undefined],
  SYSEXT_LEVEL: ["2", "_any", "", undefined],
  ARCHITECTURE: [architecture, "_any", "amd64", "", undefined],
  SYSEXT_SCOPE: ["system", "initrd system", "initrd", "sytem", "", undefined],
};

/** Hosts as there are; an extension that is in order takes effect on one of them at least. */
const hosts = [fedora, `${fedora}SYSEXT_LEVEL=2\n`, "ID=arch\n"];

/** Every combination of what is compared with the host's, and of each scope and architecture with the IDs. */
function releaseFiles(): string[] {
  const { ID = [], VERSION_ID = [], SYSEXT_LEVEL = [], ARCHITECTURE = [], SYSEXT_SCOPE = [] } = values;
  const files: string[] = [];
  const add = (lines: Readonly<Record<string, string | undefined>>): void => {
    const set = Object.entries(lines).filter(([, value]) => value !== undefined);
    files.push(set.map(([key, value]) => `${key}=${value}\n`).join(""));
  };
  for (const id of ID) {
    for (const version of VERSION_ID) {
      for (const level of SYSEXT_LEVEL) add({ ID: id, VERSION_ID: version, SYSEXT_LEVEL: level });
    }
    for (const arch of ARCHITECTURE) {
      for (const scope of SYSEXT_SCOPE) add({ ID: id, VERSION_ID: "40", ARCHITECTURE: arch, SYSEXT_SCOPE: scope });
    }
  }
  return files;
}

/** Findings about lines that a host does not look at. */
const harmless = new Set(["er/any-ignores-version"]);

test("systemd merges what is called right on some host, and what is called an error on none", (t) => {
  if (!canMerge(t)) return;
  const cases = releaseFiles().map((release, index) => {
    const name = `e${index}`;
    const file = `${releaseFolder}/extension-release.${name}`;
    const findings: Finding[] = checkRelease(release, {
      suffix: name,
      path: file,
      location: "sysext",
      tree: { name, nameSource: "folder", class: "sysext", releaseSuffixes: [name], anyNameAllowed: false },
    });
    return { release, name, findings, files: { [file]: release } };
  });
  const merged = new Map<string, string>();
  const atOnce = 30; // more lower layers than that do not fit into one mount of older versions
  for (const host of hosts) {
    for (let from = 0; from < cases.length; from += atOnce) {
      const some = cases.slice(from, from + atOnce);
      const result = mergeOn(t, host, Object.fromEntries(some.map(({ name, files }) => [name, files])));
      for (const name of result.merged) merged.set(name, host);
    }
  }
  const wrong = cases.flatMap(({ release, name, findings }) => {
    const host = merged.get(name);
    const said = findings.map(({ check, severity, message }) => `  ${severity} ${check}: ${message}\n`).join("");
    if (host !== undefined && findings.some(({ severity }) => severity === "error"))
      return [`an error, but it merges on\n${host}\n${release}${said}`];
    if (host === undefined && findings.every(({ check }) => harmless.has(check)))
      return [`nothing is wrong, but it merges nowhere\n${release}${said}`];
    return [];
  });
  assert.equal(wrong.length, 0, `${wrong.length} of ${cases.length}:\n\n${wrong.join("\n")}`);
});
