// The hint beside the pattern of a transfer's source: which version the last plan has found to be the newest.
import type { UnitFile } from "../../model/unit-file.ts";
import type { InlayHint } from "../unit/inlay-hints.ts";

/** A hint behind the last `MatchPattern=` of `[Source]`; undefined where the file has none. */
export function newestHint(file: UnitFile, version: string): InlayHint | undefined {
  const patterns = file.entries.filter(
    ({ section, node }) => section.name === "Source" && node.name === "MatchPattern" && node.value.text !== "",
  );
  const last = patterns.at(-1);
  return last && { offset: last.node.value.span.end, label: `→ newest ${version}` };
}
