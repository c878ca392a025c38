// Writes the transfer of an extension: where systemd-sysupdate finds new versions, and where it puts them.
import type { HostFile, Refusal } from "./host-file.ts";
import { escapeSpecifiers, imagePattern, type NamedExtension, patternFault, updatePlaces } from "./update-names.ts";

export interface NewTransfer {
  readonly extension: NamedExtension;
  /** The http or https address of the folder with the images and `SHA256SUMS`. */
  readonly address: string;
  /** Whether hosts check the signature of `SHA256SUMS`. */
  readonly verify: boolean;
  /** In a set of its own, so that it has versions of its own, or in that of the system. */
  readonly set: "component" | "system";
  /** The lowest version of systemd that has to work. */
  readonly systemd: number;
}

/** The first systemd with systemd-sysupdate. */
export const firstSysupdate = 251;
/** The first systemd that reads `.transfer`; those before read `.conf` only. */
export const firstTransferSuffix = 257;
/** Where nobody says which systemd has to work: what is written for this one works with all later ones, too. */
export const assumedSystemd = firstTransferSuffix;
const firstConfext = 254;
/** The first systemd whose key ring has the ending `.pgp`. */
const firstPgpRing = 258;

/** The transfer's file, and what else it needs on the host; a refusal when systemd cannot do what is asked. */
export function newTransfer(wanted: NewTransfer): readonly [HostFile, ...HostFile[]] | Refusal {
  const { extension, address, set, systemd } = wanted;
  const { name } = extension;
  const first = extension.class === "confext" ? firstConfext : firstSysupdate;
  if (systemd < first) {
    const what = extension.class === "confext" ? "configuration extensions" : "systemd-sysupdate";
    return { fault: `systemd ${systemd} does not support ${what}; systemd ${first} is required` };
  }
  const fault = patternFault(extension) ?? componentFault(set, name) ?? addressFault(address);
  if (fault !== undefined) return { fault };
  const suffix = systemd < firstTransferSuffix ? ".conf" : ".transfer";
  const folder = set === "component" ? `etc/sysupdate.${name}.d` : "etc/sysupdate.d";
  return [{ path: `${folder}/${name}${suffix}`, text: textOf(wanted) }, ...symlinkFolder(extension)];
}

/** systemd-sysupdate makes the folder of the images and the symlink, but not the symlink's folder. */
function symlinkFolder(extension: NamedExtension): readonly HostFile[] {
  const { symlink } = updatePlaces(extension);
  const [, folder = ""] = /^(var\/lib\/(?:confexts|extensions))\//.exec(symlink) ?? [];
  if (folder === "") return [];
  const text = `# systemd-sysupdate creates symlinks to extensions in this directory, but not the directory itself.
d /${folder} 0755 root root -
`;
  return [{ path: `etc/tmpfiles.d/50-${folder.slice("var/lib/".length)}.conf`, text }];
}

function textOf({ extension, address, verify, set, systemd }: NewTransfer): string {
  const { name, class: extensionClass } = extension;
  const { store, symlink } = updatePlaces(extension);
  const pattern = imagePattern(extension);
  const component = set === "component" ? ` --component=${name}` : "";
  const ring = systemd < firstPgpRing ? "import-pubring.gpg" : "import-pubring.pgp";
  return `# Updates the extension "${name}". On the host "systemd-sysupdate${component} list" shows the versions,
# and "systemd-sysupdate${component} update" installs the newest.

[Transfer]
# ${
    verify
      ? `SHA256SUMS.gpg is beside SHA256SUMS, and its key is in /etc/systemd/${ring} on the host.`
      : "The origin of SHA256SUMS is not verified: set this to yes once it is signed."
  }
Verify=${verify ? "yes" : "no"}

[Source]
Type=url-file
Path=${escapeSpecifiers(address)}
MatchPattern=${pattern}

[Target]
Type=regular-file
# Not where systemd-${extensionClass} looks, so that it merges one version: that of the symlink.
Path=/${escapeSpecifiers(store)}
MatchPattern=${pattern}
CurrentSymlink=/${escapeSpecifiers(symlink)}
# The version that runs, and one more.
InstancesMax=2
`;
}

/** Names of components become names of folders, and arguments on command lines. */
export function componentFault(set: NewTransfer["set"], name: string): string | undefined {
  if (set === "system" || /^[A-Za-z0-9_.:@+-]+$/.test(name)) return undefined;
  return `the component name "${name}" is hard to use on a command line; use letters, digits and the characters .-_+`;
}

/** Why systemd-sysupdate cannot fetch from an address, as a sentence; undefined when it can. */
export function addressFault(address: string): string | undefined {
  if (/[\s\p{Cc}]/u.test(address))
    return `"${address.replaceAll(/\p{Cc}/gu, "\u2423")}" contains spaces, which are not valid in a URL`;
  if (!/^https?:\/\/[^/?#]+/.test(address)) {
    return `"${address}" is not the URL of a web directory; it must begin with https://`;
  }
  if (/[?#]/.test(address)) return `"${address}" contains "?" or "#", but systemd-sysupdate appends file names to it`;
  return undefined;
}
