// What a signature of a root hash says, and whether it was made with the certificate that it carries.
//
// Only a host knows which certificates it trusts, so "right" means that nothing was damaged, and no text says "trusted".
import { ImageError } from "../bytes/image-error.ts";
import { fromHex } from "./hexadecimal.ts";
import { certificateId, type Pkcs7, type Pkcs7Signer, readPkcs7 } from "./pkcs7.ts";
import type { SignatureScheme, VerityCrypto } from "./verity-crypto.ts";
import type { VerityCertificate, VeritySignature } from "./verity-state.ts";

export type SignatureFacts = Pick<VeritySignature, "certificate" | "algorithm" | "verdict" | "reason">;

/** Reads a PKCS#7 signature over the digits of `rootHash`; without that, only what it says. Never throws. */
export function summarizeSignature(
  bytes: Uint8Array,
  rootHash: string | undefined,
  crypto: VerityCrypto,
): SignatureFacts {
  try {
    const pkcs7 = readPkcs7(bytes);
    const [signer, second] = pkcs7.signers;
    if (signer === undefined) return { verdict: "wrong", reason: "it has no signer" };
    const facts = summarizeSigner(pkcs7, signer, rootHash, crypto);
    return second === undefined ? facts : { ...facts, ...manySigners(facts, pkcs7, rootHash, crypto) };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { verdict: "wrong", reason: "it is not a DER-encoded PKCS#7 signature" };
  }
}

/** All signers have to be right for the whole to be. */
function manySigners(
  first: SignatureFacts,
  pkcs7: Pkcs7,
  rootHash: string | undefined,
  crypto: VerityCrypto,
): Partial<SignatureFacts> {
  if (first.verdict !== "right") return {};
  for (const signer of pkcs7.signers.slice(1)) {
    const { verdict, reason } = summarizeSigner(pkcs7, signer, rootHash, crypto);
    if (verdict !== "right") return { verdict, ...(reason === undefined ? {} : { reason }) };
  }
  return {};
}

function summarizeSigner(
  { certificates }: Pkcs7,
  signer: Pkcs7Signer,
  rootHash: string | undefined,
  crypto: VerityCrypto,
): SignatureFacts {
  const own = certificates.find((bytes) => isSigner(bytes, signer));
  const certificate = own === undefined ? undefined : crypto.certificate(own);
  const facts = {
    ...(certificate === undefined ? {} : { certificate }),
    ...(signer.scheme === undefined ? {} : { algorithm: schemeText(signer.scheme) }),
  };
  if (own === undefined || certificate === undefined) {
    const reason =
      own !== undefined
        ? "its certificate cannot be read"
        : certificates.length === 0
          ? "it contains no certificate; only a host that has the signer's certificate can check it"
          : "none of the certificates in it is the signer's";
    return { ...facts, verdict: "unknown", reason };
  }
  if (rootHash === undefined) return { ...facts, verdict: "unknown", reason: "no root hash is known" };
  if (signer.scheme === undefined) {
    return { ...facts, verdict: "unknown", reason: "it uses an unknown algorithm" };
  }
  const verdict = verify(own, signer, signer.scheme, rootHash, crypto);
  if (verdict === undefined) {
    return { ...facts, verdict: "unknown", reason: `this program cannot check ${schemeText(signer.scheme)}` };
  }
  if (!verdict) return { ...facts, verdict: "wrong", reason: "it does not match this root hash and certificate" };
  return { ...facts, verdict: "right" };
}

/** Whether a certificate is the one that the signer names. Who names it otherwise than by issuer has carried it alone. */
function isSigner(certificate: Uint8Array, { issuer, serial }: Pkcs7Signer): boolean {
  if (issuer === undefined || serial === undefined) return true;
  const id = certificateId(certificate);
  return isEqual(id.issuer, issuer) && isEqual(id.serial, serial);
}

/** What is signed are the digits of the root hash, as ASCII; undefined when that cannot be told. */
function verify(
  certificate: Uint8Array,
  { attributes, digest, signature }: Pkcs7Signer,
  scheme: SignatureScheme,
  rootHash: string,
  crypto: VerityCrypto,
): boolean | undefined {
  const content = Uint8Array.from(rootHash, (digit) => digit.charCodeAt(0));
  if (attributes === undefined) return crypto.verify(certificate, scheme, content, signature);
  const contentDigest = crypto.hash(digest, content);
  if (contentDigest === undefined) return undefined;
  if (attributes.messageDigest === undefined || !isEqual(attributes.messageDigest, contentDigest)) return false;
  return crypto.verify(certificate, scheme, attributes.signedBytes, signature);
}

const keyNames = { rsa: "RSA", "rsa-pss": "RSA-PSS", ecdsa: "ECDSA" } as const;

function schemeText({ key, digest }: SignatureScheme): string {
  return `${keyNames[key]} with ${digest.toUpperCase().replace(/^SHA(?=[0-9])/, "SHA-")}`;
}

/** Whether a certificate is the one that a partition names by its fingerprint. */
export function hasFingerprint({ fingerprint }: VerityCertificate, named: string): boolean {
  const [a, b] = [fromHex(fingerprint), fromHex(named)];
  return a !== undefined && b !== undefined && isEqual(a, b);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
