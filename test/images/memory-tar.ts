// Builds small tar archives in memory, header by header.

export interface TarEntry {
  readonly name: string;
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly target?: string;
  readonly mode?: number;
}

/** A header of 512 bytes as POSIX has them, and the content behind it. */
export function tarEntry({ name, type = "0", content = "", target = "", mode = 0o644 }: TarEntry): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write(mode.toString(8).padStart(7, "0"), 100);
  header.write("0000000\u00000000000\0", 108);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("00000000001", 136);
  header.write("        ", 148);
  header.write(type, 156);
  header.write(target, 157, 100);
  header.write("ustar\u000000", 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.set(Buffer.from(content));
  return Buffer.concat([header, body]);
}

/** An archive of these entries, with the blocks of zeros that end it. */
export function tarOf(...entries: TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)]);
}

/** A record with its own length in front of it. */
export function paxRecord(text: string): string {
  const rest = ` ${text}\n`.length;
  const length = rest + String(rest + 2).length;
  return `${length} ${text}\n`;
}
