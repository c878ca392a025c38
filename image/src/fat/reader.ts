// A FAT file system as a FileTree: opens it, and reads what is asked for and no more.
//
// As Linux shows it without mount options: FAT has no owners and modes, so everything belongs to root with mode 0755, without
// write bits where a file is read-only; times have no zone and are read as UTC; short names are in code page 437. A cluster
// that belongs to two files is damage, which Linux does not notice. No npm package reads FAT within bounds: `fatfs` trusts
// what it reads, and `nufatfs` is under the GPL and has no long names.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { pageSource } from "../bytes/page-source.ts";
import { readExact } from "../bytes/read-exact.ts";
import type { ImageReader, OpenImage } from "../image-reader.ts";
import { hasMbr } from "../partitions/mbr.ts";
import type { FileTree } from "../tree/file-tree.ts";
import { entriesByName, statOfInode } from "../tree/inode-facts.ts";
import { type InodeEntry, inodeTree } from "../tree/inode-tree.ts";
import { BOOT_SECTOR_SIZE, type FatLayout, findFatLayout } from "./boot-sector.ts";
import { type ClusterChains, clusterChains } from "./cluster-chains.ts";
import { ENTRY_SIZE, type FatEntry, type FatFolder, parseFolder } from "./directory.ts";

/** No folder has more than 65,536 entries. */
const maxDirectorySize = 65_536 * ENTRY_SIZE;

interface FatInode<Type extends "file" | "directory" = "file" | "directory"> {
  readonly type: Type;
  /** Different for two of them: a folder's by its first cluster, so that one in two places is noticed. */
  readonly key: string;
  readonly cluster: number;
  readonly size: number;
  readonly mtime: number;
  readonly isReadOnly: boolean;
}
type AnyFatInode = FatInode<"file"> | FatInode<"directory">;

const rootKey = "root";

export const fatReader: ImageReader = {
  class: "file-system",
  kind: "fat",
  title: "FAT",
  signatures: [],
  endings: ["efi", "vfat"],
  recognize: async (head, source, signal) =>
    (await isFat(head, source, signal)) ? { kind: "fat", name: "a FAT file system" } : undefined,
  open: (source) => openFat(source),
};

/**
 * Whether the first sector is that of a FAT, and not of a partition table: both end alike, and what boots from a disk may
 * look like a FAT, so that its first table has to begin as one where there are partitions too; systemd decides likewise.
 */
async function isFat(head: Uint8Array, source: ByteSource, signal?: CancelSignal): Promise<boolean> {
  const layout = findFatLayout(head);
  if (layout === undefined) return false;
  if (!hasMbr(head)) return true;
  if (layout.tableStart + 1 > source.size) return false;
  const [first] = await readExact(source, layout.tableStart, 1, signal);
  return first === layout.media;
}

/** Opens the file system in `source`; throws `corrupt` or `unsupported`. */
async function openFat(source: ByteSource): Promise<OpenImage> {
  const layout = findFatLayout(await readExact(source, 0, Math.min(BOOT_SECTOR_SIZE, source.size)));
  if (layout === undefined) throw damaged("its boot sector is not valid");
  const { bits, version, size, clusterSize, isDirty } = layout;
  if (version !== 0) throw new ImageError("unsupported", `it is a FAT file system with the unknown version ${version}`);
  if (size > source.size) {
    throw damaged(`it should have ${size} bytes and ends after ${source.size}; copy or download it again`);
  }
  const folders = readFolders(source, layout);
  const { label } = await folders.read(folders.root);
  return {
    format: "fat",
    tree: fatTree(folders),
    facts: {
      compression: "none",
      blockSize: clusterSize,
      bytesUsed: size,
      variant: `FAT${bits}`,
      ...(label === undefined ? {} : { label }),
      ...(isDirty ? { warning: "it was not unmounted cleanly, so changes may be missing; run fsck.vfat" } : {}),
    },
  };
}

interface Folders {
  readonly root: FatInode<"directory">;
  readonly chains: ClusterChains;
  readonly clusterSize: number;
  read(inode: FatInode<"directory">): Promise<FatFolder>;
}

function readFolders(source: ByteSource, layout: FatLayout): Folders {
  const paged = pageSource(source);
  const chains = clusterChains(source, layout);
  const { bits, rootStart, rootSize, rootCluster, clusterSize } = layout;
  const rootFacts = { type: "directory", cluster: rootCluster, size: 0, mtime: 0, isReadOnly: false } as const;
  // A folder that begins where the root folder does is the root folder once more.
  const root = { ...rootFacts, key: bits === 32 ? folderKey(rootCluster) : rootKey };
  return {
    root,
    chains,
    clusterSize,
    async read({ key, cluster }) {
      if (key === rootKey) return parseFolder(await readExact(paged, rootStart, rootSize));
      const length = await chains.length(key, cluster, maxDirectorySize);
      return parseFolder(await chains.read(key, cluster, 0, length));
    },
  };
}

function folderKey(cluster: number): string {
  return `folder ${cluster}`;
}

function inodeOf({ type, cluster, size, mtime, isReadOnly, index }: FatEntry, folder: string): AnyFatInode {
  return type === "directory"
    ? { type, key: folderKey(cluster), cluster, size, mtime, isReadOnly }
    : { type, key: `${folder}, entry ${index}`, cluster, size, mtime, isReadOnly };
}

function fatTree({ root, chains, clusterSize, read }: Folders): FileTree {
  return inodeTree<AnyFatInode, AnyFatInode>({
    root,
    keyOf: ({ key }) => key,
    offsetOf: () => undefined,
    readInode: async (inode) => inode,
    async readDirectory(inode) {
      const { entries } = await read(inode);
      const names = new Set<string>();
      return entriesByName(
        entries.map((entry): InodeEntry<AnyFatInode> => {
          const name = names.has(entry.name) ? entry.shortName : entry.name;
          names.add(name);
          return { name, type: entry.type, inode: inodeOf(entry, inode.key) };
        }),
      );
    },
    async stat(inode) {
      const { type, size, mtime, isReadOnly, key } = inode;
      // Neither modes nor owners are written down; this is how Linux shows them.
      const mode = type === "file" && isReadOnly ? 0o555 : 0o755;
      return statOfInode({ type, mode, uid: 0, gid: 0, size, mtime, nlink: 1 }, () => key, 0);
    },
    sizeOf: ({ size }) => size,
    read: ({ key, cluster }, offset, length, signal) => chains.read(key, cluster, offset, length, signal),
    storedSize: async ({ size }) => Math.ceil(size / clusterSize) * clusterSize,
    async readLink() {
      throw damaged("it has no symlinks");
    },
    xattrs: async () => new Map(),
  });
}
