// What lies at the sources and targets of transfers: where the user says, or else where the transfers do.
import { stat } from "node:fs/promises";
import path from "node:path";
import type { FileAttributes, ListedFile, SetTransfer, Transfer } from "../../server/src/core/index.ts";
import { listFolder, type OfferedFile, readSource } from "../../updates/src/index.ts";
import { about, Failure } from "./failure.ts";

export interface ListingOptions {
  /** Read in place of every transfer's own source. */
  readonly source?: string;
  /** The folder of all versions; with several target paths a root that these are below. */
  readonly target?: string;
  /** Whether addresses that transfers name are fetched. */
  readonly fetch: boolean;
  readonly systemd: number;
  readonly signal: AbortSignal;
}

export interface Listings {
  source(transfer: Transfer): readonly ListedFile[] | undefined;
  target(transfer: Transfer): readonly ListedFile[] | undefined;
  attributes(transfer: Transfer, name: string): FileAttributes | undefined;
  /** What the user did not ask about and should know: a path, and a sentence. */
  readonly warnings: readonly { readonly subject: string; readonly message: string }[];
  /** The day with whose beginning hosts refuse a manifest, and the manifest's place. */
  readonly bestBefore?: { readonly place: string; readonly day: string };
}

/** Reads each place once. Throws a Failure about one that cannot be read. */
export async function readListings(
  transfers: readonly SetTransfer[],
  { source, target, fetch, systemd, signal }: ListingOptions,
): Promise<Listings> {
  const warnings: { subject: string; message: string }[] = [];
  const listings = new Map<string, readonly OfferedFile[]>();
  let bestBefore: Listings["bestBefore"];
  const known = transfers.flatMap(({ transfer }) => transfer ?? []);
  const deep = known.some((transfer) => [...transfer.source.patterns, ...transfer.target.patterns].some(hasFolder));

  const sourcePlace = (transfer: Transfer) => source ?? ownSource(transfer);
  const targetPaths = new Set(known.filter(isStoredInFolder).map((transfer) => transfer.target.path));
  function targetPlace(transfer: Transfer): string | undefined {
    if (!isStoredInFolder(transfer)) return undefined;
    if (target === undefined) return transfer.target.relativeTo === "root" ? transfer.target.path : undefined;
    return targetPaths.size <= 1 ? target : path.join(target, transfer.target.path);
  }

  for (const { transfer, disabledReason, path: file } of transfers) {
    if (transfer === undefined) continue;
    const from = disabledReason === undefined ? sourcePlace(transfer) : undefined;
    if (from !== undefined && !listings.has(from)) {
      if (source === undefined && isAddress(from) && !fetch) throw notFetched(from, file);
      listings.set(from, await readFrom(from));
    }
    const to = targetPlace(transfer);
    if (to !== undefined && !listings.has(to)) listings.set(to, await readTo(to));
  }

  async function readFrom(place: string): Promise<readonly OfferedFile[]> {
    if (source === undefined && !isAddress(place) && !(await exists(place))) {
      warnings.push({ subject: place, message: "no such folder; no version is available" });
      return [];
    }
    const found = await about(place, () => readSource(place, { signal, deep, systemd }));
    if (found.bestBefore !== undefined) bestBefore = { place: found.place, day: found.bestBefore };
    return found.files;
  }

  async function readTo(place: string): Promise<readonly OfferedFile[]> {
    if (!(await exists(place))) {
      warnings.push({ subject: place, message: "no such folder; nothing is installed" });
      return [];
    }
    return await about(place, () => listFolder(place, { signal, deep }));
  }

  const at = (place: string | undefined) => (place === undefined ? undefined : listings.get(place));
  return {
    source: (transfer) => at(sourcePlace(transfer)),
    target: (transfer) => at(targetPlace(transfer)),
    attributes: (transfer, name) => attributesOf(at(sourcePlace(transfer)), name),
    warnings,
    ...(bestBefore === undefined ? {} : { bestBefore }),
  };
}

function hasFolder({ text }: { readonly text: string }): boolean {
  return text.includes("/");
}

function isAddress(place: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\//.test(place);
}

/** The path of a source that can be read where the transfer says; what is below a partition for booting cannot. */
function ownSource({ source: { path: place, relativeTo } }: Transfer): string | undefined {
  return relativeTo === "root" ? place : undefined;
}

function isStoredInFolder({ target }: Transfer): boolean {
  return target.type !== "partition";
}

function notFetched(address: string, file: string): Failure {
  return new Failure(
    `its source is "${address}", which is not fetched by default; add --fetch, or give a folder or manifest with --source`,
    file,
  );
}

async function exists(place: string): Promise<boolean> {
  return await about(place, async () => {
    try {
      await stat(place);
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
      throw error;
    }
  });
}

/** Undefined for a file of a manifest, which says nothing of it. */
function attributesOf(files: readonly OfferedFile[] | undefined, name: string): FileAttributes | undefined {
  const { mtime, mode } = files?.find((file) => file.name === name) ?? {};
  return mtime === undefined || mode === undefined ? undefined : { mtime, mode };
}
