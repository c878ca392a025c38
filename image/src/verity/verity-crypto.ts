// What dm-verity needs of cryptography, injected so that this room knows none.
import type { VerityCertificate } from "./verity-state.ts";

/** Digest of `bytes` by an algorithm that is named as the kernel names it; undefined when it is not there. */
export type HashFunction = (algorithm: string, bytes: Uint8Array) => Uint8Array | undefined;

/** How a signature was made: of which digest, and by which kind of key. */
export interface SignatureScheme {
  /** As the kernel names it: `sha256`. */
  readonly digest: string;
  readonly key: "rsa" | "rsa-pss" | "ecdsa";
}

export interface VerityCrypto {
  readonly hash: HashFunction;
  /** What a certificate (X.509, DER) says; undefined for bytes that are none. */
  certificate(bytes: Uint8Array): VerityCertificate | undefined;
  /** Whether `signature` was made over `bytes` with the key of a certificate; undefined when that cannot be told. */
  verify(
    certificate: Uint8Array,
    scheme: SignatureScheme,
    bytes: Uint8Array,
    signature: Uint8Array,
  ): boolean | undefined;
}
