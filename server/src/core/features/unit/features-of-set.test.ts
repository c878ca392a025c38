// Features of systemd-sysupdate across the files of their set.
import assert from "node:assert/strict";
import { test } from "node:test";
import { updateCaret, updateFiles } from "../../../../../test/support/update-caret.ts";
import { definitionsOfFeature, featureAt, planFeatureRename, referencesToFeature } from "./features-of-set.ts";
import type { Place } from "./mentions.ts";

const folder = "usr/lib/sysupdate.d";
const texts = {
  [`${folder}/10-a.transfer`]:
    "[Transfer]\nFeatures=desktop 'desktop' \"not desktop\"\nRequisiteFeatures=desktop nvidia\n",
  [`${folder}/20-b.transfer.d/x.conf`]: "[Transfer]\nFeatures=\\\n  desktop\n",
  [`${folder}/desktop.feature`]: "# x\n[Feature]\n",
  "etc/sysupdate.d/desktop.feature.d/on.conf": "[Feature]\nEnabled=yes\n",
  [`${folder}/nvidia.feature`]: "[Feature]\n",
};
const files = updateFiles(texts);

function shown(places: readonly Place[]): string[] {
  return places.map(
    ({ path, span }) => `${path}: ${(texts as Record<string, string>)[path]?.slice(span?.start, span?.end)}`,
  );
}

test("a feature is defined by its file and its drop-ins", () => {
  assert.deepEqual(shown(definitionsOfFeature("desktop", files)), [
    `${folder}/desktop.feature: [Feature]`,
    "etc/sysupdate.d/desktop.feature.d/on.conf: [Feature]",
  ]);
  assert.deepEqual(definitionsOfFeature("other", files), []);
});

test("transfers and their drop-ins name it", () => {
  assert.deepEqual(shown(referencesToFeature("desktop", files)), [
    `${folder}/10-a.transfer: desktop`,
    `${folder}/10-a.transfer: desktop`,
    `${folder}/20-b.transfer.d/x.conf: desktop`,
  ]);
});

test("the caret is on a feature where a transfer names it, and in the header of its own file", () => {
  const at = (marked: string, path?: string) => {
    const { file, location, offset } = updateCaret(marked, path);
    return featureAt(file, location, offset)?.name;
  };
  assert.equal(at("[Transfer]\nFeatures=a des$0ktop\n"), "desktop");
  assert.equal(at("[Transfer]\nFeat$0ures=a\n"), undefined);
  assert.equal(at("[Fea$0ture]\n", `${folder}/desktop.feature`), "desktop");
  assert.equal(at("[Fea$0ture]\n", `${folder}/desktop.feature.d/a.conf`), "desktop");
  assert.equal(at("$0[Feature]\n", `${folder}/desktop.feature`), "desktop");
  assert.equal(at("[Feature]$0\n", `${folder}/desktop.feature`), "desktop");
  assert.equal(at("[Feature] $0\n", `${folder}/desktop.feature`), undefined);
  assert.equal(at("[Trans$0fer]\n"), undefined);
});

test("a new name goes into transfers, files and folders", () => {
  const plan = planFeatureRename("desktop", "gnome", files);
  assert.ok(typeof plan !== "string");
  assert.deepEqual(
    [...plan.edits].map(([path, edits]) => [path, edits.map(({ text }) => text)]),
    [
      [`${folder}/10-a.transfer`, ["gnome", "gnome"]],
      [`${folder}/20-b.transfer.d/x.conf`, ["gnome"]],
    ],
  );
  const places = [...plan.edits].flatMap(([path, edits]) => edits.map(({ span }) => ({ path, span })));
  assert.deepEqual(shown(places), shown(referencesToFeature("desktop", files)));
  assert.deepEqual(plan.moves, [
    { from: `${folder}/desktop.feature`, to: `${folder}/gnome.feature` },
    { from: "etc/sysupdate.d/desktop.feature.d", to: "etc/sysupdate.d/gnome.feature.d" },
  ]);
});

test("names that no feature can have, and those that are taken, are refused", () => {
  for (const name of ["a b", "a/b", "", "'a'", ".a", "%a"]) {
    assert.match(planFeatureRename("desktop", name, files) as string, /is not a valid feature name/, name);
  }
  assert.match(planFeatureRename("desktop", "nvidia", files) as string, /already/);
});
