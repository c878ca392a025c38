// What signatures of root hashes say, and when they are right, wrong, or not to be told.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  attributesSignature,
  bareSignature,
  ecCertificate,
  ecSignature,
  keyIdSignature,
  rsaCertificate,
  rsaSignature,
  signedRootHash,
  twoSignersSignature,
} from "../../../test/images/root-hash-signatures.ts";
import { nodeVerityCrypto } from "../node/verity-crypto.ts";
import { certificateId, readPkcs7 } from "./pkcs7.ts";
import { hasFingerprint, summarizeSignature } from "./signature-summary.ts";
import type { VerityCrypto } from "./verity-crypto.ts";

const other = "f".repeat(64);

function summary(bytes: Uint8Array, rootHash: string | undefined = signedRootHash, crypto: Partial<VerityCrypto> = {}) {
  const { certificate, ...facts } = summarizeSignature(bytes, rootHash, { ...nodeVerityCrypto, ...crypto });
  return { ...facts, ...(certificate === undefined ? {} : { serial: certificate.serial }) };
}

/** The bytes with each occurrence of `before` (hexadecimal) replaced. */
function replaced(bytes: Uint8Array, before: string, after: string): Uint8Array {
  const text = Buffer.from(bytes).toString("hex");
  assert.ok(text.includes(before) && before.length === after.length);
  return Buffer.from(text.replaceAll(before, after), "hex");
}

test("a signature is right for the root hash that was signed, and wrong for others", () => {
  const ec = { serial: "1234abcd", algorithm: "ECDSA with SHA-256" };
  const wrong = { verdict: "wrong", reason: "it does not match this root hash and certificate" };
  for (const [bytes, facts] of [
    [ecSignature, ec],
    [keyIdSignature, ec],
    [attributesSignature, { serial: "1234abcd", algorithm: "ECDSA with SHA-512" }],
    [rsaSignature, { serial: "07", algorithm: "RSA with SHA-256" }],
    [twoSignersSignature, null],
  ] as const) {
    const right = summary(bytes);
    if (facts !== null) assert.deepEqual(right, { ...facts, verdict: "right" });
    assert.equal(right.verdict, "right");
    const { serial: _, algorithm: __, ...found } = summary(bytes, other);
    assert.deepEqual(found, wrong);
  }
});

test("attributes that were changed make a signature wrong", () => {
  const signingTime = Buffer.from("2a864886f70d010905", "hex");
  const changed = Buffer.from(attributesSignature);
  const at = changed.indexOf(signingTime) + signingTime.length + 4;
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  assert.equal(summary(changed).verdict, "wrong");
  const noDigest = replaced(attributesSignature, "2a864886f70d010904", "2a864886f70d010944");
  assert.equal(summary(noDigest).verdict, "wrong");
});

test("what cannot be told is unknown, with the reason", () => {
  const unknown = (reason: string, ...given: Parameters<typeof summary>) =>
    assert.deepEqual([summary(...given).verdict, summary(...given).reason], ["unknown", reason]);
  const bare = "it contains no certificate; only a host that has the signer's certificate can check it";
  unknown(bare, bareSignature);
  // The serial number of the signer, and not that of the certificate, which has it first.
  const at = Buffer.from(ecSignature).lastIndexOf(Buffer.from("1234abcd", "hex"));
  const otherSigner = Uint8Array.from(ecSignature).fill(0x13, at, at + 1);
  unknown("none of the certificates in it is the signer's", otherSigner);
  unknown("its certificate cannot be read", ecSignature, signedRootHash, { certificate: () => undefined });
  assert.equal(summarizeSignature(ecSignature, undefined, nodeVerityCrypto).reason, "no root hash is known");
  const noCheck = { verify: () => undefined };
  unknown("this program cannot check ECDSA with SHA-256", ecSignature, signedRootHash, noCheck);
  unknown("this program cannot check ECDSA with SHA-512", attributesSignature, signedRootHash, {
    hash: () => undefined,
  });
  const end = Buffer.from(ecSignature).lastIndexOf(Buffer.from("2a8648ce3d0403", "hex")) + 7;
  unknown("it uses an unknown algorithm", Uint8Array.from(ecSignature).fill(9, end, end + 1));
});

test("all signers have to be right", () => {
  let checks = 0;
  const second = (verdict: boolean | undefined) => {
    checks = 0;
    return summary(twoSignersSignature, signedRootHash, {
      verify() {
        checks += 1;
        return checks === 1 ? true : verdict;
      },
    });
  };
  assert.equal(second(true).verdict, "right");
  assert.deepEqual(
    [second(false).verdict, second(false).reason],
    ["wrong", "it does not match this root hash and certificate"],
  );
  assert.equal(second(undefined).verdict, "unknown");
  assert.equal(checks, 2);
});

test("what is no signature is wrong", () => {
  const reason = "it is not a DER-encoded PKCS#7 signature";
  for (const bytes of [new Uint8Array(0), ecCertificate, ecSignature.subarray(0, -1)]) {
    assert.deepEqual(summarizeSignature(bytes, signedRootHash, nodeVerityCrypto), { verdict: "wrong", reason });
  }
  const broken = {
    verify: () => {
      throw new TypeError("own");
    },
  };
  assert.throws(() => summary(ecSignature, signedRootHash, broken), TypeError);
});

test("a signature carries certificates and names its signer by issuer and serial number", () => {
  const plain = readPkcs7(ecSignature);
  assert.deepEqual(plain.certificates, [ecCertificate]);
  const [signer] = plain.signers;
  const id = certificateId(ecCertificate);
  assert.equal(Buffer.from(id.serial).toString("hex"), "02041234abcd");
  assert.deepEqual([signer?.serial, signer?.issuer], [id.serial, id.issuer]);
  assert.deepEqual([signer?.digest, signer?.scheme], ["sha256", { key: "ecdsa", digest: "sha256" }]);
  assert.equal(signer?.attributes, undefined);
  assert.equal(readPkcs7(keyIdSignature).signers[0]?.issuer, undefined);
  assert.deepEqual(readPkcs7(bareSignature).certificates, []);
  const two = readPkcs7(twoSignersSignature);
  assert.deepEqual([two.certificates.length, two.signers.length], [2, 2]);
  assert.ok(two.certificates.some((bytes) => Buffer.from(bytes).equals(rsaCertificate)));
  const { attributes } = readPkcs7(attributesSignature).signers[0] ?? {};
  assert.equal(attributes?.signedBytes[0], 0x31);
  const digest = nodeVerityCrypto.hash("sha512", Buffer.from(signedRootHash));
  assert.deepEqual(attributes?.messageDigest, digest && new Uint8Array(digest));
});

test("each algorithm has its name", () => {
  const sha = "6086480165030402";
  for (const [id, name] of [
    ["04", "sha224"],
    ["01", "sha256"],
    ["02", "sha384"],
    ["03", "sha512"],
    ["08", "sha3-256"],
    ["09", "sha3-384"],
    ["0a", "sha3-512"],
  ] as const) {
    assert.equal(readPkcs7(replaced(ecSignature, `${sha}01`, `${sha}${id}`)).signers[0]?.digest, name);
  }
  const ecdsa = "2a8648ce3d0403";
  for (const [id, digest] of [
    ["01", "sha224"],
    ["02", "sha256"],
    ["03", "sha384"],
    ["04", "sha512"],
  ] as const) {
    const { scheme } = readPkcs7(replaced(ecSignature, `${ecdsa}02`, `${ecdsa}${id}`)).signers[0] ?? {};
    assert.deepEqual(scheme, { key: "ecdsa", digest });
  }
  const rsa = "2a864886f70d0101";
  const schemes = [
    ["01", { key: "rsa", digest: "sha256" }],
    ["05", { key: "rsa", digest: "sha1" }],
    ["0e", { key: "rsa", digest: "sha224" }],
    ["0b", { key: "rsa", digest: "sha256" }],
    ["0c", { key: "rsa", digest: "sha384" }],
    ["0d", { key: "rsa", digest: "sha512" }],
    ["0a", { key: "rsa-pss", digest: "sha256" }],
  ] as const;
  for (const [id, scheme] of schemes) {
    assert.deepEqual(readPkcs7(replaced(rsaSignature, `${rsa}01`, `${rsa}${id}`)).signers[0]?.scheme, scheme);
  }
});

test("what is no signature of signed data is damage", () => {
  assert.throws(() => readPkcs7(replaced(ecSignature, "2a864886f70d010702", "2a864886f70d010703")), {
    kind: "corrupt",
    message: /not a PKCS#7 signature/,
  });
});

test("fingerprints are compared as numbers", () => {
  const certificate = nodeVerityCrypto.certificate(ecCertificate) ?? assert.fail("it is a certificate");
  assert.equal(hasFingerprint(certificate, certificate.fingerprint.toUpperCase()), true);
  assert.equal(hasFingerprint(certificate, certificate.fingerprint.slice(2)), false);
  assert.equal(hasFingerprint(certificate, other), false);
  assert.equal(hasFingerprint(certificate, "no digits"), false);
});
