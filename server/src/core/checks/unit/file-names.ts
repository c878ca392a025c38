// Files in folders of units that systemd does not read, or does not read as what they are meant.
import type { TreeUnits } from "../../model/tree-units.ts";
import type { CheckFacts } from "../check.ts";
import type { TreeFinding } from "../finding.ts";
import { renameFile } from "../fixes.ts";

export const dropInSuffix = {
  id: "unit/dropin-suffix",
  severity: "error",
  title: "A file in a folder of drop-ins that does not end in .conf",
  why: "Of a folder such as demo.service.d systemd reads files that end in .conf, and no others.",
  example: {
    bad: "[Unit]\nUpholds=demo.service\n",
    good: "[Unit]\nUpholds=demo.service\n",
    badPath: "usr/lib/systemd/system/multi-user.target.d/demo.service",
    unit: "multi-user.target.d/demo.service.conf",
  },
} as const satisfies CheckFacts;

/** What authors leave beside drop-ins on purpose. */
const notMeant = /^(?:README|LICENSE|\.)|\.(?:md|txt|bak|orig|disabled|example|ignore)$/i;

/** Findings about names of files in a tree's folders of units. */
export function checkFileNames({ unread }: TreeUnits): TreeFinding[] {
  return unread
    .filter((path) => !notMeant.test(path.slice(path.lastIndexOf("/") + 1)))
    .map((path) => {
      const to = `${path.replace(/\.(?:service|socket|timer|path|target|mount|slice|cnf|config|ini)$/, "")}.conf`;
      return {
        check: dropInSuffix.id,
        severity: dropInSuffix.severity,
        path,
        span: { start: 0, end: 0 },
        message: `systemd reads only files that end in ".conf" here, so "${path.slice(path.lastIndexOf("/") + 1)}" does nothing; rename it`,
        fixes: [renameFile(path, to)],
      };
    });
}
