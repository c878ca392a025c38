// Holds what we say of values against what systemd says when it loads units with them, one unit a value.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { valueChecks } from "../../server/src/core/checks/unit/value-checks.ts";
import type { Fault } from "../../server/src/core/model/value-reading.ts";
import { findUnitSetting } from "../../server/src/core/tables/find-unit-setting.ts";
import type { UnitSetting } from "../../server/src/core/tables/unit-setting.ts";
import { readValue } from "../../server/src/core/values/read-value.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { readMarks, type ValueSample } from "../support/value-sample.ts";

/** The version whose answers the samples are made for. */
const asked = 252;

const folder = new URL("value-samples/", import.meta.url);
const modules = await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map(async (name) => {
      const module: { samples: readonly ValueSample[] } = await import(new URL(name, folder).href);
      return { name: name.replace(/\.ts$/, ""), samples: module.samples };
    }),
);

/** A value that is tried out. */
interface Trial {
  readonly sample: ValueSample;
  readonly text: string;
}

function settingOf({ setting }: ValueSample): { section: string; setting: UnitSetting } {
  const [section = "", name = ""] = setting.split(".");
  const found = findUnitSetting(section, name);
  assert.ok(found, `there is no setting "${setting}"`);
  return { section, setting: found };
}

function faultsIn(sample: ValueSample, text: string): Fault[] {
  return [...readValue(text, { ...settingOf(sample), systemd: sample.systemd ?? asked }).faults];
}

const severities = new Map<string, string>(valueChecks.map(({ id, severity }) => [id, severity]));

/** Whether a fault only informs. */
function informs({ check, severity }: Fault): boolean {
  return (severity ?? severities.get(check)) === "info";
}

/** A value with its faults in marks, as samples write them; faults come in the order of the text. */
function markFaults(text: string, faults: readonly Fault[]): string {
  let marked = "";
  let at = 0;
  for (const { start, end } of faults.toSorted((a, b) => a.start - b.start)) {
    marked += `${text.slice(at, start)}«${text.slice(start, end)}»`;
    at = end;
  }
  return marked + text.slice(at);
}

for (const { name, samples } of modules) {
  test(`reports what is wrong with ${name}, and where`, () => {
    for (const sample of samples) {
      for (const text of sample.valid) {
        const faults = faultsIn(sample, text).filter((fault) => !informs(fault));
        assert.deepEqual(faults, [], `${sample.setting}=${text}`);
      }
      for (const [marked, check] of [...sample.invalid, ...(sample.noticed ?? [])]) {
        const { text, spans } = readMarks(marked);
        const faults = faultsIn(sample, text);
        const checks = Array.isArray(check) ? check : spans.map(() => check);
        assert.equal(markFaults(text, faults), marked, sample.setting);
        assert.deepEqual(
          faults.map((fault) => fault.check),
          checks,
          `${sample.setting}=${text}`,
        );
      }
      for (const [marked] of sample.noticed ?? []) {
        const { text } = readMarks(marked);
        assert.ok(faultsIn(sample, text).every(informs), `${sample.setting}=${text}`);
      }
    }
  });
}

/** The type of unit that is written for a section, and what stands in it before the value. */
const units: Readonly<Record<string, readonly [type: string, head: string]>> = {
  Unit: ["service", "[Service]\nExecStart=/bin/true\n"],
  Service: ["service", "[Service]\nType=oneshot\nExecStart=/bin/true\n"],
  Socket: ["socket", "[Socket]\nListenStream=/run/sample\n"],
  Timer: ["timer", "[Timer]\nOnBootSec=1\n"],
  Path: ["path", "[Path]\nPathExists=/sample\n"],
  Mount: ["mount", "[Mount]\n"],
  Automount: ["automount", "[Automount]\n"],
  Swap: ["swap", "[Swap]\n"],
  Slice: ["slice", "[Slice]\n"],
  Scope: ["scope", "[Scope]\n"],
};

/** The messages of systemd about the value of each trial; those about the unit as a whole are not among them. */
function askSystemd(folderPath: string, trials: readonly Trial[]): string[][] {
  const files = trials.map(({ sample, text }, index) => {
    const [section = "", name = ""] = sample.setting.split(".");
    const [type = "", head = ""] = units[section] ?? [];
    const lines = `${head}[${section}]\n`;
    const file = `sample${index}.${type}`;
    writeFileSync(path.join(folderPath, file), `${lines}${name}=${text}\n`);
    return { file, line: lines.split("\n").length };
  });
  const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files.map(({ file }) => file)], {
    cwd: folderPath,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const messages = Map.groupBy(stderr.split("\n"), (message) => /^(?:.*\/)?(sample\d+\.\w+:\d+): /.exec(message)?.[1]);
  return files.map(({ file, line }, index) => [
    ...(messages.get(`${file}:${line}`) ?? []),
    ...tryCondition(trials[index]),
  ]);
}

/** What systemd says of a condition when it is tried, which is when it reads most of them. */
function tryCondition(trial: Trial | undefined): string[] {
  if (trial === undefined || !settingOf(trial.sample).setting.grammar.startsWith("condition ")) return [];
  const [, name = ""] = trial.sample.setting.split(".");
  const { stderr } = spawnSync("systemd-analyze", ["condition", `${name}=${trial.text}`], { encoding: "utf8" });
  return stderr.split("\n").filter((message) => message.includes("Couldn't determine result"));
}

/** All values that the version which is asked can be asked about. [Install] is read by nothing but systemctl. */
function trialsOf(samples: readonly ValueSample[]): Trial[] {
  return samples
    .filter((sample) => (sample.systemd ?? asked) === asked && settingOf(sample).setting.since <= asked)
    .filter(({ setting }) => !setting.startsWith("Install."))
    .flatMap((sample) => {
      const marked = [...sample.invalid, ...(sample.noticed ?? [])].map(([text]) => readMarks(text).text);
      return [...sample.valid, ...marked].map((text) => ({ sample, text }));
    });
}

/** Where we and systemd differ without a reason, or do not where a reason is given. */
function surpriseIn({ sample, text }: Trial, messages: readonly string[]): string[] {
  const faults = faultsIn(sample, text);
  const notice = faults.length > 0 && faults.every(informs);
  const agree = notice || messages.length > 0 === faults.length > 0;
  if (agree === (sample.differs?.[text] === undefined)) return [];
  const [theirs, ours] = [messages, faults.map(({ message }) => message)].map((said) => said.join("; ") || "nothing");
  return [`${sample.setting}=${text}\n  systemd says ${theirs}\n  we say ${ours}`];
}

function isAskedVersion(): boolean {
  return execFileSync("systemd-analyze", ["--version"], { encoding: "utf8" }).startsWith(`systemd ${asked} `);
}

test("offers repairs after which the same is not said again", () => {
  for (const sample of modules.flatMap(({ samples }) => samples)) {
    for (const [marked] of sample.invalid) {
      const { text } = readMarks(marked);
      const faults = faultsIn(sample, text);
      for (const { start, end, message, replacements = [] } of faults) {
        for (const replacement of replacements) {
          const repaired = text.slice(0, start) + replacement + text.slice(end);
          const left = faultsIn(sample, repaired).filter((fault) => fault.message === message);
          const before = faults.filter((fault) => fault.message === message);
          assert.ok(left.length < before.length, `${sample.setting}=${text} becomes ${repaired}`);
        }
      }
    }
  }
});

for (const { name, samples } of modules) {
  test(`systemd says the same of ${name}`, (t) => {
    if (!requireTool(t, "systemd-analyze")) return;
    if (!isAskedVersion()) return t.skip(`the samples are made for systemd ${asked}`);
    const trials = trialsOf(samples);
    const surprises = askSystemd(tempFolder(t), trials).flatMap((messages, index) => {
      const trial = trials[index];
      return trial === undefined ? [] : surpriseIn(trial, messages);
    });
    assert.equal(surprises.join("\n"), "");
  });
}
