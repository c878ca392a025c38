// Puts what other tables say into package.json: settings of the checks, options of image formats, and the commands.
import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../project-folder.ts";
import { severityProperties } from "./check-severities.ts";
import { type CommandEntry, commandEntries, generateCommandIds } from "./command-ids.ts";
import { buildSettings } from "./format-options.ts";

const manifestFile = "package.json";
const textsFile = "package.nls.json";
const severitySetting = "sysext.checks.severity";
const buildPrefix = "sysext.build.";
/** The one setting of builds that belongs to no format. */
const outputSetting = "sysext.build.output";

type Properties = Record<string, Record<string, unknown>>;

interface Manifest {
  readonly contributes: { readonly configuration: { properties: Properties }[]; commands: readonly CommandEntry[] };
}

/** package.json and its texts with the generated settings and commands, and the ids of the commands; the rest of both stays as it is. Not yet formatted. */
export function generateManifestSettings(): Record<string, string> {
  const manifest = readJson(manifestFile) as Manifest;
  const sectionWith = (setting: string) => {
    const section = manifest.contributes.configuration.find(({ properties }) => setting in properties);
    if (section === undefined) throw new Error(`${manifestFile} has no setting "${setting}"`);
    return section;
  };

  const checks = sectionWith(severitySetting);
  const { additionalProperties: _replaced, ...severity } = checks.properties[severitySetting] ?? {};
  checks.properties[severitySetting] = { ...severity, properties: severityProperties(), additionalProperties: false };

  const build = sectionWith(outputSetting);
  const { properties, texts } = buildSettings();
  const generated = Object.entries(properties).map(([key, schema], index) => [
    `${buildPrefix}${key}`,
    { order: index + 1, scope: "resource", ...schema },
  ]);
  const output = { ...build.properties[outputSetting], order: generated.length + 1 };
  build.properties = { ...Object.fromEntries(generated), [outputSetting]: output };

  const written = readJson(textsFile) as Record<string, string>;
  manifest.contributes.commands = commandEntries(manifest.contributes.commands, written);

  const manifestText = `${JSON.stringify(manifest, null, 2)}\n`;
  const known = Object.entries({ ...written, ...texts });
  const used = known.filter(([key]) => manifestText.includes(`"%${key}%"`));
  return {
    [manifestFile]: manifestText,
    [textsFile]: `${JSON.stringify(Object.fromEntries(used), null, 2)}\n`,
    ...generateCommandIds(written),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(projectFolder, file), "utf8"));
}
