// Glob patterns of systemd-sysupdate's files; package.json has the same ones.
import { languages } from "../../../shared/src/ids.ts";

/** Suffixes of templates from which another tool makes a definition. */
const furtherEndings = "{in,j2,jinja,jinja2,tmpl,tpl,template,m4}";
/** The folders in which systemd-sysupdate looks for definitions, including those of components. */
const folders = ["**/sysupdate.d", "**/sysupdate.*.d"];
/** The folders that contain the files of components. */
const componentFolders = "**/{etc,run,lib}";

/** Transfers and their drop-ins, including the suffix `.conf` that they had before systemd 257. */
export const transferPatterns: readonly string[] = folders.flatMap((folder) => [
  `${folder}/*.{transfer,conf}`,
  `${folder}/*.{transfer,conf}.${furtherEndings}`,
  `${folder}/*.{transfer,conf}.d/*.conf`,
]);

/** Features and components with their drop-ins; in other folders, `.feature` files are Gherkin. */
export const featurePatterns: readonly string[] = [
  ...folders.flatMap((folder) => [
    `${folder}/*.feature`,
    `${folder}/*.feature.${furtherEndings}`,
    `${folder}/*.feature.d/*.conf`,
  ]),
  `${componentFolders}/sysupdate.*.component`,
  `${componentFolders}/sysupdate.*.component.d/*.conf`,
];

/** Selects such documents of a URI scheme, by language and by path, since the server goes by paths. */
export function updateDocuments(scheme: string): { scheme: string; language?: string; pattern?: string }[] {
  return [
    { scheme, language: languages.transfer },
    { scheme, language: languages.feature },
    ...[...transferPatterns, ...featurePatterns].map((pattern) => ({ scheme, pattern })),
  ];
}
