// Extended attributes of a folder's files, as the program getfattr tells them; node itself cannot read any.
import { spawn } from "node:child_process";
import { decodeName } from "../tree/names.ts";

type Xattrs = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

/** Only what belongs to the files themselves: not the building machine's labels, ACLs or file system's own notes. */
const wanted = "^(user\\.|security\\.capability$)";

/**
 * The attributes `user.*` and `security.capability` by path, for all below `names` in `folder`.
 * Undefined when getfattr is not installed or fails, so that nobody takes silence for "there are none".
 */
export async function readHostXattrs(
  folder: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Xattrs | undefined> {
  if (process.platform !== "linux" || names.length === 0) return undefined;
  const options = ["--recursive", "--physical", "--no-dereference", "--dump", "--encoding=hex", `--match=${wanted}`];
  const output = await runGetfattr([...options, "--", ...names], folder, signal);
  return output === undefined ? undefined : parseDump(output);
}

function runGetfattr(args: readonly string[], cwd: string, signal?: AbortSignal): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const child = spawn("getfattr", args, {
      cwd,
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, LC_ALL: "C" },
      ...(signal === undefined ? {} : { signal }),
    });
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => (signal?.aborted ? reject(signal.reason) : resolve(undefined)));
    child.on("close", (status) => resolve(status === 0 ? Buffer.concat(chunks) : undefined));
  });
}

/** Reads blocks of `# file: PATH` and `NAME=0xHEX` lines. */
export function parseDump(dump: Buffer): Xattrs {
  const files = new Map<string, Map<string, Uint8Array>>();
  let attributes: Map<string, Uint8Array> | undefined;
  for (const line of dump.toString("latin1").split("\n")) {
    const file = /^# file: (.*)$/.exec(line)?.[1];
    if (file !== undefined) {
      attributes = new Map();
      files.set(unescapeText(file), attributes);
      continue;
    }
    const [, name, hex] = /^([^#=]+)(?:=(?:0x)?(.*))?$/.exec(line) ?? [];
    if (name !== undefined) attributes?.set(unescapeText(name), Buffer.from(hex ?? "", "hex"));
  }
  return files;
}

/** getfattr writes odd bytes of a name as `\ooo`. */
function unescapeText(text: string): string {
  const bytes = text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return decodeName(Buffer.from(bytes, "latin1"));
}
