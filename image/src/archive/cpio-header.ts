// The headers of cpio: numbers written as text, hexadecimal in the newer form and octal in the older one (cpio(5)).
import { damaged } from "../bytes/image-error.ts";

/** A number of so many digits. */
interface Digits {
  readonly offset: number;
  readonly size: number;
}

const newFields = {
  inode: { offset: 6, size: 8 },
  mode: { offset: 14, size: 8 },
  uid: { offset: 22, size: 8 },
  gid: { offset: 30, size: 8 },
  nlink: { offset: 38, size: 8 },
  mtime: { offset: 46, size: 8 },
  size: { offset: 54, size: 8 },
  deviceMajor: { offset: 62, size: 8 },
  deviceMinor: { offset: 70, size: 8 },
  ownMajor: { offset: 78, size: 8 },
  ownMinor: { offset: 86, size: 8 },
  /** Its zero at the end counts. */
  nameSize: { offset: 94, size: 8 },
  /** Sum of the content's bytes, in the form with sums. */
  sum: { offset: 102, size: 8 },
} as const satisfies Readonly<Record<string, Digits>>;

const oldFields = {
  device: { offset: 6, size: 6 },
  inode: { offset: 12, size: 6 },
  mode: { offset: 18, size: 6 },
  uid: { offset: 24, size: 6 },
  gid: { offset: 30, size: 6 },
  nlink: { offset: 36, size: 6 },
  /** Of a device: the major number, and below 256 the minor one. */
  own: { offset: 42, size: 6 },
  mtime: { offset: 48, size: 11 },
  nameSize: { offset: 59, size: 6 },
  size: { offset: 65, size: 11 },
} as const satisfies Readonly<Record<string, Digits>>;

export const CPIO_MAGIC_SIZE = 6;
export interface CpioForm {
  readonly variant: "newc" | "crc" | "odc";
  /** Bytes of a header. */
  readonly size: number;
  /** Names and contents are filled up to a multiple of it. */
  readonly alignment: number;
}
/** By the last character of the magic. */
const cpioForms: Readonly<Record<number, CpioForm>> = {
  49: { variant: "newc", size: 110, alignment: 4 },
  50: { variant: "crc", size: 110, alignment: 4 },
  55: { variant: "odc", size: 76, alignment: 1 },
};

export interface CpioHeader {
  /** Equal for two names of one file. */
  readonly file: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  readonly mtime: number;
  readonly size: number;
  readonly major: number;
  readonly minor: number;
  readonly nameSize: number;
}

const magicStart = "07070";

/** The form of the header that begins with these bytes; undefined where none does. */
export function cpioFormOf(magic: Uint8Array | undefined): CpioForm | undefined {
  if (magic === undefined) return undefined;
  for (let i = 0; i < magicStart.length; i++) if (magic[i] !== magicStart.charCodeAt(i)) return undefined;
  return cpioForms[magic[magicStart.length] ?? 0];
}

/** Reads a header, which has as many bytes as its form says. Throws `corrupt` for what are no numbers. */
export function readCpioHeader(bytes: Uint8Array, form: CpioForm, position: number): CpioHeader {
  const base = form.variant === "odc" ? 8 : 16;
  const number = ({ offset, size }: Digits): number => {
    let value = 0;
    for (let at = offset; at < offset + size; at++) {
      const digit = digitOf(bytes[at] ?? 0);
      if (digit >= base) throw damaged("a header has a number that is not valid", position + at);
      value = value * base + digit;
    }
    return value;
  };
  if (form.variant === "odc") {
    const own = number(oldFields.own);
    return {
      file: `${number(oldFields.device)}:${number(oldFields.inode)}`,
      mode: number(oldFields.mode),
      uid: number(oldFields.uid),
      gid: number(oldFields.gid),
      nlink: number(oldFields.nlink),
      mtime: number(oldFields.mtime),
      size: number(oldFields.size),
      major: own >> 8,
      minor: own & 0xff,
      nameSize: number(oldFields.nameSize),
    };
  }
  return {
    file: `${number(newFields.deviceMajor)}:${number(newFields.deviceMinor)}:${number(newFields.inode)}`,
    mode: number(newFields.mode),
    uid: number(newFields.uid),
    gid: number(newFields.gid),
    nlink: number(newFields.nlink),
    mtime: number(newFields.mtime),
    size: number(newFields.size),
    major: number(newFields.ownMajor),
    minor: number(newFields.ownMinor),
    nameSize: number(newFields.nameSize),
  };
}

/** The value of a digit, which may be a letter of either case; more than any for what is none. */
function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : Number.POSITIVE_INFINITY;
}
