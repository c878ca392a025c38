// `sysext update-plan`: what systemd-sysupdate would do with transfers, without a server or a target machine.
import { newestSystemd, planUpdate, readTransfers, type UpdatePlan } from "../../../server/src/core/index.ts";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { exitStatus } from "../failure.ts";
import { readSystemd } from "../match-options.ts";
import { printable } from "../report/printable.ts";
import { updatePlanText } from "../report/update-plan.ts";
import { readDefinitions } from "../update-definitions.ts";
import { type Listings, readListings } from "../update-listings.ts";
import { readSpecifiers } from "../update-specifiers.ts";

const positionals = ["TRANSFER…"];

export const updatePlanCommand = defineCommand({
  name: "update-plan",
  summary: "show what systemd-sysupdate would find, fetch, store and remove",
  positionals,
  options: {
    source: {
      value: "DIR|SHA256SUMS|URL",
      summary: "where versions come from; default: the transfers' own sources",
    },
    target: { value: "DIR", summary: "where versions are stored; default: the transfers' own targets" },
    fetch: { summary: "fetch the manifests from the addresses in the transfers" },
    "os-release": {
      value: "FILE",
      summary: "the host's os-release file, for specifiers; default: this machine's",
    },
    arch: { value: "ARCH", summary: "the host's architecture, such as x86-64, for %a" },
    systemd: { value: "N", summary: "the host's version of systemd; default: the newest known version" },
    json: { summary: "print one JSON document" },
  },
  details: [
    "TRANSFER is a transfer (with its drop-ins, and the features beside it), or a folder of definitions;",
    "several make up one set. Nothing is installed or removed, and nothing is fetched unless --source or --fetch is given.",
    "--target DIR is the folder with the versions; if the transfers have several target paths, it is the",
    "root folder of these paths. Partitions are not read.",
    "Without ARCHITECTURE= in FILE and without --arch, this machine's architecture is used.",
    "The exit status is 2 if systemd-sysupdate would report an error.",
  ],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("update-plan", positionals, given);
    const systemd = readSystemd(values.systemd) ?? newestSystemd;
    const specifiers = await readSpecifiers(values["os-release"], values.arch);
    const set = await readDefinitions(given);
    const listings = await readListings(readTransfers(set, systemd, specifiers).transfers, {
      ...(values.source === undefined ? {} : { source: values.source }),
      ...(values.target === undefined ? {} : { target: values.target }),
      fetch: values.fetch === true,
      systemd,
      signal,
    });
    const { source, target, attributes } = listings;
    const plan = withDate(planUpdate({ set, systemd, specifiers, source, target, attributes }), listings, systemd);
    await stdout.write(values.json ? `${JSON.stringify(plan)}\n` : updatePlanText(plan));
    const remarks = [
      ...listings.warnings.map(({ subject, message }) => `${subject}: ${message}`),
      ...(plan.notes ?? []).map(({ path, message }) => `${path}: ${message}`),
      ...plan.faults.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)),
    ];
    for (const remark of remarks) await stderr.write(`sysext: ${printable(remark)}\n`);
    return plan.faults.length === 0 ? exitStatus.done : exitStatus.failed;
  },
});

/** The first systemd that looks at the day in a manifest. */
const firstBestBefore = 260;

/** A manifest whose day has begun is refused. */
function withDate(plan: UpdatePlan, { bestBefore }: Listings, systemd: number): UpdatePlan {
  if (bestBefore === undefined || systemd < firstBestBefore) return plan;
  if (Date.parse(bestBefore.day) >= Date.now()) return plan;
  const message = `BEST-BEFORE-${bestBefore.day} has passed, so systemd refuses it; publish it again`;
  return { ...plan, faults: [...plan.faults, { path: bestBefore.place, message }] };
}
