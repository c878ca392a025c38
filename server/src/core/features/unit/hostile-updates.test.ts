// Whatever stands in a file of systemd-sysupdate, every question about it gets an answer, in bounded time, within the text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { longLength, repeated } from "../../../../../test/support/long-texts.ts";
import { randomNumbers } from "../../../../../test/support/random-numbers.ts";
import { checkUpdate } from "../../checks/transfer/check-updates.ts";
import { parseUnitFile, sectionsOfKind } from "../../model/unit-file.ts";
import { updateContext } from "../../model/update-context.ts";
import { locateUpdate, type UpdateKind, updateKinds } from "../../model/update-location.ts";
import { settingsOfSection } from "../../tables/find-unit-setting.ts";
import { completeUnit } from "./complete.ts";
import { updateFeatureContext } from "./context.ts";
import { featuresIn } from "./features-of-set.ts";
import { highlightsInUnit } from "./highlight.ts";
import { hoverUnit } from "./hover.ts";
import { hintsInUnit } from "./inlay-hints.ts";
import { linksIn } from "./links.ts";
import { tokensOfUnit } from "./semantic-tokens.ts";

const paths: Readonly<Record<UpdateKind, string>> = {
  transfer: "usr/lib/sysupdate.d/demo.transfer",
  feature: "usr/lib/sysupdate.d/demo.feature",
  component: "usr/lib/sysupdate.demo.component",
};

const parts = [
  ..."\"'\\%$~!@-+:|;#=[]{}()*?<>&`,./ \t",
  ...["@v", "@@", "@a", "**/", "%a", "%%", "\\x20", "\\", "\\\n", "\n", "\r\n", "\0", "\ufeff", "\ud83d", "é😀"],
  ...[
    "yes",
    "auto",
    "https://",
    "/srv",
    "../x",
    "url-file",
    "partition",
    "0x",
    "18446744073709551616",
    "1.2.3",
    "demo",
  ],
] as const;

function askEverything(text: string, kind: UpdateKind, offset: number): Promise<readonly unknown[]> {
  const path = paths[kind];
  const location = locateUpdate(path);
  const file = parseUnitFile(text, { type: kind });
  const around = updateContext(location, { systemd: 257 });
  for (const { span, message, fixes } of checkUpdate(file, path, around)) {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, message);
    assert.doesNotMatch(message, /\.$|\n|undefined|NaN|\[object/);
    for (const change of fixes.flatMap(({ changes }) => changes)) {
      if (change.kind === "edit") assert.ok(change.span.start <= change.span.end && change.span.end <= text.length);
    }
  }
  for (const { start, end } of tokensOfUnit(file)) assert.ok(start <= end && end <= text.length);
  for (const { span } of [...featuresIn(file), ...linksIn(file)]) assert.ok(span.end <= text.length);
  const context = updateFeatureContext(kind, around);
  hoverUnit(file, offset, context);
  highlightsInUnit(file, offset);
  hintsInUnit(file, { start: 0, end: text.length }, context);
  return completeUnit(file, offset, context);
}

test("random values of every setting are read, explained and completed without a fault", async () => {
  const random = randomNumbers(8);
  for (const kind of updateKinds) {
    for (const section of sectionsOfKind(kind)) {
      for (const { name } of settingsOfSection(section)) {
        for (let round = 0; round < 40; round++) {
          const value = Array.from({ length: random(8) }, () => parts[random(parts.length)]).join("");
          const text = `[${section}]\n${name}=${value}\n`;
          await askEverything(text, kind, random(text.length + 1));
        }
      }
    }
  }
});

test("random texts are, too", async () => {
  const random = randomNumbers(9);
  const lines = ["[Transfer]\n", "[Source]\n", "[Target]\n", "MatchPattern=", "Path=", "Features=", "#", "[Feature]\n"];
  for (let round = 0; round < 1000; round++) {
    const text = Array.from({ length: random(30) }, () =>
      random(3) ? parts[random(parts.length)] : lines[random(lines.length)],
    ).join("");
    await askEverything(text, updateKinds[random(3)] ?? "transfer", random(text.length + 1));
  }
});

/** So many questions are asked about each text that half of the length has to do. */
const many = (unit: string): string => repeated(unit, longLength / 2);

for (const [what, text] of Object.entries({
  "a pattern of one character": `[Source]\nMatchPattern=${many("a")}\n`,
  "a pattern of wildcards": `[Source]\nMatchPattern=${many("@v")}\n`,
  "a pattern of at signs": `[Target]\nMatchPattern=${many("@")}\n`,
  "a pattern of stars": `[Target]\nMatchPattern=${many("*")}\n`,
  "a pattern of folders": `[Source]\nMatchPattern=@v${many("/..")}\n`,
  "a pattern of versions": `[Source]\nMatchPattern=${many("1.2")}\n`,
  "many patterns": `[Source]\nMatchPattern=${many("a@v ")}\n`,
  "escapes in a pattern": `[Source]\nMatchPattern=${many("\\x20")}\n`,
  "a path of dots": `[Target]\nPath=${many("/../.")}\n`,
  "an address of specifiers": `[Source]\nPath=https://${many("%a")}\n`,
  "versions in the address of a change log": `[Transfer]\nChangeLog=https://${many("@v")}\n`,
  "a long number": `[Target]\nInstancesMax=${many("9")}\nPartitionFlags=${many("f")}\n`,
  "many features": `[Transfer]\nFeatures=${many("a ")}\n`,
  "an open quote before features": `[Transfer]\nFeatures="${many("a ")}\n`,
  "many settings": many("[Source]\nPath=x\n"),
})) {
  test(`half a mebibyte of ${what} is looked at in linear time`, async () => {
    await askEverything(text, "transfer", text.length - 1);
  });
}
