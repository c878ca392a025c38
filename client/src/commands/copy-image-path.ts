// "Copy Image Path": puts the path of the image's file on the clipboard.
import { env } from "vscode";
import { requiredImage } from "./image-argument.ts";
import type { Parts } from "./parts.ts";

export async function copyImagePath(parts: Parts, args: readonly unknown[]): Promise<void> {
  const image = requiredImage(parts, args).with({ fragment: "" });
  await env.clipboard.writeText(image.scheme === "file" ? image.fsPath : image.toString());
}
