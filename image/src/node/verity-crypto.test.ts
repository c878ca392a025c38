// Hashes, certificates and signatures by node's cryptography, of signatures that openssl has made.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import {
  ecCertificate,
  rawEcSignature,
  rawPssSignature,
  rsaCertificate,
  signedRootHash,
} from "../../../test/images/root-hash-signatures.ts";
import type { SignatureScheme } from "../verity/verity-crypto.ts";
import { nodeVerityCrypto } from "./verity-crypto.ts";

const { hash, certificate, verify } = nodeVerityCrypto;
const content = new Uint8Array(Buffer.from(signedRootHash));

test("hashes are called as the kernel calls them, whatever OpenSSL does", () => {
  for (const [name, own] of [
    ["sha256", "sha256"],
    ["SHA256", "sha256"],
    ["sha512", "sha512"],
    ["blake2b-512", "blake2b512"],
    ["blake2s-256", "blake2s256"],
  ] as const) {
    assert.deepEqual(hash(name, content), createHash(own).update(content).digest());
  }
  assert.equal(hash("no-hash", content), undefined);
});

test("a certificate tells who it is of and how long it is valid", () => {
  const found = certificate(ecCertificate) ?? assert.fail("it is a certificate");
  assert.deepEqual(found, {
    subject: "O=Example, CN=EC signer",
    issuer: "O=Example, CN=EC signer",
    serial: "1234abcd",
    fingerprint: createHash("sha256").update(ecCertificate).digest("hex"),
    validFrom: 1796100371,
    validTo: 4949700371,
  });
  assert.equal(certificate(rsaCertificate)?.serial, "07");
  assert.equal(certificate(content), undefined);
  assert.equal(certificate(ecCertificate.subarray(0, -1)), undefined);
});

test("a signature is right for its content, key and digest only", () => {
  const check = (
    key: SignatureScheme["key"],
    of: Uint8Array,
    signature: Uint8Array,
    bytes = content,
    digest = "sha256",
  ) => verify(of, { key, digest }, bytes, signature);
  assert.equal(check("ecdsa", ecCertificate, rawEcSignature), true);
  assert.equal(check("rsa-pss", rsaCertificate, rawPssSignature), true);
  assert.equal(check("ecdsa", ecCertificate, rawEcSignature, content.subarray(1)), false);
  assert.equal(check("ecdsa", ecCertificate, rawEcSignature, content, "sha512"), false);
  assert.equal(check("rsa", rsaCertificate, rawPssSignature), false);
  assert.equal(check("rsa", ecCertificate, rawEcSignature), false);
  assert.equal(check("ecdsa", rsaCertificate, rawPssSignature), false);
  assert.equal(check("rsa-pss", ecCertificate, rawPssSignature), false);
  assert.equal(check("ecdsa", ecCertificate, rawEcSignature, content, "no-hash"), undefined);
  assert.equal(check("ecdsa", content, rawEcSignature), undefined);
});
