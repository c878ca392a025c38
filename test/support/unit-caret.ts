// A unit file with the caret `$0` in it, and what is around it, for tests of features.
import type { UnitFeatureContext } from "../../server/src/core/features/unit/context.ts";
import { unitContext } from "../../server/src/core/model/unit-context.ts";
import { parseUnitFile, type UnitFile } from "../../server/src/core/model/unit-file.ts";
import { locateUnit } from "../../server/src/core/model/unit-location.ts";
import { extractCaret } from "./fixture.ts";

export interface UnitCaret {
  readonly text: string;
  readonly file: UnitFile;
  readonly offset: number;
  readonly context: UnitFeatureContext;
}

/** Reads a marked text as the file of the system's units that `name` says, drop-ins with their folder. */
export function unitCaret(marked: string, name = "demo.service", around: Partial<UnitFeatureContext> = {}): UnitCaret {
  const { text, offset } = extractCaret(marked);
  return { ...unitText(text, name, around), offset };
}

/** The same for a text without a caret. */
export function unitText(
  text: string,
  name = "demo.service",
  around: Partial<UnitFeatureContext> = {},
): Omit<UnitCaret, "offset"> {
  const location = locateUnit(`usr/lib/systemd/system/${name}`);
  return { text, file: parseUnitFile(text, location), context: { ...unitContext(location), ...around } };
}
