// "Copy Path Inside Image": puts the path that a file will have on the host on the clipboard.
import { env, l10n } from "vscode";
import { escapeOddName } from "../images/odd-names.ts";
import { UserError } from "../messages.ts";
import { nodeArgument } from "./image-argument.ts";
import type { Parts } from "./parts.ts";

export async function copyPathInImage(parts: Parts, args: readonly unknown[]): Promise<void> {
  const node = nodeArgument(parts, args);
  if (node?.kind !== "entry") throw new UserError(l10n.t("No file of an image is selected in the Images view."));
  await env.clipboard.writeText(`/${escapeOddName(node.path)}`);
}
