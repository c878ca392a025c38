// The overview of a file that cannot be opened: the reason, and what the user can do.
import { ImageError } from "../../../image/src/index.ts";
import type { Say } from "../say.ts";
import { sentence } from "./overview-facts.ts";
import type { PageOverview } from "./page/messages.ts";

/** The button that lets the reader choose another editor. */
export const openWith = "openWith";

export function problemOverview(fileName: string, error: unknown, l10n: Say): PageOverview {
  const message = error instanceof Error ? error.message : String(error);
  const kind = error instanceof ImageError ? error.kind : "io";
  const offset = error instanceof ImageError ? error.offset : undefined;
  const subtitles = {
    unsupported: l10n.t("not an image that can be opened"),
    corrupt: l10n.t("damaged image"),
    io: l10n.t("cannot be read"),
  };
  const text =
    offset === undefined || kind === "io"
      ? sentence(message)
      : l10n.t("{0} (at byte {1}).", sentence(message).slice(0, -1), offset);
  return {
    title: fileName,
    subtitle: subtitles[kind],
    notes: [{ tone: kind === "unsupported" ? "info" : "error", text }],
    buttons: kind === "io" ? [] : [{ action: openWith, label: l10n.t("Open with…"), primary: true }],
    numbers: [],
    parts: [],
  };
}
