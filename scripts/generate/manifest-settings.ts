// Puts the checks into the setting `sysext.checks.severity` of package.json; the rest of that file stays as it is.
import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../project-folder.ts";
import { severityProperties } from "./check-severities.ts";

const file = "package.json";
const setting = "sysext.checks.severity";

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Record<string, Record<string, unknown>> }[];
  };
}

/** package.json with a property for each check, not yet formatted. Throws when the setting is not there. */
export function generateManifestSettings(): Record<string, string> {
  const manifest = JSON.parse(readFileSync(path.join(projectFolder, file), "utf8")) as Manifest;
  const properties = manifest.contributes.configuration.find((section) => setting in section.properties)?.properties;
  const declared = properties?.[setting];
  if (properties === undefined || declared === undefined) throw new Error(`${file} has no setting "${setting}"`);
  const { additionalProperties: _replaced, ...rest } = declared;
  properties[setting] = { ...rest, properties: severityProperties(), additionalProperties: false };
  return { [file]: `${JSON.stringify(manifest, null, 2)}\n` };
}
