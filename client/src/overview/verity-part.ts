// The dm-verity data of an image as parts of the overview, with the result of checking the content.
import type { VerityCheck, VerityState } from "../../../image/src/index.ts";
import { formatBytes, formatTime } from "../quantities.ts";
import type { Say } from "../say.ts";
import { sentence } from "./overview-facts.ts";
import type { PageBlock, PageFact, PagePart, Tone } from "./page/messages.ts";

/** Names of the buttons that start and cancel the check of a file system; the index of its state follows. */
export const checkButton = "checkIntegrity";
export const cancelButton = "cancelCheck";

/** The progress of a check, or its result. */
export type ShownCheck =
  | { readonly state: "running"; readonly done: number; readonly total: number }
  | { readonly state: "done"; readonly check: VerityCheck }
  | { readonly state: "failed"; readonly reason: string };

export interface ShownVerity {
  readonly states: readonly VerityState[];
  /** By the index of the state. */
  readonly checks: ReadonlyMap<number, ShownCheck>;
  /** Why the dm-verity data cannot be read; a clause. */
  readonly fault?: string;
}

export function verityParts({ states, checks, fault }: ShownVerity, l10n: Say): PagePart[] {
  if (fault !== undefined) {
    const text = l10n.t("The dm-verity data cannot be read: {0}.", fault);
    return [
      {
        id: "verity",
        title: l10n.t("Integrity (dm-verity)"),
        wide: false,
        blocks: [{ kind: "note", tone: "warning", text }],
      },
    ];
  }
  return states.map((state, at): PagePart => {
    const title =
      states.length === 1 ? l10n.t("Integrity (dm-verity)") : l10n.t("Integrity of {0} (dm-verity)", state.role);
    return { id: `verity-${at}`, title, wide: false, blocks: blocksOf(state, at, checks.get(at), l10n) };
  });
}

function blocksOf(state: VerityState, at: number, check: ShownCheck | undefined, l10n: Say): PageBlock[] {
  const faults = state.faults.map((text): PageBlock => ({ kind: "note", tone: "error", text: sentence(text) }));
  const blocks: PageBlock[] = [...faults, { kind: "facts", rows: factsOf(state, l10n) }];
  const canCheck = state.tree !== undefined && state.rootHash !== undefined;
  if (check?.state === "running") {
    const { done, total } = check;
    const text = l10n.t("{0} of {1} checked", formatBytes(done), formatBytes(total));
    blocks.push({ kind: "progress", text, done: total > 0 ? done / total : 0 });
    blocks.push({ kind: "buttons", buttons: [{ action: `${cancelButton}-${at}`, label: l10n.t("Cancel") }] });
    return blocks;
  }
  if (check !== undefined) blocks.push(resultOf(check, l10n));
  if (canCheck) {
    blocks.push({ kind: "buttons", buttons: [{ action: `${checkButton}-${at}`, label: l10n.t("Check Integrity") }] });
  }
  return blocks;
}

function resultOf(check: Exclude<ShownCheck, { state: "running" }>, l10n: Say): PageBlock {
  const note = (tone: Tone, text: string): PageBlock => ({ kind: "note", tone, text });
  if (check.state === "failed") return note("warning", sentence(check.reason));
  const { intact, checkedBytes, badBytes, faults } = check.check;
  if (intact) return note("good", l10n.t("Intact: all {0} match the root hash.", formatBytes(checkedBytes)));
  const [first] = faults;
  return note(
    "error",
    first === undefined
      ? l10n.t("Not intact: {0} do not match the root hash.", formatBytes(badBytes))
      : l10n.t(
          "Not intact: {0} do not match the root hash, the first of them at byte {1}.",
          formatBytes(badBytes),
          first.offset,
        ),
  );
}

function factsOf(state: VerityState, l10n: Say): PageFact[] {
  const { rootHash, rootHashes, tree, signature } = state;
  const sources = {
    option: l10n.t("an option"),
    file: l10n.t("a file beside the image"),
    signature: l10n.t("the signature"),
    "partition-uuids": l10n.t("the UUIDs of the partitions"),
  };
  const from = rootHashes.map(({ source, agrees }) =>
    agrees ? sources[source] : l10n.t("{0}, which has another hash", sources[source]),
  );
  const facts: PageFact[] = [
    rootHash === undefined
      ? { label: l10n.t("Root hash"), value: l10n.t("unknown") }
      : { label: l10n.t("Root hash"), value: rootHash, code: true, note: l10n.t("from {0}", from.join("; ")) },
  ];
  facts.push({
    label: l10n.t("Hash tree"),
    value:
      tree === undefined
        ? l10n.t("none readable")
        : l10n.t(
            "{0}, blocks of {1} bytes, covers {2}",
            tree.algorithm,
            tree.dataBlockSize,
            formatBytes(tree.dataBlocks * tree.dataBlockSize),
          ),
    ...(state.hashFile === undefined ? {} : { note: state.hashFile }),
  });
  if (signature === undefined) return [...facts, { label: l10n.t("Signature"), value: l10n.t("none") }];
  const verdicts = {
    right: l10n.t("matches the root hash and its certificate"),
    wrong: l10n.t("wrong"),
    unknown: l10n.t("cannot be checked"),
  };
  const { certificate, certificateFingerprint, reason, algorithm } = signature;
  const how = [...(algorithm === undefined ? [] : [algorithm]), ...(reason === undefined ? [] : [reason])].join("; ");
  facts.push({ label: l10n.t("Signature"), value: verdicts[signature.verdict], ...(how === "" ? {} : { note: how }) });
  if (certificate !== undefined) {
    facts.push({ label: l10n.t("Certificate"), value: certificate.subject, note: validity(certificate, l10n) });
  }
  const fingerprint = certificate?.fingerprint ?? certificateFingerprint;
  if (fingerprint !== undefined) facts.push({ label: l10n.t("Fingerprint"), value: fingerprint, code: true });
  return facts;
}

function validity({ validFrom, validTo }: { validFrom: number; validTo: number }, l10n: Say): string {
  const [from = "", to = ""] = [validFrom, validTo].map((time) => formatTime(time).slice(0, 10));
  return l10n.t("valid from {0} to {1}; each host decides which certificates it trusts", from, to);
}
