// The URI of a page of bytes: sysext-hex:/PATH.hex?FILE#PAGE, where FILE is the URI of the file and PAGE counts from 1.
import { Uri } from "vscode";
import { hexScheme } from "../../../shared/src/ids.ts";

export interface HexPage {
  readonly file: Uri;
  /** From 0 on. */
  readonly page: number;
}

export function hexUri({ file, page }: HexPage): Uri {
  return Uri.from({ scheme: hexScheme, path: `${file.path}.hex`, query: file.toString(), fragment: String(page + 1) });
}

/** What a URI of `hexUri` names; undefined for any other. */
export function hexPageOf(uri: Uri): HexPage | undefined {
  if (uri.scheme !== hexScheme) return undefined;
  const page = Math.max(0, Number.parseInt(uri.fragment, 10) - 1);
  return { file: Uri.parse(uri.query), page: Number.isNaN(page) ? 0 : page };
}
