import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { readVeritySuperblock } from "./superblock.ts";

interface Fields {
  readonly version?: number;
  readonly hashType?: number;
  readonly algorithm?: string;
  readonly dataBlock?: number;
  readonly hashBlock?: number;
  readonly blocks?: bigint;
  readonly saltSize?: number;
}

function superblock({
  version = 1,
  hashType = 1,
  algorithm = "sha256",
  dataBlock = 4096,
  hashBlock = 1024,
  blocks = 7n,
  saltSize = 3,
}: Fields): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write("verity\0\0", "latin1");
  bytes.writeUInt32LE(version, 8);
  bytes.writeUInt32LE(hashType, 12);
  Buffer.from("00112233445566778899aabbccddeeff", "hex").copy(bytes, 16);
  bytes.write(algorithm, 32, 32, "latin1");
  bytes.writeUInt32LE(dataBlock, 64);
  bytes.writeUInt32LE(hashBlock, 68);
  bytes.writeBigUInt64LE(blocks, 72);
  bytes.writeUInt16LE(saltSize, 80);
  bytes.fill(0x5a, 88, 344);
  return bytes;
}

const read = (bytes: Uint8Array) => readVeritySuperblock(memorySource(bytes));

test("every field is read", async () => {
  assert.deepEqual(await read(superblock({})), {
    hashType: 1,
    uuid: "00112233-4455-6677-8899-aabbccddeeff",
    algorithm: "sha256",
    dataBlockSize: 4096,
    hashBlockSize: 1024,
    dataBlocks: 7,
    salt: Uint8Array.of(0x5a, 0x5a, 0x5a),
  });
  assert.equal((await read(superblock({ saltSize: 256 })))?.salt.length, 256);
  assert.equal((await read(superblock({ dataBlock: 1 << 20, hashBlock: 512 })))?.dataBlockSize, 1 << 20);
});

test("what is no superblock is none", async () => {
  assert.equal(await read(new Uint8Array(4096)), undefined);
  assert.equal(await read(superblock({}).subarray(0, 511)), undefined);
});

const wrong: readonly (readonly [name: string, fields: Fields, kind: string, message: RegExp])[] = [
  ["version 2", { version: 2 }, "unsupported", /the unknown version 2$/],
  ["type 2", { hashType: 2 }, "unsupported", /the unknown type 2$/],
  ["blocks of 0 bytes", { dataBlock: 0 }, "corrupt", /blocks of 0 bytes for data/],
  ["blocks of 256 bytes", { hashBlock: 256 }, "corrupt", /blocks of 256 bytes for hashes/],
  ["blocks of 3000 bytes", { dataBlock: 3000 }, "corrupt", /blocks of 3000 bytes/],
  ["blocks of 2 GiB", { hashBlock: 2 ** 31 }, "corrupt", /blocks of 2147483648 bytes/],
  ["no blocks", { blocks: 0n }, "corrupt", /covers 0 blocks of data/],
  ["more bytes than can be counted", { blocks: 2n ** 60n }, "corrupt", /covers \d+ blocks of data/],
  ["a salt behind the end", { saltSize: 257 }, "corrupt", /the salt of its hash tree has 257 bytes/],
  ["an algorithm without a name", { algorithm: "" }, "corrupt", /no valid algorithm name/],
  ["an algorithm with control characters", { algorithm: "sha\x1b[31m" }, "corrupt", /no valid algorithm name/],
];

for (const [name, fields, kind, message] of wrong) {
  test(`${name}: ${kind}`, async () => {
    await assert.rejects(read(superblock(fields)), { name: "ImageError", kind, message });
  });
}
