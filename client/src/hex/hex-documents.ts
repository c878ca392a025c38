// Files inside images as read-only documents of bytes, one page at a time.
import {
  type CancellationToken,
  Disposable,
  type DocumentLink,
  type DocumentLinkProvider,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  type TextDocumentContentProvider,
  type Uri,
  workspace,
} from "vscode";
import { ImageError } from "../../../image/src/index.ts";
import { hexScheme } from "../../../shared/src/ids.ts";
import { findFile } from "../images/find-file.ts";
import type { ImageList } from "../images/image-list.ts";
import type { ImageStore } from "../images/image-store.ts";
import { placeOf } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { reasonOf } from "../messages.ts";
import { formatCount } from "../quantities.ts";
import { hexLines, hexPageSize, hexPages } from "./hex-lines.ts";
import { hexPageOf, hexUri } from "./hex-uri.ts";

/** Lines above the bytes. */
export const hexHeaderLines = 3;

export interface HexDocuments extends Disposable {
  /** Bytes of the file that a page is of. Throws an ImageError when it is no file or cannot be read. */
  sizeOf(file: Uri): Promise<number>;
}

export function createHexDocuments(images: ImageList, store: ImageStore): HexDocuments {
  const changes = new EventEmitter<Uri>();

  /** Reads from a file inside an image; links are followed. */
  async function read(file: Uri, page: number, signal?: AbortSignal): Promise<{ bytes: Uint8Array; size: number }> {
    const { image, path } = placeOf(file);
    return await store.use(image, async ({ tree }) => {
      const found = await findFile(tree, path, signal);
      if (found.stat?.type !== "file")
        throw new ImageError("io", l10n.t('"{0}" is not a regular file, so it has no bytes to show', shownName(path)));
      const { size } = found.stat;
      return { bytes: await tree.read(found.path, page * hexPageSize, hexPageSize, signal), size };
    });
  }

  const provider: TextDocumentContentProvider = {
    onDidChange: changes.event,
    async provideTextDocumentContent(uri: Uri, token: CancellationToken): Promise<string> {
      const place = hexPageOf(uri);
      if (place === undefined) return "";
      const control = new AbortController();
      const listener = token.onCancellationRequested(() => control.abort());
      try {
        const { bytes, size } = await read(place.file, place.page, control.signal);
        return [
          ...header(place.file, place.page, bytes.length, size),
          ...hexLines(bytes, place.page * hexPageSize),
          "",
        ].join("\n");
      } catch (error) {
        return l10n.t("The bytes cannot be read: {0}.", reasonOf(error));
      } finally {
        listener.dispose();
      }
    },
  };

  const links: DocumentLinkProvider = {
    provideDocumentLinks(document: TextDocument): DocumentLink[] {
      const place = hexPageOf(document.uri);
      if (place === undefined || document.lineCount <= hexHeaderLines) return [];
      const line = document.lineAt(1).text;
      const wanted = [
        { words: previousWords(), page: place.page - 1 },
        { words: nextWords(), page: place.page + 1 },
      ];
      return wanted.flatMap(({ words, page }) => {
        const at = line.indexOf(words);
        if (at < 0) return [];
        return { range: new Range(1, at, 1, at + words.length), target: hexUri({ file: place.file, page }) };
      });
    },
  };

  const registrations = Disposable.from(
    workspace.registerTextDocumentContentProvider(hexScheme, provider),
    languages.registerDocumentLinkProvider({ scheme: hexScheme }, links),
    images.onDidChange((id) => {
      for (const { uri } of workspace.textDocuments) {
        const place = hexPageOf(uri);
        if (place === undefined) continue;
        const image = placeOf(place.file).image.with({ fragment: "" }).toString();
        if (id === undefined || image === id) changes.fire(uri);
      }
    }),
    changes,
  );

  return {
    sizeOf: async (file) => (await read(file, 0)).size,
    dispose: () => registrations.dispose(),
  };
}

/** The lines above the bytes: what and how much of it, the ways on, and the columns. */
function header(file: Uri, page: number, length: number, size: number): string[] {
  const pages = hexPages(size);
  const start = page * hexPageSize;
  const name = shownName(placeOf(file).path);
  const shown =
    length === 0
      ? l10n.t("/{0}: {1} bytes", name, formatCount(size))
      : l10n.t(
          "/{0}: bytes {1} to {2} of {3}",
          name,
          formatCount(start),
          formatCount(start + length - 1),
          formatCount(size),
        );
  const ways = [
    ...(pages > 1 ? [l10n.t("Page {0} of {1}", formatCount(page + 1), formatCount(pages))] : []),
    ...(page > 0 ? [previousWords()] : []),
    ...(page + 1 < pages ? [nextWords()] : []),
  ];
  return [shown, ways.join("   "), ""];
}

function previousWords(): string {
  return l10n.t("◂ previous page");
}

function nextWords(): string {
  return l10n.t("next page ▸");
}
