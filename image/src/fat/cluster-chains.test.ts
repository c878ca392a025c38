// Chains of clusters in each of the three tables: contents come in order, and chains that contradict each other are damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import type { FatLayout } from "./boot-sector.ts";
import { clusterChains } from "./cluster-chains.ts";

const clusterSize = 4;
const clusters = 9;
const end = { 12: 0xfff, 16: 0xffff, 32: 0x0fff_ffff } as const;

/** A table at byte 10 and clusters behind it, each filled with its own number. */
function chainsOf(bits: 12 | 16 | 32, entries: Readonly<Record<number, number>>) {
  const table = Buffer.alloc(100);
  for (const [cluster, next] of Object.entries(entries).map(([one, other]) => [Number(one), other] as const)) {
    if (bits === 32) table.writeUInt32LE((next + 0xa000_0000) >>> 0, cluster * 4);
    else if (bits === 16) table.writeUInt16LE(next, cluster * 2);
    else {
      const at = Math.floor((cluster * 3) / 2);
      const old = table.readUInt16LE(at);
      table.writeUInt16LE(cluster % 2 === 1 ? (old & 0xf) | (next << 4) : (old & 0xf000) | next, at);
    }
  }
  const data = Buffer.concat(Array.from({ length: clusters }, (_, i) => Buffer.alloc(clusterSize, i + 2)));
  const layout: FatLayout = {
    ...{
      bits,
      sectorSize: 512,
      clusterSize,
      media: 0xf8,
      rootStart: 0,
      rootSize: 0,
      rootCluster: 0,
      size: 0,
      version: 0,
    },
    ...{ isDirty: false, tableStart: 10, clustersStart: 110, clusters },
  };
  return clusterChains(memorySource(Buffer.concat([Buffer.alloc(10), table, data])), layout);
}

for (const bits of [12, 16, 32] as const) {
  test(`FAT${bits}: a chain is read in its order, in any range`, async () => {
    const chains = chainsOf(bits, { 2: 3, 3: 7, 7: 4, 4: end[bits] });
    const whole = [2, 2, 2, 2, 3, 3, 3, 3, 7, 7, 7, 7, 4, 4, 4, 4];
    for (let offset = 0; offset < 16; offset += 3) {
      for (let length = 0; offset + length <= 16; length += 5) {
        const bytes = await chains.read("file", 2, offset, length);
        assert.deepEqual([...bytes], whole.slice(offset, offset + length), `${length} from ${offset} on`);
      }
    }
    assert.equal(await chains.length("file", 2, 16), 16);
    assert.equal(await chains.length("other", 5, 16).catch(({ kind }) => kind), "corrupt"); // leads to 0
  });

  test(`FAT${bits}: the first mark of an end ends a chain, and the number before it leads nowhere`, async () => {
    const first = end[bits] - 7;
    assert.equal(await chainsOf(bits, { 5: first }).length("a", 5, 99), 4);
    await assert.rejects(chainsOf(bits, { 5: first - 1 }).length("a", 5, 99), { kind: "corrupt" });
  });
}

test("a chain that is too short or too long is damage", async () => {
  const chains = chainsOf(16, { 2: 3, 3: 0xffff });
  await assert.rejects(chains.read("a", 2, 0, 9), { kind: "corrupt", message: /fewer clusters/ });
  assert.equal((await chains.read("a", 2, 0, 8)).length, 8);
  assert.equal(await chains.length("a", 2, 8), 8);
  await assert.rejects(chainsOf(16, { 2: 3, 3: 0xffff }).length("a", 2, 4), {
    kind: "corrupt",
    message: /more than 4/,
  });
});

test("a cluster of two chains, or twice of one, is damage where it lies; reading again is not", async () => {
  const chains = chainsOf(16, { 2: 3, 3: 0xffff, 5: 3, 6: 7, 7: 6 });
  await chains.read("a", 2, 0, 8);
  await chains.read("a", 2, 0, 8);
  await assert.rejects(chains.read("b", 5, 0, 8), { kind: "corrupt", offset: 114, message: /cluster 3 is used twice/ });
  await assert.rejects(chains.read("c", 6, 0, 12), { kind: "corrupt", message: /cluster 6 is used twice/ });
});

test("clusters are numbered from 2 to one more than there are", async () => {
  const chains = chainsOf(16, { 2: 0xffff, 10: 0xffff });
  assert.equal((await chains.read("a", 10, 3, 1))[0], 10);
  for (const first of [0, 1, 11]) {
    await assert.rejects(chains.read(`file ${first}`, first, 0, 1), {
      kind: "corrupt",
      message: /numbered from 2 to 10/,
    });
  }
  assert.equal((await chains.read("empty", 0, 0, 0)).length, 0);
});
