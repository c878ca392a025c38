// dm-verity in `sysext info`: hash tree, root hashes and signature of a file system, and what verifying it showed.
import type { RootHashSource, VerityCheck, VerityFault, VerityState } from "../../../image/src/index.ts";
import { bytesText, countText } from "./amounts.ts";
import { timeText } from "./listing.ts";
import { printable } from "./printable.ts";

/** What verifying a file system showed. */
export interface Verification extends VerityCheck {
  /** Number of its partition; absent for an image that is no disk. */
  readonly dataPartition?: number;
  /** In bytes: a block number is an offset divided by it. */
  readonly dataBlockSize: number;
}

export function verityLines(state: VerityState): string[] {
  const { tree, hashPartition, hashFile, rootHashes, rootHash, signature, faults } = state;
  const place = hashFile === undefined ? `partition ${hashPartition ?? "?"}` : `"${hashFile}"`;
  const rows: (readonly [label: string, value: string])[] = [];
  if (tree !== undefined) {
    const { algorithm, dataBlocks, dataBlockSize, hashBlockSize, salt, hashType } = tree;
    const kind = hashType === 0 ? " of the obsolete type 0" : "";
    rows.push(["Hash tree", `${place}, ${algorithm}${kind}, hashes in blocks of ${hashBlockSize} bytes`]);
    rows.push(["Data", `${countText(dataBlocks, "block")} of ${dataBlockSize} bytes`]);
    rows.push(["Salt", salt === "" ? "none" : salt]);
  }
  const agreeing = rootHashes.filter(({ agrees }) => agrees).map(({ source }) => sourceNames[source]);
  if (rootHash !== undefined) rows.push(["Root hash", `${rootHash} (from ${agreeing.join(", ")})`]);
  if (signature !== undefined) {
    const { verdict, algorithm, reason, certificate, certificateFingerprint } = signature;
    const how = algorithm === undefined ? "" : `, ${algorithm}`;
    rows.push(["Signature", `${verdictTexts[verdict]}${how}${reason === undefined ? "" : `: ${reason}`}`]);
    const fingerprint = certificate?.fingerprint ?? certificateFingerprint;
    if (certificate !== undefined) {
      const { subject, issuer, validFrom, validTo } = certificate;
      rows.push(["Signed by", `${subject}${issuer === subject ? "" : `, certificate issued by ${issuer}`}`]);
      rows.push(["Valid", `${timeText(validFrom)} to ${timeText(validTo)} UTC`]);
    }
    if (fingerprint !== undefined) rows.push(["Certificate", `${fingerprint} (SHA-256)`]);
    rows.push(["Trust", "each host trusts only the certificates in its own verity.d folders, such as /etc/verity.d"]);
  }
  rows.push(...faults.map((fault) => ["Fault", fault] as const));
  const width = Math.max(0, ...rows.map(([label]) => label.length)) + 2;
  return [
    `Verity of ${subjectText(state)}:\n`,
    ...rows.map(([label, value]) => `  ${`${label}:`.padEnd(width)}${printable(value)}\n`),
  ];
}

const sourceNames: Readonly<Record<RootHashSource, string>> = {
  option: "--root-hash",
  file: "the file beside the image",
  signature: "the signature",
  "partition-uuids": "the partition UUIDs",
};

const verdictTexts = {
  right: "valid for this root hash and the certificate that it contains",
  wrong: "wrong",
  unknown: "not checked",
} as const;

function subjectText({ role, architecture, dataPartition }: VerityState): string {
  if (dataPartition === undefined) return `the ${role} file system`;
  return `partition ${dataPartition} (${[role, architecture].filter((word) => word !== undefined).join(" ")})`;
}

export function verificationLines(verification: Verification): string[] {
  const { dataPartition, checkedBytes, badBytes } = verification;
  const subject = dataPartition === undefined ? "the file system" : `partition ${dataPartition}`;
  const [first] = verification.faults;
  if (first === undefined) return [`Verified: ${subject} is intact, ${bytesText(checkedBytes)} compared\n`];
  return [
    `Verified: ${subject} is damaged, ${bytesText(badBytes)} cannot be read on a host\n`,
    ...verification.faults.map((fault) => `  ${faultText(fault, verification)}\n`),
  ];
}

/** Where damage begins and how far it goes, as a clause: `block 17, from byte 69632 on, differs from the hashed data`. */
export function faultText(
  { what, offset, length, hashOffset }: VerityFault,
  { dataBlockSize }: Pick<Verification, "dataBlockSize">,
): string {
  const first = offset / dataBlockSize;
  const count = length / dataBlockSize;
  const where = `${count === 1 ? `block ${first}` : `blocks ${first} to ${first + count - 1}`}, from byte ${offset} on,`;
  if (what === "data") return `${where} ${count === 1 ? "differs" : "differ"} from the hashed data`;
  if (hashOffset === undefined) return `${where} ${count === 1 ? "is" : "are"} missing`;
  return what === "hashes"
    ? `${where} cannot be read: the hash block at byte ${hashOffset} of the hash tree is damaged`
    : `${where} cannot be read: the hash tree ends before byte ${hashOffset}`;
}
