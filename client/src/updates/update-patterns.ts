// Which files are systemd-sysupdate's by their path, as glob patterns; package.json has the same ones.
import { languages } from "../../../shared/src/ids.ts";

/** What stands behind the ending of a file that another tool turns into a definition. */
const furtherEndings = "{in,j2,jinja,jinja2,tmpl,tpl,template,m4}";
/** The folders in which systemd-sysupdate looks for definitions, those of components too. */
const folders = ["**/sysupdate.d", "**/sysupdate.*.d"];
/** The folders that the file of a component itself lies in. */
const componentFolders = "**/{etc,run,lib}";

/** Transfers and their drop-ins, also by the name that they had before systemd 257. */
export const transferPatterns: readonly string[] = folders.flatMap((folder) => [
  `${folder}/*.{transfer,conf}`,
  `${folder}/*.{transfer,conf}.${furtherEndings}`,
  `${folder}/*.{transfer,conf}.d/*.conf`,
]);

/** Features and components with their drop-ins. Elsewhere files of Gherkin end in `.feature`. */
export const featurePatterns: readonly string[] = [
  ...folders.flatMap((folder) => [
    `${folder}/*.feature`,
    `${folder}/*.feature.${furtherEndings}`,
    `${folder}/*.feature.d/*.conf`,
  ]),
  `${componentFolders}/sysupdate.*.component`,
  `${componentFolders}/sysupdate.*.component.d/*.conf`,
];

/** Documents of a URI scheme that are such files, whatever language they have been given; the server goes by paths. */
export function updateDocuments(scheme: string): { scheme: string; language?: string; pattern?: string }[] {
  return [
    { scheme, language: languages.transfer },
    { scheme, language: languages.feature },
    ...[...transferPatterns, ...featurePatterns].map((pattern) => ({ scheme, pattern })),
  ];
}
