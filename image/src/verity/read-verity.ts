// Tells what is known of the dm-verity of a disk: trees, root hashes, signatures, and what is wrong with them.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import type { OpenDisk } from "../image-reader.ts";
import { readTopHash } from "./check-verity.ts";
import { type HashTree, hashTreeOf } from "./hash-tree.ts";
import { toHex } from "./hexadecimal.ts";
import { resolveRootHash } from "./root-hash.ts";
import { readSignatureJson, type SignatureJson } from "./signature-json.ts";
import { hasFingerprint, summarizeSignature } from "./signature-summary.ts";
import { readVeritySuperblock } from "./superblock.ts";
import type { VerityCrypto } from "./verity-crypto.ts";
import { stateFaults } from "./verity-faults.ts";
import { findMembers, type HintsBeside, type VerityMembers } from "./verity-members.ts";
import type { VeritySignature, VerityState, VerityTree } from "./verity-state.ts";

export interface ReadVerityOptions {
  /** In hexadecimal with small digits; counts more than all that are found. */
  readonly rootHash?: string;
  readonly beside?: HintsBeside;
  readonly signal?: CancelSignal;
}

/** Two file systems in two versions for a few architectures; a partition table has room for thousands. */
const maxStates = 16;

/**
 * The verity of a disk's root and usr partitions: one state for each of which there is a hash tree or a signature, none
 * where there is neither. Reads a few blocks. Throws an ImageError of kind `io` only; what is damaged is in the states.
 */
export async function readVerity(
  disk: OpenDisk,
  crypto: VerityCrypto,
  options: ReadVerityOptions = {},
): Promise<readonly VerityState[]> {
  const states: VerityState[] = [];
  for (const members of findMembers(disk, options.beside).slice(0, maxStates))
    states.push(await readVerityState(members, crypto, options));
  return states;
}

/** The state of one file system; throws an ImageError of kind `io` only. */
export async function readVerityState(
  members: VerityMembers,
  crypto: VerityCrypto,
  { rootHash: option, beside, signal }: ReadVerityOptions,
): Promise<VerityState> {
  const { role, architecture, data, hashes, signature: partition } = members;
  const { dataPartition, hashPartition, signaturePartition, hashFile } = members;
  const hints = beside?.[role] ?? {};
  const faults: string[] = [];

  async function orFault<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ImageError) || error.kind === "io") throw error;
      faults.push(error.fault);
      return undefined;
    }
  }

  if (hints.unreadable) faults.push(`the file "${hints.hashName ?? ""}" does not contain a root hash in hexadecimal`);
  const superblock = hashes && (await orFault(() => readVeritySuperblock(hashes, signal)));
  if (hashes !== undefined && superblock === undefined && faults.length === 0) {
    const where = hashFile === undefined ? `partition ${hashPartition?.number ?? 0} of it` : `"${hashFile}"`;
    faults.push(`${where} is meant for a dm-verity hash tree but does not contain one`);
  }
  const tree = superblock && (await orFault(async () => hashTreeOf(superblock, crypto.hash)));
  const top = tree && hashes && (await readTopHash({ data: data ?? emptySource, hashes, tree }, signal));
  const topHash = top && toHex(top);
  const json = partition && (await orFault(() => readSignatureJson(partition, signal)));
  const { rootHashes, rootHash } = resolveRootHash({
    option,
    file: hints.hash,
    signature: json?.rootHash,
    uuids: dataPartition && hashPartition && [dataPartition.uuid, hashPartition.uuid],
    topHash,
  });
  const signature = json
    ? signatureOf(json, crypto)
    : hints.signature && fileSignature(hints.signature, rootHash, crypto);
  if (signature?.verdict === "wrong") faults.push(`the signature is wrong: ${signature.reason ?? ""}`);
  const { certificate, certificateFingerprint: named } = signature ?? {};
  if (certificate !== undefined && named !== undefined && !hasFingerprint(certificate, named)) {
    faults.push(`the signature names the certificate ${named} but contains ${certificate.fingerprint}`);
  }
  faults.push(
    ...stateFaults({
      ...members,
      tree,
      rootHashes,
      rootHash,
      topHash,
      ...(hints.hashName && { hashName: hints.hashName }),
    }),
  );
  return {
    role,
    ...(architecture === undefined ? {} : { architecture }),
    ...(dataPartition && { dataPartition: dataPartition.number }),
    ...(hashPartition && { hashPartition: hashPartition.number }),
    ...(signaturePartition && { signaturePartition: signaturePartition.number }),
    ...(hashFile === undefined ? {} : { hashFile }),
    ...(tree && { tree: treeFacts(tree, topHash) }),
    rootHashes,
    ...(rootHash === undefined ? {} : { rootHash }),
    ...(signature && { signature }),
    faults,
  };
}

const emptySource: ByteSource = { size: 0, read: async () => new Uint8Array(0) };

function treeFacts({ superblock, levels }: HashTree, topHash: string | undefined): VerityTree {
  return {
    ...superblock,
    salt: toHex(superblock.salt),
    levels: levels.map(({ blocks }) => blocks).reverse(),
    ...(topHash === undefined ? {} : { topHash }),
  };
}

function signatureOf({ signature, ...named }: SignatureJson, crypto: VerityCrypto): VeritySignature {
  return { source: "partition", ...named, ...summarizeSignature(signature, named.rootHash, crypto) };
}

function fileSignature(bytes: Uint8Array, rootHash: string | undefined, crypto: VerityCrypto): VeritySignature {
  return { source: "file", ...summarizeSignature(bytes, rootHash, crypto) };
}
