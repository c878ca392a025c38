// Hashes, certificates and signatures of dm-verity by node's own cryptography.
import { constants, hash as digest, getHashes, type KeyObject, verify, X509Certificate } from "node:crypto";
import type { SignatureScheme, VerityCrypto } from "../verity/verity-crypto.ts";
import type { VerityCertificate } from "../verity/verity-state.ts";

/** Names of the kernel and cryptsetup that OpenSSL spells otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  rmd160: "ripemd160",
  "blake2b-512": "blake2b512",
  "blake2s-256": "blake2s256",
};

let known: ReadonlySet<string> | undefined;

function hashName(algorithm: string): string | undefined {
  known ??= new Set(getHashes().map((name) => name.toLowerCase()));
  const name = algorithm.toLowerCase();
  const own = otherNames[name] ?? name;
  return known.has(own) ? own : undefined;
}

function hash(algorithm: string, bytes: Uint8Array): Uint8Array | undefined {
  const name = hashName(algorithm);
  if (name === undefined) return undefined;
  try {
    return digest(name, bytes, "buffer");
  } catch {
    return undefined; // listed, and yet not allowed by how this machine's OpenSSL is set up
  }
}

function certificate(bytes: Uint8Array): VerityCertificate | undefined {
  try {
    const parsed = new X509Certificate(bytes);
    const [validFrom, validTo] = [Date.parse(parsed.validFrom), Date.parse(parsed.validTo)];
    if (Number.isNaN(validFrom) || Number.isNaN(validTo)) return undefined;
    return {
      subject: nameText(parsed.subject),
      issuer: nameText(parsed.issuer),
      serial: parsed.serialNumber.toLowerCase(),
      fingerprint: parsed.fingerprint256.replaceAll(":", "").toLowerCase(),
      validFrom: validFrom / 1000,
      validTo: validTo / 1000,
    };
  } catch {
    return undefined;
  }
}

const maxNameLength = 500;

/** node writes each part of a name on a line of its own; a name may be empty, and of any length. */
function nameText(name: string | undefined): string {
  const text = (name ?? "").replaceAll("\n", ", ");
  return text.length > maxNameLength ? `${text.slice(0, maxNameLength)}…` : text;
}

const keyTypes: Readonly<Record<SignatureScheme["key"], readonly string[]>> = {
  rsa: ["rsa"],
  "rsa-pss": ["rsa", "rsa-pss"],
  ecdsa: ["ec"],
};

function verifySignature(
  certificateBytes: Uint8Array,
  scheme: SignatureScheme,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  const name = hashName(scheme.digest);
  if (name === undefined) return undefined;
  let key: KeyObject;
  try {
    key = new X509Certificate(certificateBytes).publicKey;
  } catch {
    return undefined;
  }
  if (!keyTypes[scheme.key].includes(key.asymmetricKeyType ?? "")) return false;
  try {
    if (scheme.key !== "rsa-pss") return verify(name, bytes, key, signature);
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
    return verify(name, bytes, { key, ...pss }, signature);
  } catch {
    return undefined;
  }
}

export const nodeVerityCrypto: VerityCrypto = { hash, certificate, verify: verifySignature };
