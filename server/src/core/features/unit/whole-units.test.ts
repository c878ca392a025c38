// Units as wholes: mentions, definitions, renaming, and what a unit comes to with its drop-ins.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../../image/src/tree/memory-tree.ts";
import { readTreeUnits, unitsOf } from "../../model/tree-units.ts";
import { parseUnitName, type UnitName } from "../../model/unit-name.ts";
import { effectiveUnit } from "./effective.ts";
import { definitionsOf, type Place, referencesTo } from "./mentions.ts";
import { planRename } from "./rename.ts";

const units = "usr/lib/systemd/system";
const release = "usr/lib/extension-release.d/extension-release.demo";
const files = {
  [`${units}/demo.service`]:
    "[Unit]\nDescription=Demo\nAfter=helper@a.service\n[Service]\nType=exec\nExecStart=/usr/bin/demo \\\n  --x\nEnvironment=A=1\n",
  [`${units}/demo.service.d/10-a.conf`]:
    "[Unit]\nAfter=network.target\n[Service]\nEnvironment=\nEnvironment=B=2\nType=notify\n",
  [`${units}/demo.service.d/20-b.conf`]: "[Service]\nEnvironment=C=3\n",
  [`${units}/helper@.service`]: "[Unit]\nBefore=demo.service other.service\n[Service]\nExecStart=/usr/bin/helper %i\n",
  [`${units}/helper@a.service.d/x.conf`]: "[Service]\nNice=3\n",
  [`${units}/multi-user.target.d/10-demo.conf`]: "[Unit]\nUpholds=demo.service\nUpholds=helper@b.service\n",
};
const releaseText = "ID=_any\nEXTENSION_RESTART_UNITS=demo.service\n";
const releaseFiles = new Map([[release, releaseText]]);

const tree = await readTreeUnits(memoryTree({ ...files, [release]: releaseText }));

function named(name: string): UnitName {
  const parsed = parseUnitName(name);
  assert.ok(parsed);
  return parsed;
}

function textsOf(path: string): string {
  return new Map<string, string>([...Object.entries(files), [release, releaseText]]).get(path) ?? "";
}

/** Each place as its path and the text there. */
function shown(places: readonly Place[]): string[] {
  return places.map(({ path, span }) =>
    span === undefined ? path : `${path}: ${textsOf(path).slice(span.start, span.end)}`,
  );
}

test("a unit is defined by its file and its drop-ins, an instance by its template", () => {
  assert.deepEqual(shown(definitionsOf(named("demo.service"), tree)), [
    `${units}/demo.service: [Service]`,
    `${units}/demo.service.d/10-a.conf: [Service]`,
    `${units}/demo.service.d/20-b.conf: [Service]`,
  ]);
  assert.deepEqual(shown(definitionsOf(named("helper@z.service"), tree)), [`${units}/helper@.service: [Service]`]);
});

test("mentions are in units, drop-ins of others and release files", () => {
  assert.deepEqual(shown(referencesTo(named("demo.service"), tree, releaseFiles)), [
    `${units}/helper@.service: demo.service`,
    `${units}/multi-user.target.d/10-demo.conf: demo.service`,
    `${release}: demo.service`,
  ]);
  assert.deepEqual(shown(referencesTo(named("helper@.service"), tree, releaseFiles)), [
    `${units}/demo.service: helper@a.service`,
    `${units}/multi-user.target.d/10-demo.conf: helper@b.service`,
  ]);
});

test("a unit is renamed with its drop-ins' folder and every mention", () => {
  const plan = planRename(named("demo.service"), "agent.service", tree, releaseFiles);
  assert.ok(typeof plan === "object");
  assert.deepEqual(
    [...plan.edits].map(([path, edits]) => [path, edits.map(({ text }) => text)]),
    [
      [`${units}/helper@.service`, ["agent.service"]],
      [`${units}/multi-user.target.d/10-demo.conf`, ["agent.service"]],
      [release, ["agent.service"]],
    ],
  );
  const { edits } = plan;
  assert.deepEqual(
    [...edits].map(([path, [first]]) => textsOf(path).slice(first?.span.start, first?.span.end)),
    ["demo.service", "demo.service", "demo.service"],
  );
  assert.deepEqual(plan.moves, [
    { from: `${units}/demo.service`, to: `${units}/agent.service` },
    { from: `${units}/demo.service.d`, to: `${units}/agent.service.d` },
  ]);
});

test("a template is renamed with its instances, whichever of them is at the caret", () => {
  const plan = planRename(named("helper@a.service"), "aide@a.service", tree, releaseFiles);
  assert.ok(typeof plan === "object");
  assert.deepEqual(
    [...plan.edits].flatMap(([, edits]) => edits.map(({ text }) => text)),
    ["aide@a.service", "aide@b.service"],
  );
  assert.deepEqual(plan.moves, [
    { from: `${units}/helper@.service`, to: `${units}/aide@.service` },
    { from: `${units}/helper@a.service.d`, to: `${units}/aide@a.service.d` },
  ]);
});

for (const [from, to, reason] of [
  ["demo.service", "a b.service", /not a valid unit name/],
  ["demo.service", "demo.socket", /use the suffix "\.service"/],
  ["demo.service", "demo@.service", /remove the "@"/],
  ["helper@.service", "aide.service", /keep the "@"/],
  ["helper@a.service", "aide@b.service", /use "aide@a\.service"/],
  ["demo.service", "helper@.service", /remove the "@"/],
] as const) {
  test(`"${from}" is not renamed to "${to}", and the reason is told`, () => {
    assert.match(String(planRename(named(from), to, tree, releaseFiles)), reason);
  });
}

test("a name that another unit has is refused", () => {
  const taken = planRename(named("other.service"), "demo.service", tree, releaseFiles);
  assert.match(String(taken), /a unit "demo\.service" already exists/);
});

test("the effective unit has what counts, each line from its file", () => {
  const unit = unitsOf(tree).find(({ name }) => name.name === "demo.service");
  assert.ok(unit);
  const { text, lines } = effectiveUnit(unit);
  assert.equal(
    text.split("\n").slice(4).join("\n"),
    `
[Unit]
# from ${units}/demo.service
Description=Demo
After=helper@a.service
# from ${units}/demo.service.d/10-a.conf
After=network.target

[Service]
# from ${units}/demo.service
ExecStart=/usr/bin/demo \\
  --x
# from ${units}/demo.service.d/10-a.conf
Environment=B=2
Type=notify
# from ${units}/demo.service.d/20-b.conf
Environment=C=3
`,
  );
  const source: Readonly<Record<string, string>> = files;
  text.split("\n").forEach((line, index) => {
    const place = lines[index];
    if (place === undefined || line.startsWith("#")) return;
    assert.ok(source[place.path]?.slice(place.offset).startsWith(line), `"${line}" is not at ${place.offset}`);
  });
});
