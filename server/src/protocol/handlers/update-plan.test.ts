import assert from "node:assert/strict";
import { test } from "node:test";
import { workspaceTrustedNotification } from "../../../../shared/src/requests.ts";
import { planUpdateRequest, type UpdatePlanReport } from "../../../../shared/src/update-requests.ts";
import { startInProcess, workspace } from "../../../../test/support/server-in-process.ts";
import type { SourceControl } from "../platform.ts";

const uri = `${workspace}/etc/sysupdate.d/a.transfer`;
const transfer = (pattern = "a_@v.raw") =>
  `[Source]\nType=url-file\nPath=https://example.com\nMatchPattern=${pattern}\n[Target]\nType=regular-file\nPath=/var/a\n`;

/** A platform that tells what it was asked to read. */
function source() {
  const reads: string[] = [];
  async function readSource(place: string, { deep, systemd }: SourceControl) {
    reads.push(`${place} ${deep ? "deep " : ""}${systemd}`);
    if (place === "/broken") throw new Error("it is broken");
    const doubts = Array.from({ length: 7 }, (_, index) => ({ line: index + 1, message: "doubt" }));
    return { files: [{ name: "a_2.raw", type: "file" as const }], doubts, bestBefore: "2027-01-31" };
  }
  return { reads, readSource };
}

test("a place is read once, until it is to be read anew", async (t) => {
  const { reads, readSource } = source();
  const { client } = await startInProcess(
    t,
    { "etc/sysupdate.d/a.transfer": transfer() },
    { platform: { readSource }, options: { targetSystemd: 257 } },
  );
  const plan = (params: object): Promise<UpdatePlanReport | null> =>
    client.sendRequest(planUpdateRequest, { uri, ...params });
  const first = await plan({ source: "/srv", target: "/broken" });
  assert.deepEqual(reads, ["/srv 257", "/broken 257"]);
  assert.equal(first?.newest, "2");
  assert.equal(first?.systemd, 257);
  assert.equal(first?.systemdKnown, true);
  assert.deepEqual(first?.source, {
    state: "read",
    files: 1,
    bestBefore: "2027-01-31",
    doubts: [1, 2, 3, 4, 5].map((line) => `line ${line}: doubt`),
  });
  assert.deepEqual(first?.target, { state: "failed", reason: "it is broken" });
  await plan({ source: "/srv" });
  assert.equal(reads.length, 2);
  await plan({ source: "/srv", read: true });
  assert.equal(reads.length, 3);
  assert.deepEqual((await plan({}))?.source, { state: "none" });
  assert.equal(await client.sendRequest(planUpdateRequest, { uri: `${workspace}/README.md` }), null);
});

test("an address is read only when the user says so, in a workspace that is trusted", async (t) => {
  const { reads, readSource } = source();
  const files = { "etc/sysupdate.d/a.transfer": transfer() };
  const { client } = await startInProcess(t, files, { platform: { readSource } });
  const state = async (read: boolean) => {
    const place = "https://example.com/SHA256SUMS";
    const report: UpdatePlanReport = await client.sendRequest(planUpdateRequest, { uri, source: place, read });
    return report.source;
  };
  assert.deepEqual(await state(false), { state: "unread" });
  assert.deepEqual(await state(true), {
    state: "failed",
    reason: "web addresses are fetched only in a trusted workspace",
  });
  assert.deepEqual(reads, []);
  await client.sendNotification(workspaceTrustedNotification);
  assert.deepEqual(await state(false), { state: "unread" });
  assert.equal((await state(true)).state, "read");
  assert.equal((await state(false)).state, "read");
  assert.equal(reads.length, 1);
});

test("folders are looked into only for patterns with a slash", async (t) => {
  const { reads, readSource } = source();
  const files = { "etc/sysupdate.d/a.transfer": transfer("x/a_@v.raw") };
  const { client } = await startInProcess(t, files, { platform: { readSource }, options: { targetSystemd: 257 } });
  await client.sendRequest(planUpdateRequest, { uri, source: "/srv" });
  assert.deepEqual(reads, ["/srv deep 257"]);
});

test("sixteen places are kept, the ones that were read last", async (t) => {
  const { reads, readSource } = source();
  const { client } = await startInProcess(
    t,
    { "etc/sysupdate.d/a.transfer": transfer() },
    { platform: { readSource } },
  );
  const plan = (place: number) => client.sendRequest(planUpdateRequest, { uri, source: `/srv/${place}` });
  for (let place = 0; place < 16; place++) await plan(place);
  await plan(0);
  assert.equal(reads.length, 16);
  await plan(16);
  await plan(1);
  assert.equal(reads.length, 17);
  await plan(0);
  assert.equal(reads.length, 18);
});
