// project/unknown-host: a host of the project file that nobody knows.
import { hosts } from "../../hosts/find-host.ts";
import { projectPath } from "../../model/project.ts";
import { findNearest } from "../../text/nearest.ts";
import type { TreeCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";

export const unknownHost: TreeCheck = {
  id: "project/unknown-host",
  severity: "warning",
  title: "A host that is neither known nor a file",
  why: "A host is the name of a known one, or the path of an os-release file or root folder, relative to the tree. For any other name there is no verdict.",
  example: {
    badTree: { "sysext.json": '{ "hosts": ["flatcar-stabel"] }\n' },
    goodTree: { "sysext.json": '{ "hosts": ["flatcar-stable"] }\n' },
    unknownHosts: ["flatcar-stabel"],
    fixed: ["good"],
  },
  run({ extension: { project, projectText = "" } }, { unknownHosts }, report) {
    const names = hosts.map(({ name }) => name);
    for (const name of project.hosts) {
      const unknown = unknownHosts.find((host) => host.name === name);
      if (unknown === undefined) continue;
      const start = Math.max(0, projectText.indexOf(JSON.stringify(name)));
      const span = { start: start + 1, end: start + 1 + name.length };
      if (unknown.reason !== undefined) {
        report(projectPath, `the host "${name}" cannot be used: ${unknown.reason}`, { span });
        continue;
      }
      const likely = findNearest(name, names);
      const hint =
        likely === undefined ? "use a known host, or the path of an os-release file" : `did you mean "${likely}"?`;
      report(projectPath, `"${name}" is neither a known host nor a file in the tree's folder; ${hint}`, {
        span,
        fixes: likely === undefined ? [] : [replaceWith(span, likely)],
      });
    }
  },
};
