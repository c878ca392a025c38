// What a schema says of the severities of checks, for the editor's settings and for the project file.
import { checks } from "../../server/src/core/index.ts";

const severities = ["off", "hint", "info", "warning", "error"];

/** A property for each check; its title is the description. */
export function severityProperties(): Record<string, unknown> {
  return Object.fromEntries(
    checks.map(({ id, severity, title }) => [
      id,
      { type: "string", enum: severities, default: severity, description: `${title}.` },
    ]),
  );
}
