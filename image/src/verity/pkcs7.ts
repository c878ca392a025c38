// PKCS#7 signatures as far as root hashes are signed with them: detached, in DER (RFC 5652).
import { damaged } from "../bytes/image-error.ts";
import { type DerValue, derObjectId, derOf, derParts, derTag, readDer } from "./der.ts";
import type { SignatureScheme } from "./verity-crypto.ts";

/** One signer of a signature. */
export interface Pkcs7Signer {
  /** Issuer and serial number of the certificate, as they are written there; absent when it is named otherwise. */
  readonly issuer?: Uint8Array;
  readonly serial?: Uint8Array;
  readonly digest: string;
  /** Undefined for an algorithm that is not known here. */
  readonly scheme: SignatureScheme | undefined;
  readonly signature: Uint8Array;
  /** What is signed in place of the content: a set of attributes, among which is the content's digest. */
  readonly attributes?: { readonly signedBytes: Uint8Array; readonly messageDigest: Uint8Array | undefined };
}

export interface Pkcs7 {
  /** In DER. */
  readonly certificates: readonly Uint8Array[];
  readonly signers: readonly Pkcs7Signer[];
}

const signedData = "1.2.840.113549.1.7.2";
const messageDigestAttribute = "1.2.840.113549.1.9.4";

const digests: ReadonlyMap<string, string> = new Map([
  ["1.3.14.3.2.26", "sha1"],
  ["2.16.840.1.101.3.4.2.4", "sha224"],
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
  ["2.16.840.1.101.3.4.2.8", "sha3-256"],
  ["2.16.840.1.101.3.4.2.9", "sha3-384"],
  ["2.16.840.1.101.3.4.2.10", "sha3-512"],
]);

/** Algorithms of signatures; those without a digest are of that which the signer names besides. */
const schemes: ReadonlyMap<string, { readonly key: SignatureScheme["key"]; readonly digest?: string }> = new Map([
  ["1.2.840.113549.1.1.1", { key: "rsa" }],
  ["1.2.840.113549.1.1.5", { key: "rsa", digest: "sha1" }],
  ["1.2.840.113549.1.1.14", { key: "rsa", digest: "sha224" }],
  ["1.2.840.113549.1.1.11", { key: "rsa", digest: "sha256" }],
  ["1.2.840.113549.1.1.12", { key: "rsa", digest: "sha384" }],
  ["1.2.840.113549.1.1.13", { key: "rsa", digest: "sha512" }],
  ["1.2.840.113549.1.1.10", { key: "rsa-pss" }],
  ["1.2.840.10045.2.1", { key: "ecdsa" }],
  ["1.2.840.10045.4.1", { key: "ecdsa", digest: "sha1" }],
  ["1.2.840.10045.4.3.1", { key: "ecdsa", digest: "sha224" }],
  ["1.2.840.10045.4.3.2", { key: "ecdsa", digest: "sha256" }],
  ["1.2.840.10045.4.3.3", { key: "ecdsa", digest: "sha384" }],
  ["1.2.840.10045.4.3.4", { key: "ecdsa", digest: "sha512" }],
]);

/** Root hashes have one signer, and carry a certificate or a short chain of them. */
const maxSigners = 16;
const maxCertificates = 64;

/** Reads a signature; throws `corrupt`. */
export function readPkcs7(bytes: Uint8Array): Pkcs7 {
  const [type, wrapped] = derParts(derOf(readDer(bytes), derTag.sequence));
  if (derObjectId(type) !== signedData) throw damaged("its signature is not a PKCS#7 signature");
  const [signed] = derParts(derOf(wrapped, derTag.context0));
  const [, , , ...rest] = derParts(derOf(signed, derTag.sequence)); // version, digest algorithms, content
  const carried = rest.find(({ tag }) => tag === derTag.context0);
  const signers = derParts(derOf(rest.at(-1), derTag.set));
  if (signers.length > maxSigners) throw damaged(`its signature has ${signers.length} signers`);
  return {
    // Beside certificates there may be other things, which have other tags.
    certificates: (carried === undefined ? [] : derParts(carried))
      .filter(({ tag }) => tag === derTag.sequence)
      .slice(0, maxCertificates)
      .map((certificate) => certificate.bytes),
    signers: signers.map(readSigner),
  };
}

function readSigner(value: DerValue): Pkcs7Signer {
  const [, who, digestAlgorithm, ...rest] = derParts(derOf(value, derTag.sequence));
  const first = rest[0];
  const attributes = first?.tag === derTag.context0 ? first : undefined;
  const [algorithm, signature] = attributes === undefined ? rest : rest.slice(1);
  const digestId = derObjectId(derParts(derOf(digestAlgorithm, derTag.sequence))[0]);
  const digest = digests.get(digestId) ?? digestId;
  const scheme = schemes.get(derObjectId(derParts(derOf(algorithm, derTag.sequence))[0]));
  return {
    ...readSignerId(who),
    digest,
    scheme: scheme && { key: scheme.key, digest: scheme.digest ?? digest },
    signature: derOf(signature, derTag.octetString).content,
    ...(attributes === undefined ? {} : { attributes: readAttributes(attributes) }),
  };
}

function readSignerId(who: DerValue | undefined): Pick<Pkcs7Signer, "issuer" | "serial"> {
  if (who?.tag === derTag.plainContext0) return {};
  const [issuer, serial] = derParts(derOf(who, derTag.sequence));
  return { issuer: derOf(issuer, derTag.sequence).bytes, serial: derOf(serial, derTag.integer).bytes };
}

function readAttributes(attributes: DerValue) {
  // They are signed as a set, although here they are written as [0].
  const signedBytes = attributes.bytes.slice();
  signedBytes[0] = derTag.set;
  let messageDigest: Uint8Array | undefined;
  for (const attribute of derParts(attributes)) {
    const [type, values] = derParts(derOf(attribute, derTag.sequence));
    if (derObjectId(type) !== messageDigestAttribute) continue;
    messageDigest = derOf(derParts(derOf(values, derTag.set))[0], derTag.octetString).content;
  }
  return { signedBytes, messageDigest };
}

/** Issuer and serial number of a certificate, as they are written there; throws `corrupt`. */
export function certificateId(certificate: Uint8Array): { readonly issuer: Uint8Array; readonly serial: Uint8Array } {
  const [body] = derParts(derOf(readDer(certificate), derTag.sequence));
  const parts = derParts(derOf(body, derTag.sequence));
  const [serial, , issuer] = parts[0]?.tag === derTag.context0 ? parts.slice(1) : parts; // behind the version
  return { issuer: derOf(issuer, derTag.sequence).bytes, serial: derOf(serial, derTag.integer).bytes };
}
