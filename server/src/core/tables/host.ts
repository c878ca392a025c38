// A host as far as extensions are compared with it: what its os-release file says, and which systemd it has.

export interface Host {
  /** What the user calls it: an id of the table of hosts, or the path of an os-release file. */
  readonly name: string;
  /** For reading, such as `Flatcar stable`. */
  readonly title: string;
  readonly release: HostRelease;
  /** The text of its os-release file, of a host that is known by it. */
  readonly releaseText?: string;
  /** Version of systemd, when it is known; else the newest counts. */
  readonly systemd?: number;
  /** Architectures of its kernels as systemd calls them; empty when it is not known. */
  readonly architectures: readonly string[];
  /** Of a host in the table of hosts what else is known of it. */
  readonly facts?: HostFacts;
}

/** How a system is laid out, as far as extensions meet it. */
export interface HostFacts {
  /** Systems of a kind, such as `flatcar` or `fedora-atomic`. */
  readonly family: string;
  /** Whether `/usr/sbin` is a symlink to `bin`. */
  readonly mergedSbin: boolean;
  /** Whether `/opt` is a folder, or a symlink into `/var`. */
  readonly opt: "folder" | "var";
  /** Whether `/usr/local` is a folder, or a symlink into `/var`. */
  readonly usrLocal: "folder" | "var";
  readonly selinux: boolean;
  /** File systems of images that its kernel mounts. */
  readonly fileSystems: readonly string[];
  /** The day on which all this was known, `2025-11-01`. */
  readonly known: string;
}

/** The fields of a host's os-release file that extensions are compared with. An empty value counts as none. */
export interface HostRelease {
  readonly id?: string;
  /** Words of ID_LIKE. */
  readonly idLike: readonly string[];
  readonly versionId?: string;
  readonly sysextLevel?: string;
  readonly confextLevel?: string;
}
