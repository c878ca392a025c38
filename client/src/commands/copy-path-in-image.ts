// "Copy Path Inside Image": puts the paths that files will have on the host on the clipboard, one a line.
import { env } from "vscode";
import { escapeOddName } from "../images/odd-names.ts";
import { requiredFiles } from "./image-files.ts";
import type { Parts } from "./parts.ts";

export async function copyPathInImage(parts: Parts, args: readonly unknown[]): Promise<void> {
  const paths = requiredFiles(parts, args).map(({ path }) => `/${escapeOddName(path)}`);
  await env.clipboard.writeText(paths.join("\n"));
}
