// Verdicts, held against the machine's own systemd-sysext: seeded combinations of release file, host and name.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { type TestContext, test } from "node:test";
import { memoryTree } from "../../image/src/index.ts";
import {
  type ExtensionImage,
  type HostRelease,
  type Judgement,
  judgeExtension,
  readHostRelease,
  readImageFacts,
} from "../../server/src/core/index.ts";
import { campaign } from "../support/campaign.ts";
import { findTool } from "../support/tools.ts";
import { canMerge, mergeOn, type TreeFiles } from "./real-merge.ts";

const releaseFolder = "usr/lib/extension-release.d";
/** systemd's names of the architectures that node runs these tests on. */
const architectures: Partial<Record<NodeJS.Architecture, string>> = {
  x64: "x86-64",
  arm64: "arm64",
  riscv64: "riscv64",
};
const architecture = architectures[process.arch] ?? "_any";

/** Extensions that one mount of an older kernel takes as layers. */
const atOnce = 25;
const combinations = campaign(150, 600);

/** Numbers from 0 up to `below`, the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Values by key; undefined leaves the key out. The first ones are likely to fit. */
const extensionValues: Readonly<Record<string, readonly (string | undefined)[]>> = {
  ID: ["foo", "foo", "_any", "bar", "Foo", "", '"foo"', "'foo'", "foo # c", undefined],
  ID_LIKE: [undefined, undefined, "foo", "bar"],
  VERSION_ID: ["1", "1", "2", "01", "1.0", "", "_any", undefined, '"1"', " 1"],
  SYSEXT_LEVEL: [undefined, undefined, undefined, "2", "3", "", "_any"],
  CONFEXT_LEVEL: [undefined, undefined, "2"],
  ARCHITECTURE: [undefined, undefined, architecture, "_any", "amd64", "sparc", ""],
  SYSEXT_SCOPE: [
    undefined,
    undefined,
    undefined,
    "system",
    "initrd",
    "initrd system",
    "portable",
    "",
    "System",
    "system,initrd",
  ],
  CONFEXT_SCOPE: [undefined, undefined, "initrd"],
};

const hostValues: Readonly<Record<string, readonly (string | undefined)[]>> = {
  ID: ["foo", "foo", "foo", "bar", '"foo"'],
  ID_LIKE: [undefined, "bar baz"],
  VERSION_ID: ["1", "1", undefined, "", "2"],
  SYSEXT_LEVEL: [undefined, undefined, "2", ""],
};

function lines(values: typeof extensionValues, next: (below: number) => number): string {
  const found = Object.entries(values).flatMap(([key, options]) => {
    const value = options[next(options.length)];
    return value === undefined ? [] : [`${key}=${value}\n`];
  });
  // Now and then a key comes twice, with a comment, an unknown key or a line that is none.
  const extras = [
    "# a comment\n",
    "UNKNOWN=1\n",
    "no assignment\n",
    "ID=foo\n",
    "VERSION_ID=1\n",
    "\n",
    "export ID=foo\n",
  ];
  if (next(4) === 0) found.splice(next(found.length + 1), 0, extras[next(extras.length)] ?? "");
  return found.join("");
}

interface Case {
  readonly name: string;
  readonly files: TreeFiles;
}

/** An extension whose release file is called as it, or otherwise. */
function extensionCase(index: number, next: (below: number) => number): Case {
  const suffixes = ["", "", "", "_1.2", "+3", "-1.2", ".x", "@2"];
  const name = `e${index}${suffixes[next(suffixes.length)] ?? ""}`;
  const base = /^[^_+]+/.exec(name)?.[0] ?? name;
  const called = [name, name, name, name, base, "other", `${name}.raw`][next(7)] ?? name;
  const text = lines(extensionValues, next);
  const file = (suffix: string) => `${releaseFolder}/extension-release.${suffix}`;
  const files: Record<string, string> = { [file(called)]: text };
  if (next(10) === 0) files[file(`${name}x`)] = "ID=_any\n";
  return { name, files };
}

async function judge(
  { name, files }: Case,
  release: HostRelease,
  systemd: number,
  kind: ExtensionImage["kind"] = "directory",
): Promise<Judgement> {
  const image = { fileName: name, kind, ...(await readImageFacts(memoryTree(files))) };
  const host = { name: "host", title: "host", release, architectures: [architecture] };
  return judgeExtension(image, { class: "sysext", host, scope: "system", architecture, systemd });
}

function systemdVersion(): number {
  const program = findTool("systemd-sysext") ?? "systemd-sysext";
  return Number(/^systemd (\d+)/.exec(execFileSync(program, ["--version"], { encoding: "utf8" }))?.[1]);
}

function hostRelease(text: string): HostRelease {
  const release = readHostRelease(text);
  assert.ok(release !== undefined);
  return release;
}

test(`${combinations} combinations have systemd's verdict`, async (t) => {
  if (!canMerge(t)) return;
  const next = seeded(42);
  const systemd = systemdVersion();
  const wrong: string[] = [];
  const logged = new Set<string>();
  let matches = 0;
  for (let from = 0; from < combinations; from += atOnce) {
    const osRelease = `${Object.entries(hostValues)
      .map(([key, options]) => [key, options[next(options.length)]] as const)
      .flatMap(([key, value]) => (value === undefined ? [] : `${key}=${value}`))
      .join("\n")}\n`;
    const cases = Array.from({ length: atOnce }, (_, index) => extensionCase(from + index, next));
    const { merged, log } = mergeOn(t, osRelease, Object.fromEntries(cases.map(({ name, files }) => [name, files])));
    const release = hostRelease(osRelease);
    for (const one of cases) {
      const judgement = await judge(one, release, systemd);
      const isMerged = merged.includes(one.name);
      if (isMerged) matches += 1;
      if ((judgement.verdict === "match") !== isMerged) {
        wrong.push(
          `${one.name} on\n${osRelease}${JSON.stringify(one.files)}\nis ${isMerged ? "" : "not "}merged, and we say ${JSON.stringify(judgement)}`,
        );
      } else if ("log" in judgement && judgement.log !== undefined) {
        logged.add(`${judgement.rule} ${judgement.verdict}`);
        if (!log.includes(judgement.log))
          wrong.push(`systemd does not say: ${judgement.log}\n${JSON.stringify(one.files)}`);
      }
    }
  }
  assert.deepEqual(wrong.slice(0, 3), [], `${wrong.length} of ${combinations}`);
  t.diagnostic(`${combinations} combinations, ${matches} of them merged, ${logged.size} kinds of reasons`);
  assert.ok(matches > combinations / 20 && matches < combinations / 2, "both verdicts come often");
});

/** What stops a merge altogether, with an extension beside it that would be merged without it. */
const stopping: readonly (readonly [what: string, osRelease: string, name: string, files: TreeFiles])[] = [
  [
    "a folder that says it is a system",
    "ID=foo\n",
    "bad",
    { [`${releaseFolder}/extension-release.bad`]: "ID=foo\n", "usr/lib/os-release": "ID=x\n" },
  ],
  ["a name with a colon", "ID=foo\n", "a:b", { [`${releaseFolder}/extension-release.a:b`]: "ID=foo\n" }],
  ["a name with a comma", "ID=foo\n", "a,b", { [`${releaseFolder}/extension-release.a,b`]: "ID=foo\n" }],
  ["a host without an ID", "VERSION_ID=1\n", "bad", { [`${releaseFolder}/extension-release.bad`]: "ID=foo\n" }],
];

for (const [what, osRelease, name, files] of stopping) {
  test(`${what} keeps the host from merging any extension, and we say so`, async (t) => {
    if (!canMerge(t)) return;
    const fine: TreeFiles = { [`${releaseFolder}/extension-release.fine`]: "ID=_any\n" };
    assert.deepEqual(mergedBeside(t, osRelease, { fine, [name]: files }), []);
    const judgement = await judge({ name, files }, hostRelease(`PRETTY_NAME=x\n${osRelease}`), systemdVersion());
    assert.equal(judgement.verdict, "error");
  });
}

function mergedBeside(
  t: TestContext,
  osRelease: string,
  extensions: Readonly<Record<string, TreeFiles>>,
): readonly string[] {
  return mergeOn(t, osRelease, extensions).merged;
}
