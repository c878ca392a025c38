// Files in folders of units that systemd does not read, or does not read as what they are meant.
import type { TreeUnits } from "../../model/tree-units.ts";
import type { CheckFacts } from "../check.ts";
import type { TreeFinding } from "../finding.ts";
import { renameFile } from "../fixes.ts";
import { readableMessage } from "./message.ts";

export const dropInSuffix = {
  id: "unit/dropin-suffix",
  severity: "error",
  title: "A file in a drop-in folder without the suffix .conf",
  why: "In a folder such as demo.service.d, systemd reads only files with the suffix .conf.",
  example: {
    bad: "[Unit]\nUpholds=demo.service\n",
    good: "[Unit]\nUpholds=demo.service\n",
    badPath: "usr/lib/systemd/system/multi-user.target.d/demo.service",
    unit: "multi-user.target.d/demo.service.conf",
    fixed: [
      {
        files: {
          "usr/lib/systemd/system/multi-user.target.d/demo.service": undefined,
          "usr/lib/systemd/system/multi-user.target.d/demo.conf": "[Unit]\nUpholds=demo.service\n",
        },
      },
    ],
  },
} as const satisfies CheckFacts;

export const fileName = {
  id: "unit/file-name",
  severity: "error",
  title: "A file name that is not a valid unit name",
  why: "Unit names consist of letters, digits and the characters :-_.\\@, and have up to 255 characters; systemd ignores files with other names.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\n",
    good: "[Service]\nExecStart=/usr/bin/demo\n",
    badPath: "usr/lib/systemd/system/my demo.service",
    unit: "my-demo.service",
    fixed: ["good"],
  },
} as const satisfies CheckFacts;

/** What authors leave beside drop-ins on purpose. */
const notMeant = /^(?:README|LICENSE|\.)|\.(?:md|txt|bak|orig|disabled|example|ignore)$/i;

/** Findings about names of files in a tree's folders of units. */
export function checkFileNames({ misnamed, unread }: TreeUnits): TreeFinding[] {
  const renamed = (path: string, check: CheckFacts, to: string, message: string): TreeFinding => ({
    check: check.id,
    severity: check.severity,
    path,
    span: { start: 0, end: 0 },
    message: readableMessage(message),
    fixes: [renameFile(path, to)],
  });
  return [
    ...misnamed
      .filter((path) => !nameOf(path).startsWith("."))
      .map((path) => {
        const to = safeName(nameOf(path));
        const message = `"${nameOf(path)}" is not a valid unit name, so systemd ignores the file; rename it to "${to}"`;
        return renamed(path, fileName, `${path.slice(0, path.lastIndexOf("/") + 1)}${to}`, message);
      }),
    ...unread
      .filter((path) => !notMeant.test(nameOf(path)))
      .map((path) => {
        const to = `${path.replace(/\.(?:service|socket|timer|path|target|mount|slice|cnf|config|ini)$/, "")}.conf`;
        const message = `systemd reads only files with the suffix ".conf" here, so "${nameOf(path)}" has no effect; rename it`;
        return renamed(path, dropInSuffix, to, message);
      }),
  ];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The nearest name that a unit can have. */
function safeName(name: string): string {
  const dot = name.lastIndexOf(".");
  const prefix = name
    .slice(0, dot)
    .replaceAll(/[^\w:.@\\-]+/g, "-")
    .replace(/^@|^$/, "unit@")
    .slice(0, 240);
  return `${prefix}${name.slice(dot)}`;
}
