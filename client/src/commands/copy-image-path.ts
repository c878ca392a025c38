// "Copy Image Path": puts the path of the image's file on the clipboard.
import { env } from "vscode";
import type { Services } from "../services.ts";
import { requiredImage } from "./image-argument.ts";

export async function copyImagePath(services: Services, args: readonly unknown[]): Promise<void> {
  const image = requiredImage(services, args).with({ fragment: "" });
  await env.clipboard.writeText(image.scheme === "file" ? image.fsPath : image.toString());
}
