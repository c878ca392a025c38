// Holds what we say of transfers and features to a real systemd-sysupdate 257: what it refuses, what it passes over, what it takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { updateChecks } from "../../server/src/core/checks/transfer/index.ts";
import {
  checkUpdate,
  exampleFiles,
  type Finding,
  lineIndex,
  locateUpdate,
  parseUnitFile,
  setOfFiles,
  updateContext,
} from "../../server/src/core/index.ts";
import { settingsOfSection } from "../../server/src/core/tables/find-unit-setting.ts";
import type { UnitSetting } from "../../server/src/core/tables/unit-setting.ts";
import { campaign } from "../support/campaign.ts";
import { canUpdate, type UpdateMachine, updateMachine } from "../support/sysupdate.ts";

const systemd = 257;

/** Checks whose errors end the run; other errors are about what comes of it later. */
const refusing = new Set([
  "transfer/section-header",
  "transfer/line-too-long",
  "transfer/inline-comment",
  "transfer/source-type",
  "transfer/path",
  "transfer/pattern-missing",
  "transfer/pattern-no-version",
  "transfer/pattern-slash",
  "transfer/pattern-syntax",
  "transfer/path-relative-to",
  "transfer/specifier",
  "transfer/symlink-relative",
  "transfer/target-type",
  "transfer/too-new",
  "transfer/type-incompatible",
]);

/** Checks that say what systemd says too: that it passes over a line or a value, or takes another. */
const dropping = new Set([
  "transfer/outside-section",
  "transfer/missing-equals",
  "transfer/continuation",
  "transfer/empty-key",
  "transfer/unknown-section",
  "transfer/unknown-key",
  "transfer/feature-file",
  "transfer/source-type",
  "transfer/target-type",
  "transfer/path",
  "transfer/path-relative-to",
  "transfer/instances-max",
  "transfer/specifier",
  "transfer/value",
  "transfer/inline-comment",
  "transfer/too-new",
]);

/** Checks that tell of a mistake which may or may not make the value a wrong one. */
const eitherWay = new Set(["transfer/blank-after-backslash"]);

interface Verdict {
  /** What ended the run, if it was the definitions' fault. */
  readonly refused: string | undefined;
  /** File and line of each warning that something was passed over. */
  readonly passedOver: readonly string[];
}

/** Faults of definitions that are found only when the run is on its way, and name no file. */
const later = /^(?:Failed to match pattern|Automatic root path discovery|Paths relative to|Assertion )/;
/** Where a line tells of something that is not as it should be, and is of no consequence. */
const harmless = /Assuming same value|As of v257/;
const folder = "/defs/";

async function ask(machine: UpdateMachine, definitions: Definitions): Promise<Verdict> {
  // Nothing is fetched; without addresses the sources are looked at, so that their patterns are needed.
  const isOfWeb = Object.values(definitions).some((text) => /^Type=url-/m.test(text));
  const options = ["--verify=no", ...(isOfWeb ? ["--offline"] : [])];
  const { status, log } = await machine.run(`--definitions=${folder}`, ...options, "list");
  const lines = log.split("\n").filter((line) => line !== "" && !harmless.test(line));
  const placed = lines.flatMap((line) => {
    const [, file, number, message] = /^\/defs\/(\S+?):(\d+): (.*)$/.exec(line) ?? [];
    return file === undefined || message === undefined ? [] : [{ place: `${file}:${number}`, message }];
  });
  const isPassedOver = ({ message }: { message: string }) => /[Ii]gnoring|bumping/.test(message);
  const refusal = placed.find((found) => !isPassedOver(found))?.message ?? lines.find((line) => later.test(line));
  return {
    refused: status === 0 ? undefined : refusal,
    passedOver: placed.filter(isPassedOver).map(({ place }) => place),
  };
}

type Definitions = Readonly<Record<string, string>>;

interface Judged {
  /** Places of which nothing is expected. */
  readonly either: readonly string[];
  readonly refused: readonly string[];
  readonly passedOver: readonly string[];
}

/** What we say of the same definitions. */
function judge(definitions: Definitions): Judged {
  const files = Object.entries(definitions).map(([name, text]) => {
    const path = `etc/sysupdate.d/${name}`;
    const location = locateUpdate(path);
    assert.ok(location, `"${name}" is no definition`);
    return { path, location, file: parseUnitFile(text, { type: location.kind }) };
  });
  const set = setOfFiles(files);
  const refused: string[] = [];
  const passedOver: string[] = [];
  const either: string[] = [];
  for (const { path, file, location } of files) {
    const lines = lineIndex(file.text);
    const findings = checkUpdate(file, path, updateContext(location, { systemd, set }));
    const shown = ({ check, message }: Finding) => `${check}: ${message}`;
    refused.push(...findings.filter(({ check, severity }) => severity === "error" && refusing.has(check)).map(shown));
    for (const { check, severity, span } of findings) {
      const place = `${path.slice("etc/sysupdate.d/".length)}:${lines.position(span.start).line + 1}`;
      if (eitherWay.has(check)) either.push(place);
      if (dropping.has(check) && severity !== "info" && severity !== "hint") passedOver.push(place);
    }
  }
  return { refused, passedOver, either };
}

/** Says in which way we and systemd differ; undefined when we agree. */
function difference(definitions: Definitions, real: Verdict, ours: Judged): string | undefined {
  const text = Object.entries(definitions).map(([name, content]) => `# ${name}\n${content}`);
  if ((real.refused !== undefined) !== ours.refused.length > 0) {
    return `${text.join("")}systemd: ${real.refused ?? "runs"}\nwe: ${ours.refused.join("; ") || "no error"}`;
  }
  if (real.refused !== undefined) return undefined; // it stops at the first
  const missed = real.passedOver.filter((place) => !ours.either.includes(place) && !ours.passedOver.includes(place));
  const invented = ours.passedOver.filter((place) => !real.passedOver.includes(place));
  if (missed.length + invented.length === 0) return undefined;
  return `${text.join("")}passed over, and we do not say so: ${missed.join(", ")}\ntaken, and we say otherwise: ${invented.join(", ")}`;
}

/** What definitions need around them: a source with a version. */
const around = {
  "srv/updates/demo_1.raw": "x",
  "var/lib/demo/demo_0.raw": "x",
  "var/lib/extensions.d": { folder: true },
  "etc/os-release": "ID=debian\nIMAGE_ID=demo\nIMAGE_VERSION=1\n",
} as const;

function machineWith(t: Parameters<typeof updateMachine>[0], definitions: Definitions): UpdateMachine {
  const placed = Object.fromEntries(Object.entries(definitions).map(([name, text]) => [`defs/${name}`, text]));
  return updateMachine(t, { ...around, ...placed });
}

/** The definitions of an example of a check, as files of one folder; undefined for what is not about 257. */
function definitionsOf(files: ReturnType<typeof exampleFiles>["bad"]): Definitions | undefined {
  const found: Record<string, string> = {};
  for (const [path, content] of Object.entries(files)) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (typeof content === "string" && /\/sysupdate\./.test(path)) found[name] = content;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

for (const check of updateChecks) {
  // A line of a megabyte is refused by all of systemd's parsers alike; a slash behind a wildcard is below.
  if (check.id === "transfer/line-too-long") continue;
  test(`${check.id}: systemd agrees on the mistake and on the near miss`, async (t) => {
    if (!canUpdate(t)) return;
    const { bad, good } = exampleFiles(check);
    for (const files of [bad, good]) {
      const definitions = definitionsOf(files);
      assert.ok(definitions);
      const found = difference(definitions, await ask(machineWith(t, definitions), definitions), judge(definitions));
      assert.equal(found, undefined, found);
    }
  });
}

const source = { Type: "regular-file", Path: "/srv/updates", MatchPattern: "demo_@v.raw" };
const target = { Type: "regular-file", Path: "/var/lib/demo", MatchPattern: "demo_@v.raw" };

function render(sections: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  return Object.entries(sections)
    .map(
      ([name, settings]) =>
        `[${name}]\n${Object.entries(settings)
          .map(([key, value]) => `${key}=${value}\n`)
          .join("")}`,
    )
    .join("");
}

/** Values of all kinds, of which each setting takes a few. */
const values = [
  "",
  "0",
  "1",
  "2",
  "-1",
  "+3",
  "007",
  "0x10",
  "0644",
  "99999999999999999999",
  "yes",
  "OFF",
  "maybe",
  "auto",
  "root",
  "explicit",
  "url-file",
  "regular-file",
  "directory",
  "subvolume",
  "file",
  "/abs/path/",
  "/a/../b",
  "/a//b",
  "rel/ative",
  "https://example.com/demo",
  "http://example.com",
  "ftp://example.com",
  "1.2-3+4_5,6",
  "1~rc1",
  "1:2",
  "a b",
  "..",
  "%A",
  "%z",
  "50%",
  "%%x",
  "demo_@v",
  "demo_@v.raw demo-@v",
  "@v@u",
  "@v@@",
  "@x@v",
  "demo.raw",
  "d/@v.raw",
  "@v$",
  "\\x20@v",
  "linux-generic",
  "01234567-89ab-cdef-0123-456789abcdef",
  "ff",
  '"quoted"',
  "value # comment",
];

/** Where later versions do otherwise than 257, and what nobody can tell from the definition alone. */
function isExcluded({ name, resets, grammar }: UnitSetting, value: string): boolean {
  // 257 takes an empty value for a wrong one where later versions take it for none.
  if (value === "" && resets === true) return true;
  // What a specifier becomes is the host's business, and a doubled percent sign is looked at as one.
  if (/%[A%]/.test(value) && /^(?:http-url|update-version|(?:source|target)-path)$/.test(grammar)) return true;
  // A blank and a number sign may stand in a path, and yet hardly anybody means them.
  if (value.includes(" # ") && grammar === "symlink-path") return true;
  return name === "PathRelativeTo" && value === "explicit"; // which is right with an option
}

function variants(section: string): { readonly name: string; readonly definitions: Definitions }[] {
  return settingsOfSection(section).flatMap((setting) =>
    values.flatMap((value) => {
      if (setting.since > systemd || isExcluded(setting, value)) return [];
      const name = `${section}.${setting.name}=${value}`;
      if (section === "Feature") {
        const text = render({ Feature: { [setting.name]: value } });
        return [{ name, definitions: { "a.transfer": render({ Source: source, Target: target }), "b.feature": text } }];
      }
      const sections: Record<string, Record<string, string>> = { Source: { ...source }, Target: { ...target } };
      const changed = section === "Transfer" ? { Transfer: { [setting.name]: value }, ...sections } : sections;
      if (section !== "Transfer") sections[section] = { ...sections[section], [setting.name]: value };
      return [{ name, definitions: { "a.transfer": render(changed) } }];
    }),
  );
}

/** Of so many variants one is tried; it is another value for each setting. */
const every = campaign(5, 1);

for (const section of ["Transfer", "Source", "Target", "Feature"]) {
  test(`[${section}]: systemd agrees on values of each setting`, async (t) => {
    if (!canUpdate(t)) return;
    const differences: string[] = [];
    const machine = machineWith(t, {});
    for (const { name, definitions } of variants(section).filter((_, at) => at % every === 0)) {
      machine.write(Object.fromEntries(Object.entries(definitions).map(([file, text]) => [`defs/${file}`, text])));
      const found = difference(definitions, await ask(machine, definitions), judge(definitions));
      if (found !== undefined) differences.push(`${name}\n${found}`);
    }
    assert.deepEqual(differences, []);
  });
}
