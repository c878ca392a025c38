// "Show Bytes": a file inside an image in hexadecimal, a page at a time, and the ways through its pages.
import {
  commands,
  extensions,
  l10n,
  Position,
  Range,
  Selection,
  TextEditorRevealType,
  type Uri,
  ViewColumn,
  window,
} from "vscode";
import { hexHeaderLines } from "../hex/hex-documents.ts";
import { hexPages, hexPlace, parseOffset } from "../hex/hex-lines.ts";
import { type HexPage, hexPageOf, hexUri } from "../hex/hex-uri.ts";
import { imageUri } from "../images/image-uri.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { requiredFiles } from "./image-files.ts";

/** Microsoft's editor for bytes, which is preferred where it is installed. */
const hexEditor = { extension: "ms-vscode.hexeditor", viewType: "hexEditor.hexedit" };

export async function showHex(services: Services, args: readonly unknown[]): Promise<void> {
  for (const { image, path } of requiredFiles(services, args)) {
    const file = imageUri(image, path);
    if (extensions.getExtension(hexEditor.extension) !== undefined) {
      await commands.executeCommand("vscode.openWith", file, hexEditor.viewType);
    } else {
      await services.hexDocuments.sizeOf(file); // what is no file is told of in a message, not on a page
      await showPage({ file, page: 0 });
    }
  }
}

export async function hexNextPage(services: Services): Promise<void> {
  await turnPage(services, 1);
}

export async function hexPreviousPage(services: Services): Promise<void> {
  await turnPage(services, -1);
}

async function turnPage({ hexDocuments }: Services, by: 1 | -1): Promise<void> {
  const { file, page } = activePage();
  const pages = hexPages(await hexDocuments.sizeOf(file));
  await showPage({ file, page: Math.min(pages - 1, Math.max(0, page + by)) });
}

/** The offset may be handed over as an argument. */
export async function hexGoToOffset({ hexDocuments }: Services, args: readonly unknown[]): Promise<void> {
  const { file } = activePage();
  const size = await hexDocuments.sizeOf(file);
  const check = (text: string): string | undefined =>
    parseOffset(text, size) === undefined
      ? l10n.t('Enter a number such as "4096" or "0x1000" that is less than {0}.', size)
      : undefined;
  const [given] = args;
  const text =
    typeof given === "number" || typeof given === "string"
      ? String(given)
      : await window.showInputBox({
          prompt: l10n.t("Offset of the byte to go to, decimal or with 0x in hexadecimal"),
          validateInput: check,
        });
  if (text === undefined) return;
  const offset = parseOffset(text, size);
  if (offset === undefined) throw new UserError(check(text) ?? "");
  await showOffset(file, offset);
}

/** Shows the page of a file inside an image that has the byte at `offset`, with its line selected. */
export async function showOffset(file: Uri, offset: number): Promise<void> {
  const { page, line } = hexPlace(offset);
  const editor = await showPage({ file, page });
  const start = new Position(line + hexHeaderLines, 0);
  const range = new Range(start, start.translate(1));
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenter);
}

async function showPage(place: HexPage) {
  return await window.showTextDocument(hexUri(place), { preview: true, viewColumn: ViewColumn.Active });
}

function activePage(): HexPage {
  const uri = window.activeTextEditor?.document.uri;
  const place = uri === undefined ? undefined : hexPageOf(uri);
  if (place === undefined) throw new UserError(l10n.t("The active editor does not show a file in hexadecimal."));
  return place;
}
