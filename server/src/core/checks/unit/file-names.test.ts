// Names that units cannot have, and the nearest that they can.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOfCheck } from "../../../../../test/support/findings-of-check.ts";

const folder = "usr/lib/systemd/system";

for (const [name, better] of [
  ["my demo.service", "my-demo.service"],
  ["a  b!c.service", "a-b-c.service"],
  [`a b${"c".repeat(240)}.service`, `a-b${"c".repeat(237)}.service`],
  ["@.service", "unit@.service"],
  [`${"ä".repeat(3)}.socket`, "-.socket"],
] as const) {
  test(`"${name}" becomes "${better}"`, async () => {
    const files = { [`${folder}/${name}`]: "[Unit]\nDescription=Demo\n" };
    const [finding] = await findingsOfCheck("unit/file-name", files);
    const changes = finding?.fixes.map((fix) => fix.changes) ?? [];
    assert.deepEqual(changes, [[{ kind: "rename", from: `${folder}/${name}`, to: `${folder}/${better}` }]]);
  });
}
