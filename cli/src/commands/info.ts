// `sysext info`: what an image is, without its files, and whether it is intact.
import {
  type FileTree,
  ImageError,
  type OpenDisk,
  type VerityCheck,
  type VerityState,
} from "../../../image/src/index.ts";
import { checkImageVerity, type OpenImageFile, openImageFile, readImageVerity } from "../../../image/src/node/index.ts";
import { checkCount } from "../arguments.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { exitStatus, Failure } from "../failure.ts";
import { partitionOption, readPartition, withImage } from "../image-path.ts";
import { type ImageInfo, infoText, type ListedPartition, type ReleaseFile } from "../report/image-info.ts";
import { printable } from "../report/printable.ts";
import { progressLineOf, verifyText } from "../report/progress.ts";
import { faultText, type Verification } from "../report/verity.ts";

const positionals = ["IMAGE"];

export const infoCommand = defineCommand({
  name: "info",
  summary: "show the format of an image, its partitions, its verity and its release file",
  positionals,
  options: {
    partition: partitionOption,
    verify: { summary: "verify all data that dm-verity protects against its root hash" },
    "root-hash": {
      value: "HASH",
      summary: "the root hash to verify against; default: that of the image or of the files beside it",
    },
    json: { summary: "print one JSON object" },
  },
  details: [
    "Exit status with --verify: 0: intact; 1: damaged, or the image contradicts itself; 2: the image cannot be verified.",
    "A signature is verified with the certificate that it contains. Each host decides which certificates it trusts.",
    'The root hash of "NAME.raw" may be in "NAME.roothash" beside it, and the hash tree of a plain file system in "NAME.verity".',
    "",
    "Keys of the JSON: image, format, variant, compression, compressedWith, blockSize, bytes, bytesUsed, inodes, created,",
    "label, name, class, releaseFiles, warning, partitionTable (of a disk; each partition with its content), verity (one",
    "for each protected file system) and verification (with --verify: intact, checkedBytes, badBytes, faults).",
    "Keys without a value are omitted.",
  ],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("info", positionals, given);
    const [file = ""] = given;
    const { partition } = readPartition(values.partition);
    const rootHash = readRootHash(values["root-hash"]);
    const only = partition === undefined ? {} : { partition };
    const info = await withImage(
      file,
      { stderr, signal },
      async (image) => {
        const about = await readInfo(file, image, values.verify === true);
        return await withVerity(file, image, partition, async (whole) => {
          const states = await readImageVerity(file, whole, {
            signal,
            ...(rootHash === undefined ? {} : { rootHash }),
          });
          const verity = states.filter((state) => partition === undefined || state.dataPartition === partition);
          const info = verity.length === 0 ? about : { ...about, verity };
          if (!values.verify) return info;
          return { ...info, verification: await verifyAll(file, whole, verity, { stderr, signal }) };
        });
      },
      { ...only, anyDisk: true },
    );
    await stdout.write(values.json ? `${JSON.stringify(info, null, 2)}\n` : infoText(info));
    const damage = whyNotIntact(info);
    if (damage === undefined) return exitStatus.done;
    await stderr.write(`${printable(`sysext: ${file}: ${damage}`)}\n`);
    return exitStatus.no;
  },
});

function readRootHash(written: string | undefined): string | undefined {
  if (written === undefined || /^([0-9a-f]{2}){16,128}$/i.test(written)) return written;
  throw new Failure(
    `"${written}" is not a valid root hash; "veritysetup format" and "systemd-repart" print it as hexadecimal digits`,
  );
}

/** The verity of one partition is known by the others: opens the whole disk for it. */
async function withVerity<Result>(
  file: string,
  image: OpenImageFile,
  partition: number | undefined,
  use: (whole: OpenImageFile) => Promise<Result>,
): Promise<Result> {
  if (partition === undefined) return await use(image);
  const whole = await openImageFile(file, { unpack: {} });
  try {
    return await use(whole);
  } finally {
    await whole.close();
  }
}

/** Verifies all protected file systems. Throws a Failure if there is none, or if one cannot be verified. */
async function verifyAll(
  file: string,
  image: OpenImageFile,
  states: readonly VerityState[],
  { stderr, signal }: Pick<CommandContext, "stderr" | "signal">,
): Promise<Verification[]> {
  if (states.length === 0) throw new Failure("it is not protected by dm-verity, so it cannot be verified", file);
  const verifications: Verification[] = [];
  for (const state of states) {
    const { tree, rootHash, dataPartition, faults } = state;
    if (tree === undefined || rootHash === undefined) {
      const wayOut = tree === undefined ? "" : "; give it with --root-hash";
      throw new Failure(`it cannot be verified: ${faults[0] ?? "no root hash is known"}${wayOut}`, file);
    }
    const line = progressLineOf(stderr, verifyText);
    let check: VerityCheck;
    try {
      const progress = (done: number, total: number) => line.show({ done, total });
      check = await checkImageVerity(file, image, state, { progress, signal });
    } finally {
      await line.clear();
    }
    const { dataBlockSize } = tree;
    verifications.push({ ...(dataPartition === undefined ? {} : { dataPartition }), dataBlockSize, ...check });
  }
  return verifications;
}

/** Why the answer of `--verify` is no, as a clause. */
function whyNotIntact({ verification, verity }: ImageInfo): string | undefined {
  if (verification === undefined) return undefined;
  for (const one of verification) {
    const [first] = one.faults;
    const where = one.dataPartition === undefined ? "it" : `partition ${one.dataPartition} of it`;
    if (first !== undefined) return `${where} is damaged: ${faultText(first, one)}`;
  }
  return verity?.flatMap(({ faults }) => faults)[0];
}

async function readInfo(
  file: string,
  { format, facts, fileSize, compressedWith, tree, disk }: OpenImageFile,
  evenDamaged: boolean,
): Promise<ImageInfo> {
  const releaseFiles = await readAllReleaseFiles(tree).catch((error: unknown) => {
    // All damaged places are reported, not only the first.
    if (evenDamaged && error instanceof ImageError && error.kind === "corrupt") return [];
    throw error;
  });
  const [only] = releaseFiles;
  const { variant, compression, blockSize, inodes, created, label, bytesUsed, warning } = facts;
  return {
    image: file,
    format,
    ...(variant === undefined ? {} : { variant }),
    compression,
    ...(compressedWith === undefined ? {} : { compressedWith }),
    blockSize,
    bytes: fileSize,
    bytesUsed,
    ...(inodes === undefined ? {} : { inodes }),
    ...(created === undefined ? {} : { created }),
    ...(label === undefined ? {} : { label }),
    ...(only !== undefined && releaseFiles.length === 1 ? { name: only.name, class: only.class } : {}),
    releaseFiles,
    ...(warning === undefined ? {} : { warning }),
    ...(disk === undefined ? {} : { partitionTable: { ...tableOf(disk), partitions: await listPartitions(disk) } }),
  };
}

function tableOf({ kind, guid, sectorSize, copy }: OpenDisk) {
  return { kind, guid, sectorSize, copy };
}

async function listPartitions(disk: OpenDisk): Promise<ListedPartition[]> {
  const listed: ListedPartition[] = [];
  for (const partition of disk.partitions) {
    const { size } = disk.bytes(partition);
    const content = await disk.content(partition);
    listed.push({ ...partition, content, ...(size < partition.size ? { presentBytes: size } : {}) });
  }
  return listed;
}

const prefix = "extension-release.";
/** Release files have a few lines; no more of a longer one is shown. */
const shownBytes = 64 * 1024;

async function readAllReleaseFiles(tree: FileTree): Promise<ReleaseFile[]> {
  return [
    ...(await readReleaseFiles(tree, "usr/lib/extension-release.d", "sysext")),
    ...(await readReleaseFiles(tree, "etc/extension-release.d", "confext")),
  ];
}

async function readReleaseFiles(tree: FileTree, folder: string, kind: ReleaseFile["class"]): Promise<ReleaseFile[]> {
  const entries = await listIfThere(tree, folder);
  const files = entries.filter(({ name, type }) => type === "file" && name.startsWith(prefix));
  return Promise.all(
    files.map(async ({ name }) => {
      const path = `${folder}/${name}`;
      const content = new TextDecoder().decode(await tree.read(path, 0, shownBytes));
      return { path, name: name.slice(prefix.length), class: kind, content };
    }),
  );
}

async function listIfThere(tree: FileTree, folder: string) {
  try {
    return await tree.list(folder);
  } catch (error) {
    if (error instanceof ImageError && error.kind === "io") return []; // an image of the other class, or of none
    throw error;
  }
}
