// What specifiers in transfers stand for: on this machine, or on the host whose os-release file the user names.
import { readFile } from "node:fs/promises";
import os from "node:os";
import { decodeName } from "../../image/src/index.ts";
import {
  architectures,
  type Host,
  parseReleaseFile,
  type SpecifierFacts,
  type SpecifierValues,
  specifierValues,
} from "../../server/src/core/index.ts";
import { checkArchitecture, hostOfRelease } from "./hosts.ts";

/** systemd's names of the architectures that node has other names for. */
const machineArchitectures: Readonly<Partial<Record<NodeJS.Architecture, string>>> = {
  x64: "x86-64",
  ia32: "x86",
  arm64: "arm64",
  arm: "arm",
  riscv64: "riscv64",
  loong64: "loongarch64",
  s390x: "s390x",
  ppc64: os.endianness() === "LE" ? "ppc64-le" : "ppc64",
};

/**
 * The values on a host. Of one that is known by its os-release file, the architecture is what that says in ARCHITECTURE=,
 * else this machine's. Throws a Failure for a file that is none.
 */
export async function readSpecifiers(releaseFile?: string, architecture?: string): Promise<SpecifierValues> {
  const chosen = checkArchitecture(architecture);
  const facts = releaseFile === undefined ? await machineFacts() : releaseFacts(await hostOfRelease(releaseFile));
  const known = chosen ?? releaseArchitecture(facts.release) ?? machineArchitectures[process.arch];
  return specifierValues({ ...facts, ...(known === undefined ? {} : { architecture: known }) });
}

function releaseFacts({ releaseText }: Host): SpecifierFacts {
  return releaseText === undefined ? {} : { release: releaseText };
}

function releaseArchitecture(release: string | undefined): string | undefined {
  const written = release === undefined ? undefined : parseReleaseFile(release).get("ARCHITECTURE")?.text;
  return written !== undefined && architectures.includes(written) ? written : undefined;
}

async function machineFacts(): Promise<SpecifierFacts> {
  const release = (await readOwn("/etc/os-release")) ?? (await readOwn("/usr/lib/os-release"));
  const machineId = (await readOwn("/etc/machine-id"))?.trim();
  const bootId = (await readOwn("/proc/sys/kernel/random/boot_id"))?.trim().replaceAll("-", "");
  const info = await readOwn("/etc/machine-info");
  const prettyHostName = info === undefined ? undefined : parseReleaseFile(info).get("PRETTY_HOSTNAME")?.text;
  return {
    hostName: os.hostname(),
    kernel: os.release(),
    ...(release === undefined ? {} : { release }),
    ...(machineId === undefined || !/^[0-9a-f]{32}$/.test(machineId) ? {} : { machineId }),
    ...(bootId === undefined ? {} : { bootId }),
    ...(prettyHostName === undefined ? {} : { prettyHostName }),
  };
}

/** A file of this machine, which need not have it. */
async function readOwn(file: string): Promise<string | undefined> {
  try {
    return decodeName(await readFile(file));
  } catch {
    return undefined;
  }
}
