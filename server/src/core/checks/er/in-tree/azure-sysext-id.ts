// er/azure-sysext-id: Azure Linux tells extensions apart by SYSEXT_ID.
import type { TreeCheck } from "../../check.ts";
import { addLine, ownReleases } from "./own-releases.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";

export const azureId: TreeCheck = {
  id: "er/azure-sysext-id",
  severity: "warning",
  title: "An extension for Azure Linux without a SYSEXT_ID",
  why: "Trident, which installs extensions on Azure Linux, identifies them by SYSEXT_ID in their release files.",
  example: {
    badTree: { [release]: "ID=azurelinux\nVERSION_ID=3.0\n" },
    goodTree: { [release]: "ID=azurelinux\nVERSION_ID=3.0\nSYSEXT_ID=demo\n" },
    hosts: ["azurelinux-3"],
    fixed: ["good"],
  },
  run(facts, { hosts, others }, report) {
    if (facts.extension.class !== "sysext" || !hosts.some(({ facts: known }) => known?.family === "azure")) return;
    for (const [path, file] of ownReleases(facts)) {
      const id = file.get("SYSEXT_ID");
      if (id !== undefined) {
        const same = others.find((other) => other.release?.get("SYSEXT_ID")?.text === id.text);
        if (same === undefined || same.name === facts.extension.name) continue;
        report(path, `"${same.name}" also has the SYSEXT_ID "${id.text}"; give each extension its own`, {
          span: id.value,
        });
        continue;
      }
      report(path, `Azure Linux identifies extensions by "SYSEXT_ID"; add "SYSEXT_ID=${facts.extension.name}"`, {
        span: file.head,
        fixes: [addLine(file, `SYSEXT_ID=${facts.extension.name}`)],
      });
    }
  },
};
