// Damages small images at random places: whatever comes of it is a result or an ImageError, after a bounded number of reads.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { campaign } from "../support/campaign.ts";
import { canMount } from "../support/private-mounts.ts";
import { requireTool } from "../support/tools.ts";
import { faultyFormats } from "./fault-images.ts";
import { damageAndRead } from "./faults.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-faults-"));
after(() => rmSync(work, { recursive: true, force: true }));

/** The benchmark "faults" does the same with forty times as many, and measures time and memory. */
const rounds = campaign(120, 500);
/** Far more than any image takes, and less than a circle. */
const maxReads = 10_000;

for (const [i, { format, tools, mounts, make }] of faultyFormats.entries()) {
  test(`damaged images end in a result or an ImageError: ${format}`, async (t) => {
    if (!(mounts ? canMount(t, ...tools) : requireTool(t, ...tools))) return;
    const counts = await damageAndRead(await make(work), rounds, 1000 + i);
    assert.ok(counts.refused > rounds / 20, `only ${counts.refused} of ${rounds} damaged images were refused`);
    assert.ok(counts.maxReads < maxReads, `one was read ${counts.maxReads} times`);
    t.diagnostic(`at most ${counts.maxReads} reads`);
  });
}
