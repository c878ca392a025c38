// er/unknown-key: a key that is probably a misspelt one.
import { findReleaseField, releaseFieldNames } from "../../tables/find-release-field.ts";
import { findNearest } from "../../text/nearest.ts";
import type { ReleaseCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";
import { isMisspeltId } from "./id-missing.ts";

/** A release file has a few dozen keys; one with more unknown ones is something else, and is not searched for slips. */
const maxUnknown = 100;

export const unknownKey: ReleaseCheck = {
  id: "er/unknown-key",
  severity: "hint",
  title: "A key that systemd does not know",
  why: "Vendors may add their own keys, so an unknown key is not an error; one that resembles a known key is probably misspelt.",
  example: { bad: "ID=_any\nARCHITECTUR=arm64\n", good: "ID=_any\nARCHITECTURE=arm64\n", fixed: ["good"] },
  run(file, _context, report) {
    const unknown = file.assignments.filter(({ name }) => findReleaseField(name) === undefined);
    for (const { name, key } of unknown.slice(0, maxUnknown)) {
      if (name === "" || /^(export\s|\ufeff)/.test(name)) continue;
      if (file.get("ID") === undefined && isMisspeltId(name)) continue; // a finding of its own
      const likely = findNearest(name, releaseFieldNames);
      if (likely !== undefined) {
        report(key, `"${name}" is not a known key; did you mean "${likely}"?`, {
          severity: "info",
          fixes: [replaceWith(key, likely)],
        });
      } else if (!/^[A-Z]+(_[A-Z0-9]+)+$/.test(name)) {
        report(
          key,
          `"${name}" is not a known key, so systemd ignores it; give your own keys names of the form VENDOR_KEY`,
        );
      }
    }
  },
};
