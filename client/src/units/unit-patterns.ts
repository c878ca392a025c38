// Which files are units by their path, as glob patterns; package.json has the same ones.
import { languages } from "../../../shared/src/ids.ts";

/** Endings of unit files, which are the types of units. */
export const unitTypes = [
  "service",
  "socket",
  "timer",
  "path",
  "mount",
  "automount",
  "swap",
  "slice",
  "scope",
  "target",
  "device",
] as const;

const types = `{${unitTypes.join(",")}}`;
/** What stands behind the ending of a file that another tool turns into a unit, or that is set aside. */
const furtherEndings = "{in,j2,jinja,jinja2,tmpl,tpl,template,m4,backup,ignore}";
/** The folders in which systemd looks for units. */
export const unitFolders = "**/systemd/{system,user,system.control,system.attached,user.control}";

/** Units and drop-ins in systemd's own folders; never an ending alone, as other programs use the same. */
export const unitFilePatterns: readonly string[] = [
  `${unitFolders}/*.${types}`,
  `${unitFolders}/*.${types}.${furtherEndings}`,
  `${unitFolders}/.#*.${types}*`, // `systemctl edit` writes its text to such a name
  `${unitFolders}/*.d/*.conf`,
  `${unitFolders}/*.d/*.conf.${furtherEndings}`,
  `${unitFolders}/*.d/.#*.conf*`,
];

/** Files anywhere that are called as units are. */
export const unitNamePattern = `**/*.${types}`;

/** Language ids by which other extensions know units. */
export const otherUnitLanguages: readonly string[] = ["systemd-unit", "systemd-unit-file", "systemd-conf"];

/** Documents of a URI scheme that are units, whatever language they have been given; the language server goes by paths. */
export function unitDocuments(scheme: string): { scheme: string; language?: string; pattern?: string }[] {
  return [
    { scheme, language: languages.unit },
    ...unitFilePatterns.map((pattern) => ({ scheme, pattern })),
    ...otherUnitLanguages.map((language) => ({ scheme, language, pattern: unitNamePattern })),
  ];
}
