// The content of a verity signature partition: JSON, and zeros behind it (Discoverable Partitions Specification).
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { fromHex } from "./hexadecimal.ts";

export interface SignatureJson {
  /** In hexadecimal, small digits. */
  readonly rootHash: string;
  /** SHA-256 of the signer's certificate, in hexadecimal. */
  readonly certificateFingerprint?: string;
  /** PKCS#7 in DER. */
  readonly signature: Uint8Array;
}

/** systemd reads no larger ones. */
const maxSize = 4 << 20;
/** Characters of base64; a signature with certificates has a few thousand. */
const maxSignatureSize = 1 << 20;
const openingBrace = 0x7b;
/** Half of a root hash is a UUID, so that systemd takes none that is shorter than one. */
const minRootHashSize = 32;

/** Reads a signature partition; throws `corrupt` for all that systemd would not take. */
export async function readSignatureJson(source: ByteSource, signal?: CancelSignal): Promise<SignatureJson> {
  if (source.size > maxSize) throw damaged(`its signature partition has ${source.size} bytes, more than hosts accept`);
  const bytes = await readExact(source, 0, source.size, signal);
  const end = bytes.indexOf(0);
  const length = end < 0 ? bytes.length : end;
  if (length === 0) throw damaged("its signature partition is empty", 0);
  if (bytes.subarray(length).some((byte) => byte !== 0)) {
    throw damaged("its signature partition has data after its zero padding", length);
  }
  return readFields(parse(latin1(bytes.subarray(0, length))));
}

/** Whether the beginning of a partition looks like one: JSON with two fields that go together nowhere else. */
export function isSignatureText(head: Uint8Array): boolean {
  if (head[0] !== openingBrace) return false;
  const end = head.indexOf(0);
  const text = latin1(head.subarray(0, end < 0 ? head.length : end));
  return /"rootHash"\s*:/.test(text) && /"signature"\s*:/.test(text);
}

function readFields(fields: Readonly<Record<string, unknown>>): SignatureJson {
  const { rootHash, certificateFingerprint, signature } = fields;
  if (typeof rootHash !== "string" || !isRootHash(rootHash)) {
    throw damaged('its signature partition has no "rootHash" in hexadecimal');
  }
  const fingerprint = typeof certificateFingerprint === "string" ? certificateFingerprint.toLowerCase() : undefined;
  if (fingerprint !== undefined && fromHex(fingerprint)?.length !== 32) {
    throw damaged('the "certificateFingerprint" in its signature partition is not a SHA-256');
  }
  const isReadable = typeof signature === "string" && signature.length <= maxSignatureSize;
  const decoded = isReadable ? fromBase64(signature) : undefined;
  if (decoded === undefined) throw damaged('its signature partition has no "signature" in base64');
  return {
    rootHash: rootHash.toLowerCase(),
    ...(fingerprint === undefined ? {} : { certificateFingerprint: fingerprint }),
    signature: decoded,
  };
}

/** Whether a text can be a root hash in hexadecimal. */
export function isRootHash(text: string): boolean {
  return text.length >= minRootHashSize && fromHex(text) !== undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below: node's own words would quote what a stranger wrote.
  }
  throw damaged("its signature partition has no JSON object", 0);
}

/** ASCII is all that counts here; other bytes stay what is no part of any value that is taken. */
function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return pieces.join("");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of base64, whatever white space is in it; undefined for anything else. */
export function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replaceAll(/[ \t\r\n]/g, "").replace(/={1,2}$/, "");
  if (digits.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const digit of digits) {
    const value = alphabet.indexOf(digit);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = (bits >> count) & 0xff;
  }
  return bytes;
}
