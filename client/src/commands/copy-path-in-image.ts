// "Copy Path Inside Image": puts the paths that files will have on the host on the clipboard, one a line.
import { env } from "vscode";
import { escapeOddName } from "../images/odd-names.ts";
import type { Services } from "../services.ts";
import { requiredFiles } from "./image-files.ts";

export async function copyPathInImage(services: Services, args: readonly unknown[]): Promise<void> {
  const paths = requiredFiles(services, args).map(({ path }) => `/${escapeOddName(path)}`);
  await env.clipboard.writeText(paths.join("\n"));
}
