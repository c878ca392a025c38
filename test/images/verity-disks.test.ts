// dm-verity of disk images that systemd-repart makes and signs: root hash, UUIDs, signature and certificate as openssl has them.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, type TestContext, test } from "node:test";
import type { Partition, VerityCheck, VerityState } from "../../image/src/index.ts";
import { checkImageVerity, openImageFile, readImageVerity } from "../../image/src/node/index.ts";
import { findTool, requireRoot, requireTool } from "../support/tools.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-verity-disks-"));
after(() => rmSync(work, { recursive: true, force: true }));
const at = (name: string) => path.join(work, name);
const image = at("demo.raw");

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(findTool(program) ?? "", args, { encoding: "utf8", stdio: "pipe", cwd: work });
}

const keys = {
  rsa: ["rsa:2048"],
  ecdsa: ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
} as const;

/** A key and a certificate of its own, `NAME.key` and `NAME.crt`. */
function makeKey(name: string, kind: keyof typeof keys, subject: string): void {
  const files = ["-keyout", at(`${name}.key`), "-out", at(`${name}.crt`)];
  run("openssl", "req", "-x509", "-newkey", ...keys[kind], "-nodes", ...files, "-days", "30", "-subj", subject);
}

/** Makes a signed disk at `file` once; gives the root hash that systemd-repart tells. */
function makeDisk(file: string, role: "root" | "usr", key: string): string {
  const definitions = at(`definitions-${role}`);
  mkdirSync(definitions, { recursive: true });
  mkdirSync(at("tree/usr/lib/extension-release.d"), { recursive: true });
  writeFileSync(at("tree/usr/lib/extension-release.d/extension-release.demo"), "ID=_any\n");
  const type = `${role}-x86-64`;
  const files = role === "root" ? "CopyFiles=/usr" : "CopyFiles=/usr:/";
  const define = (name: string, ...lines: readonly string[]) =>
    writeFileSync(path.join(definitions, name), ["[Partition]", ...lines, `VerityMatchKey=${role}`, ""].join("\n"));
  const size = (megabytes: number) => `SizeMinBytes=${megabytes}M\nSizeMaxBytes=${megabytes}M`;
  define("10-data.conf", `Type=${type}`, "Format=squashfs", files, size(8), "Verity=data");
  define("20-hash.conf", `Type=${type}-verity`, size(2), "Verity=hash");
  define("30-signature.conf", `Type=${type}-verity-sig`, "Verity=signature");
  rmSync(file, { force: true });
  const options = ["--empty=create", "--size=auto", "--dry-run=no", "--no-pager", "--json=short", "--root=tree"];
  const signing = [`--private-key=${at(`${key}.key`)}`, `--certificate=${at(`${key}.crt`)}`];
  const listed: { roothash?: string }[] = JSON.parse(
    run("systemd-repart", ...options, ...signing, `--definitions=${definitions}`, file),
  );
  return listed.find(({ roothash }) => (roothash ?? "") !== "")?.roothash ?? "";
}

interface Read {
  readonly states: readonly VerityState[];
  readonly checks: readonly VerityCheck[];
  readonly partitions: readonly Partition[];
}

/** Reads the image, and verifies what can be verified. */
async function read(): Promise<Read> {
  const opened = await openImageFile(image);
  try {
    const states = await readImageVerity(image, opened);
    const checks: VerityCheck[] = [];
    for (const state of states) {
      if (state.rootHash !== undefined && state.tree !== undefined) {
        checks.push(await checkImageVerity(image, opened, state));
      }
    }
    return { states, checks, partitions: opened.disk?.partitions ?? [] };
  } finally {
    await opened.close();
  }
}

async function readOne(): Promise<VerityState> {
  const { states } = await read();
  const [state] = states;
  assert.ok(state !== undefined && states.length === 1);
  return state;
}

const needed = ["systemd-repart", "mksquashfs", "openssl", "sfdisk"] as const;
const subject = "/C=DE/O=Example, Incorporated/CN=verity key";
let prepared: string | undefined;

/** Puts a fresh copy of a signed disk at `image` and gives its root hash; undefined when a tool is missing. */
function freshDisk(t: TestContext): string | undefined {
  if (!requireTool(t, ...needed) || !requireRoot(t)) return undefined;
  if (prepared === undefined) {
    makeKey("main", "rsa", subject);
    prepared = makeDisk(at("whole.raw"), "root", "main");
  }
  copyFileSync(at("whole.raw"), image);
  return prepared;
}

for (const [role, kind, algorithm] of [
  ["root", "rsa", "RSA with SHA-256"],
  ["usr", "ecdsa", "ECDSA with SHA-256"],
] as const) {
  test(`a signed disk of systemd-repart: ${role} with ${kind}`, async (t) => {
    if (!requireTool(t, ...needed) || !requireRoot(t)) return;
    makeKey(kind, kind, subject);
    const rootHash = makeDisk(image, role, kind);
    const { states, checks, partitions } = await read();
    const [state] = states;
    assert.ok(state !== undefined && states.length === 1);
    assert.deepEqual([state.dataPartition, state.hashPartition, state.signaturePartition], [1, 2, 3]);
    assert.deepEqual([state.role, state.architecture, state.faults], [role, "x86-64", []]);
    assert.equal(state.rootHash, rootHash);
    assert.equal(state.tree?.topHash, rootHash);
    assert.equal(
      (partitions[0]?.uuid ?? "").replaceAll("-", "") + (partitions[1]?.uuid ?? "").replaceAll("-", ""),
      rootHash,
    );
    assert.deepEqual(state.rootHashes, [
      { source: "signature", hash: rootHash, agrees: true },
      { source: "partition-uuids", hash: rootHash, agrees: true },
    ]);
    assert.deepEqual(checks, [{ intact: true, checkedBytes: 8 << 20, badBytes: 0, faults: [] }]);
    const { signature } = state;
    assert.deepEqual([signature?.source, signature?.verdict, signature?.algorithm], ["partition", "right", algorithm]);
    sameAsOpenssl(state, at(`${kind}.crt`));
  });
}

/** Holds what is said of a certificate to what openssl says. */
function sameAsOpenssl({ signature }: VerityState, certificateFile: string): void {
  const show = ["-noout", "-serial", "-fingerprint", "-sha256", "-startdate", "-enddate", "-dateopt", "iso_8601"];
  const text = run("openssl", "x509", "-in", certificateFile, ...show);
  const field = (name: RegExp) => new RegExp(`^(?:${name.source})=(.*)$`, "im").exec(text)?.[1] ?? "";
  const certificate = signature?.certificate;
  assert.ok(certificate !== undefined);
  assert.equal(certificate.serial, field(/serial/).toLowerCase());
  assert.equal(
    certificate.fingerprint,
    field(/sha256 fingerprint/)
      .replaceAll(":", "")
      .toLowerCase(),
  );
  assert.equal(certificate.validFrom, Date.parse(field(/notBefore/).replace(" ", "T")) / 1000);
  assert.equal(certificate.validTo, Date.parse(field(/notAfter/).replace(" ", "T")) / 1000);
  if (signature?.source === "partition") assert.equal(signature.certificateFingerprint, certificate.fingerprint);
  // openssl joins the parts of a name alike when it is told to, and quotes a comma likewise.
  const named = run(
    "openssl",
    "x509",
    "-in",
    certificateFile,
    "-noout",
    "-subject",
    "-nameopt",
    "sname,sep_comma_plus_space,esc_2253",
  );
  assert.equal(`subject=${certificate.subject}`, named.trim());
  assert.equal(certificate.issuer, certificate.subject);
}

/** Reads or writes bytes of the image. */
function bytesAt(position: number, length: number): Buffer {
  return readFileSync(image).subarray(position, position + length);
}

function patch(position: number, bytes: Uint8Array): void {
  const content = readFileSync(image);
  content.set(bytes, position);
  writeFileSync(image, content);
}

function partitionStart(number: number): number {
  const { partitiontable } = JSON.parse(run("sfdisk", "--json", image));
  return partitiontable.partitions[number - 1].start * 512;
}

const signatureSize = 16_384;

function readJson(): { rootHash: string; certificateFingerprint: string; signature: string } {
  return JSON.parse(bytesAt(partitionStart(3), signatureSize).toString("latin1").replace(/\0+$/, ""));
}

function writeJson(content: string | object): void {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const bytes = Buffer.alloc(signatureSize);
  bytes.write(text, "latin1");
  patch(partitionStart(3), bytes);
}

/** Whether openssl finds a signature to be made over a root hash with the certificate in it. */
function opensslAccepts(signature: Uint8Array, rootHash: string): boolean {
  writeFileSync(at("checked.p7s"), signature);
  writeFileSync(at("checked.txt"), rootHash);
  const args = [
    "cms",
    "-verify",
    "-inform",
    "DER",
    "-in",
    at("checked.p7s"),
    "-binary",
    "-content",
    at("checked.txt"),
    "-noverify",
  ];
  return spawnSync(findTool("openssl") ?? "", args).status === 0;
}

test("a signature that was changed, or is over another root hash, is wrong, as openssl finds it", async (t) => {
  const rootHash = freshDisk(t);
  if (rootHash === undefined) return;
  const json = readJson();
  const right = Buffer.from(json.signature, "base64");
  assert.ok(opensslAccepts(right, rootHash));
  const changed = Buffer.from(right);
  changed[changed.length - 3] = (changed.at(-3) ?? 0) ^ 1;
  assert.ok(!opensslAccepts(changed, rootHash));
  writeJson({ ...json, signature: changed.toString("base64") });
  const state = await readOne();
  assert.equal(state.signature?.verdict, "wrong");
  assert.deepEqual(state.faults, ["the signature is wrong: it does not match this root hash and certificate"]);

  const other = rootHash.replace(/^../, (digits) => (digits === "00" ? "11" : "00"));
  assert.ok(!opensslAccepts(right, other));
  writeJson({ ...json, rootHash: other });
  const { states, checks } = await read();
  assert.equal(states[0]?.signature?.verdict, "wrong");
  assert.deepEqual(states[0]?.rootHashes, [
    { source: "signature", hash: other, agrees: true },
    { source: "partition-uuids", hash: rootHash, agrees: false },
  ]);
  assert.deepEqual(states[0]?.faults.slice(1), [
    `the pair of partition UUIDs has the root hash ${rootHash}, and the signature ${other}`,
    `the hash tree has the root hash ${rootHash}, but the signature has ${other}`,
  ]);
  assert.equal(checks[0]?.intact, false);

  writeJson({ ...json, certificateFingerprint: "ab".repeat(32) });
  assert.match((await readOne()).faults.join("\n"), /^the signature names the certificate abab.+ but contains/);
});

/** Options of `openssl cms -sign`, what comes out of them, and how the signature is named. */
const variants: readonly (readonly [name: string, options: readonly string[], verdict: string, algorithm: string])[] = [
  ["as systemd makes it", ["-noattr"], "right", "RSA with SHA-256"],
  ["with attributes", [], "right", "RSA with SHA-256"],
  ["with SHA-512", ["-noattr", "-md", "sha512"], "right", "RSA with SHA-512"],
  ["with PSS", ["-noattr", "-keyopt", "rsa_padding_mode:pss"], "right", "RSA-PSS with SHA-256"],
  ["by the identifier of the key", ["-noattr", "-keyid"], "right", "RSA with SHA-256"],
  ["without a certificate", ["-noattr", "-nocerts"], "unknown", "RSA with SHA-256"],
];

for (const [name, options, verdict, algorithm] of variants) {
  test(`a signature beside a file system and its tree: ${name}`, async (t) => {
    if (!requireTool(t, "veritysetup", "openssl")) return;
    makeKey("beside", "rsa", subject);
    const bare = at("bare.raw");
    writeFileSync(bare, Buffer.alloc(40_960, "data"));
    run("veritysetup", "format", "--root-hash-file=bare.roothash", bare, "bare.verity");
    const rootHash = readFileSync(at("bare.roothash"), "latin1");
    const sign = (...more: readonly string[]) =>
      run(
        "openssl",
        "cms",
        "-sign",
        "-binary",
        "-in",
        "bare.roothash",
        "-signer",
        "beside.crt",
        "-inkey",
        "beside.key",
        "-outform",
        "DER",
        "-out",
        "bare.roothash.p7s",
        ...more,
      );
    sign(...options);
    const [state] = await readImageVerity(bare, {});
    assert.ok(state !== undefined);
    assert.deepEqual(
      [state.signature?.source, state.signature?.verdict, state.signature?.algorithm],
      ["file", verdict, algorithm],
    );
    assert.deepEqual(state.faults, []);
    if (verdict === "unknown") {
      assert.match(state.signature?.reason ?? "", /^it contains no certificate/);
      return;
    }
    assert.ok(opensslAccepts(readFileSync(at("bare.roothash.p7s")), rootHash));
    sameAsOpenssl(state, at("beside.crt"));
    writeFileSync(at("bare.roothash"), "00".repeat(32));
    const [other] = await readImageVerity(bare, {});
    assert.equal(other?.signature?.verdict, "wrong");
    assert.ok(!opensslAccepts(readFileSync(at("bare.roothash.p7s")), "00".repeat(32)));
    rmSync(at("bare.roothash"));
    const [unknown] = await readImageVerity(bare, {});
    assert.deepEqual([unknown?.signature?.verdict, unknown?.signature?.reason], ["unknown", "no root hash is known"]);
  });
}

test("what is no signature in its partition is said in a sentence", async (t) => {
  const rootHash = freshDisk(t);
  if (rootHash === undefined) return;
  const json = readJson();
  const cases: readonly (readonly [content: string | object, fault: RegExp])[] = [
    ["", /^its signature partition is empty$/],
    ["{", /^its signature partition has no JSON object$/],
    ["[]", /^its signature partition has no JSON object$/],
    ["null", /^its signature partition has no JSON object$/],
    [{ ...json, rootHash: 5 }, /^its signature partition has no "rootHash" in hexadecimal$/],
    [{ ...json, rootHash: "abcd" }, /^its signature partition has no "rootHash" in hexadecimal$/],
    [
      { ...json, certificateFingerprint: "xyz" },
      /^the "certificateFingerprint" in its signature partition is not a SHA-256$/,
    ],
    [{ ...json, signature: "!" }, /^its signature partition has no "signature" in base64$/],
    [`${JSON.stringify(json)}\0more`, /^its signature partition has data after its zero padding$/],
    [{ ...json, signature: "AAAA" }, /^the signature is wrong: it is not a DER-encoded PKCS#7 signature$/],
    [{ ...json, signature: "" }, /^the signature is wrong: it is not a DER-encoded PKCS#7 signature$/],
  ];
  for (const [content, fault] of cases) {
    writeJson(content);
    const state = await readOne();
    assert.match(state.faults.join("\n"), fault, JSON.stringify(content));
    assert.equal(state.rootHash, rootHash);
  }
});

test("damage in the partitions of data and hashes is found where it is", async (t) => {
  if (freshDisk(t) === undefined) return;
  const [data, hashes] = [partitionStart(1), partitionStart(2)];
  patch(data + 5000, Buffer.from([0xff, 0x0f]));
  const first = (await read()).checks[0];
  assert.deepEqual(first?.faults, [{ what: "data", offset: 4608, length: 512 }]);
  freshDisk(t);
  // Levels of 1, 4, 64 and 1024 blocks; the last block of the third one.
  const hashOffset = 512 * (1 + 1 + 4 + 63);
  patch(hashes + hashOffset + 100, Buffer.from([0xff, 0x0f]));
  const second = (await read()).checks[0];
  const length = 16 * 16 * 512;
  assert.deepEqual(second?.faults, [{ what: "hashes", level: 1, hashOffset, offset: (8 << 20) - length, length }]);
  assert.equal(second?.badBytes, length);
});

test("an image that is cut off, and partitions with other UUIDs", async (t) => {
  const rootHash = freshDisk(t);
  if (rootHash === undefined) return;
  const random = "4f0d7f3a-6f3c-4c5b-9d5e-0123456789ab";
  run("sfdisk", "--quiet", "--no-reread", "--part-uuid", image, "2", random);
  const state = await readOne();
  const hash = rootHash.slice(0, 32) + random.replaceAll("-", "");
  assert.deepEqual(state.rootHashes.at(-1), { source: "partition-uuids", hash, agrees: false });
  // Of two random UUIDs nobody thinks that they are a root hash.
  run("sfdisk", "--quiet", "--no-reread", "--part-uuid", image, "1", random.replace("4f", "5f"));
  assert.deepEqual(
    (await readOne()).rootHashes.map(({ source }) => source),
    ["signature"],
  );
  writeJson("");
  const unknown = await readOne();
  assert.deepEqual(unknown.rootHashes, []);
  assert.match(unknown.faults.join("\n"), /^no root hash is known/m);
  writeFileSync(at("demo.roothash"), rootHash);
  assert.deepEqual((await readOne()).rootHashes, [{ source: "file", hash: rootHash, agrees: true }]);
  rmSync(at("demo.roothash"));

  freshDisk(t);
  truncateSync(image, partitionStart(2) + 512 * 200);
  const { states, checks } = await read();
  const [cut] = states;
  assert.match(cut?.faults.join("\n") ?? "", /^the hash tree takes 560128 bytes, but there are only 102400$/m);
  assert.match(cut?.faults.join("\n") ?? "", /^its signature partition is empty$/m);
  assert.equal(cut?.rootHash, rootHash);
  const offset = (200 - 70) * 16 * 512;
  assert.deepEqual(checks[0]?.faults, [
    { what: "missing", level: 0, hashOffset: 512 * 200, offset, length: (8 << 20) - offset },
  ]);
});
