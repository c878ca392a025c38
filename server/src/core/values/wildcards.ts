// The wildcards of match patterns: what each stands for, which texts it takes, and where its value goes.

/** The letters behind `@` (sysupdate.d(5), "Match Patterns"). */
export type WildcardLetter = "v" | "u" | "f" | "a" | "g" | "r" | "t" | "m" | "s" | "d" | "l" | "h";

/** What a target can be; see `Type=` in `[Target]`. */
export type TargetType = "partition" | "regular-file" | "directory" | "subvolume";

export interface Wildcard {
  readonly letter: WildcardLetter;
  /** A noun phrase: what it stands for. */
  readonly name: string;
  /** What a text has to look like, for messages: "a number of bytes". */
  readonly form: string;
  /** The targets whose instances take a value from it; all of them when it is left out. */
  readonly targets?: readonly TargetType[];
  /** The setting of `[Target]` that gives the value where the pattern of the source does not. */
  readonly setting?: string;
  /** Whether systemd takes a text for it. `systemd` is the version, as the characters of versions have changed. */
  takes(text: string, systemd: number): boolean;
}

/** The systemd that takes `~` and `^` in versions, and no comma. */
export const firstWithTilde = 262;
/** A name of a file is no longer. */
const maxNameLength = 255;

/** Whether systemd-sysupdate takes a text for a version: some characters, and a part of a name that a file can have. */
export function isVersion(text: string, systemd: number): boolean {
  const characters = systemd >= firstWithTilde ? /^[A-Za-z0-9.~^_+-]+$/ : /^[A-Za-z0-9.,_+-]+$/;
  return characters.test(text) && text.length <= maxNameLength;
}

const uuid = /^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;
const boolean = /^(?:1|yes|y|true|t|on|0|no|n|false|f|off)$/i;
const files: readonly TargetType[] = ["regular-file"];
const partitions: readonly TargetType[] = ["partition"];

/** The largest number of 64 bits, which systemd keeps for "not set". */
const unset = 2n ** 64n - 1n;

/** A number of 64 bits as C writes it: decimal, octal with `0` or `0o`, hexadecimal with `0x`, binary with `0b`. */
function isNumber(text: string): boolean {
  const [, sign, prefixed, octal, decimal] =
    /^[ \t\n\v\f\r]*([+-]?)(?:(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)|(0[0-7]*)|([1-9][0-9]*))$/.exec(text) ?? [];
  const written = prefixed ?? decimal ?? (octal === undefined ? undefined : `0o${octal}`);
  if (written === undefined) return false;
  const value = BigInt(written.toLowerCase());
  return value < unset && (sign !== "-" || value === 0n);
}

function isHexadecimal(text: string): boolean {
  return /^[ \t\n\v\f\r]*\+?(?:0[xX])?0*[0-9a-fA-F]{1,16}$/.test(text);
}

/** Permission bits that systemd lets an image have: no write bit for others, nothing special. */
function isMode(text: string): boolean {
  return /^[ \t\n\v\f\r]*0*[0-7]{1,4}$/.test(text) && (Number.parseInt(text, 8) & ~0o775) === 0;
}

export const wildcards: readonly Wildcard[] = [
  { letter: "v", name: "the version", form: "a version", takes: isVersion },
  {
    letter: "u",
    name: "the UUID of the partition",
    form: "a UUID",
    targets: partitions,
    setting: "PartitionUUID",
    takes: (text) => uuid.test(text),
  },
  {
    letter: "f",
    name: "the flags of the partition",
    form: "a hexadecimal number",
    targets: partitions,
    setting: "PartitionFlags",
    takes: isHexadecimal,
  },
  {
    letter: "a",
    name: "whether the partition is excluded from automatic mounting",
    form: 'a boolean such as "1" or "no"',
    targets: partitions,
    setting: "PartitionNoAuto",
    takes: (text) => boolean.test(text),
  },
  {
    letter: "g",
    name: "whether the file system is grown to the size of the partition",
    form: 'a boolean such as "1" or "no"',
    targets: partitions,
    setting: "PartitionGrowFileSystem",
    takes: (text) => boolean.test(text),
  },
  {
    letter: "r",
    name: "whether it is read-only",
    form: 'a boolean such as "1" or "no"',
    setting: "ReadOnly",
    takes: (text) => boolean.test(text),
  },
  {
    letter: "t",
    name: "the modification time, in microseconds since 1970",
    form: "a number of microseconds",
    targets: files,
    takes: isNumber,
  },
  {
    letter: "m",
    name: "the permission bits of the file",
    form: 'permission bits in octal within "0775"',
    targets: files,
    setting: "Mode",
    takes: isMode,
  },
  { letter: "s", name: "the decompressed size in bytes", form: "a number of bytes", takes: isNumber },
  {
    letter: "d",
    name: "the number of boot attempts made",
    form: "a number",
    setting: "TriesDone",
    takes: isNumber,
  },
  {
    letter: "l",
    name: "the number of boot attempts left",
    form: "a number",
    setting: "TriesLeft",
    takes: isNumber,
  },
  {
    letter: "h",
    name: "the SHA-256 hash of the downloaded file",
    form: "64 hexadecimal digits",
    takes: (text) => /^[0-9a-fA-F]{64}$/.test(text),
  },
];

const byLetter: ReadonlyMap<string, Wildcard> = new Map(wildcards.map((wildcard) => [wildcard.letter, wildcard]));

/** The wildcard behind an `@`; undefined for other letters. */
export function findWildcard(letter: string): Wildcard | undefined {
  return byLetter.get(letter);
}
