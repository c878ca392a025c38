// Names of definitions: which version of systemd reads which ending.

import type { UpdateContext } from "../../model/update-context.ts";
import type { UpdateLocation } from "../../model/update-location.ts";
import { firstComponent, firstTransferSuffix } from "../../model/update-set.ts";
import type { UpdateCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { renameFile } from "../fixes.ts";
import { transfer } from "./example-texts.ts";
import { lineChecks } from "./syntax.ts";

/** The transfers of the set with another ending. */
function withSuffix({ set }: UpdateContext, suffix: UpdateLocation["suffix"]): readonly UpdateLocation[] {
  const locations = set?.definitions.map(({ location }) => location) ?? [];
  return locations.filter((location) => location.kind === "transfer" && location.suffix === suffix);
}

function nameOf({ id, suffix }: Pick<UpdateLocation, "id" | "suffix">): string {
  return `${id}${suffix}`;
}

/** Gives the definition another ending; its drop-ins are called after it, and then nobody can do so at once. */
function renameTo(
  { path, form, template }: UpdateLocation,
  context: UpdateContext,
  suffix: ".transfer" | ".conf",
): Fix[] {
  const definition = context.set?.definitions.find(({ main }) => main?.path === path);
  if (path === undefined || form !== "definition" || template) return [];
  if (definition !== undefined && definition.dropIns.length > 0) return [];
  return [renameFile(path, path.replace(/\.(?:conf|transfer)$/, suffix))];
}

export const confSuffix: UpdateCheck = {
  id: "transfer/conf-suffix",
  severity: "info",
  title: "A transfer with the old suffix",
  why: "Since systemd 257, transfers have the suffix .transfer; NAME.conf is read, with a message in the log, only if there is no .transfer file beside it. systemd 256 and older read only NAME.conf.",
  since: firstTransferSuffix,
  example: {
    badTree: { "usr/lib/sysupdate.demo.d/demo.conf": transfer() },
    goodTree: { "usr/lib/sysupdate.demo.d/demo.transfer": transfer() },
    fixed: ["good"],
  },
  run({ location }, context, report) {
    if (location.suffix !== ".conf" || context.systemd < firstTransferSuffix) return;
    if (withSuffix(context, ".transfer").length > 0) return; // they hide it, which is more to say
    report(
      undefined,
      `systemd ${firstTransferSuffix} and later expect "${location.id}.transfer"; rename "${nameOf(location)}" unless hosts with an older systemd must read it`,
      { fixes: renameTo(location, context, ".transfer") },
    );
  },
};

export const mixedSuffix: UpdateCheck = {
  id: "transfer/mixed-suffix",
  severity: "error",
  title: "A transfer that is not read because of its suffix",
  why: "If one definition of a set has the suffix .transfer, systemd 257 and later read no .conf file of the set, in any folder. A NAME.conf beside its own NAME.transfer is meant for older hosts and is fine.",
  since: firstTransferSuffix,
  example: {
    badTree: {
      "usr/lib/sysupdate.demo.d/10-demo.transfer": transfer(),
      "usr/lib/sysupdate.demo.d/20-tools.conf": transfer(),
    },
    goodTree: {
      "usr/lib/sysupdate.demo.d/10-demo.transfer": transfer(),
      "usr/lib/sysupdate.demo.d/10-demo.conf": transfer(),
    },
    fixed: [
      {
        files: {
          "usr/lib/sysupdate.demo.d/20-tools.conf": undefined,
          "usr/lib/sysupdate.demo.d/20-tools.transfer": transfer(),
        },
      },
    ],
  },
  run({ location }, context, report) {
    if (location.suffix !== ".conf") return;
    const transfers = withSuffix(context, ".transfer");
    const [first] = transfers;
    if (first === undefined || transfers.some(({ id }) => id === location.id)) return;
    const isLost = context.systemd >= firstTransferSuffix;
    report(
      undefined,
      `systemd ${firstTransferSuffix} and later do not read "${nameOf(location)}" because "${nameOf(first)}" exists; rename it to "${location.id}.transfer"`,
      {
        severity: isLost ? "error" : "warning",
        fixes: isLost ? renameTo(location, context, ".transfer") : [],
      },
    );
  },
};

/** Definitions that an older systemd does not read at all. */
export const suffixTooNew: UpdateCheck = {
  ...tooNewFacts(),
  kinds: ["transfer", "feature", "component"],
  run({ location }, context, report) {
    const { systemd } = context;
    if (location.suffix === ".component" && systemd < firstComponent) {
      report(
        undefined,
        `"sysupdate.${location.id}.component" is supported since systemd ${firstComponent}, but the target is systemd ${systemd}; raise the target version, or remove the file`,
      );
    }
    if (systemd >= firstTransferSuffix) return;
    if (location.suffix === ".feature") {
      report(
        undefined,
        `features are supported since systemd ${firstTransferSuffix}, but the target is systemd ${systemd}, for which nothing is optional; raise the target version, or remove the file`,
      );
    }
    if (location.suffix !== ".transfer") return;
    const transfers = withSuffix(context, ".conf");
    if (transfers.some(({ id }) => id === location.id)) return;
    report(
      undefined,
      `systemd ${systemd} does not read "${nameOf(location)}", only ${firstTransferSuffix} and later do; rename it to "${location.id}.conf", which all versions read, or raise the target version`,
      { fixes: renameTo(location, context, ".conf") },
    );
  },
};

function tooNewFacts() {
  const facts = lineChecks.find(({ id }) => id === "transfer/too-new");
  if (facts === undefined) throw new Error('there is no check "transfer/too-new"');
  const { run: _ofSettings, ...rest } = facts;
  return rest;
}
