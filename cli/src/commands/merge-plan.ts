// `sysext merge-plan`: which extensions a host merges, in which order, and what they hide of each other.
import { statSync } from "node:fs";
import { type MergePlan, newestSystemd, planMerge } from "../../../server/src/core/index.ts";
import { defineCommand } from "../command.ts";
import { about, exitStatus, Failure } from "../failure.ts";
import { namedHost } from "../hosts.ts";
import { hostOptions, readClass, readOverrides } from "../match-options.ts";
import { countText } from "../report/amounts.ts";
import { printable } from "../report/printable.ts";
import { candidatesInRoot, namedCandidates } from "../search-path.ts";

const positionals = ["TREE|IMAGE…"];

export const mergePlanCommand = defineCommand({
  name: "merge-plan",
  summary: "show which extensions a host merges, in which order, and what collides",
  positionals,
  options: {
    root: { value: "DIR", summary: "use the extensions in the search path of this root folder, such as /" },
    ...hostOptions,
  },
  details: [
    "With --root, the host is that root folder, unless --host names another.",
    "The last layer is on top. The exit status is 1 if nothing is merged.",
  ],
  async run({ values, positionals: given }, { stdout }) {
    const { root } = values;
    if ((root === undefined) === (given.length === 0)) {
      throw new Failure("give either TREE|IMAGE… or --root DIR");
    }
    if (root !== undefined) await about(root, async () => readableFolder(root));
    const [name = root, another] = values.host ?? [];
    if (name === undefined) throw new Failure('option "--host NAME|FILE" is missing');
    if (another !== undefined) throw new Failure(`only one --host is allowed; remove "${another}"`);
    const { host } = await namedHost(name);
    const overrides = readOverrides(values);
    const systemd = overrides.systemd ?? host.systemd ?? newestSystemd;
    const extensionClass = readClass(values.class) ?? "sysext";
    const candidates =
      root === undefined ? await namedCandidates(given) : await candidatesInRoot(root, extensionClass, host, systemd);
    const plan = planMerge(candidates, extensionClass, host, overrides);
    await stdout.write(values.json ? `${JSON.stringify(jsonOf(plan), null, 2)}\n` : planText(plan, host.title));
    const isMerged = plan.layers.length > 0 && plan.rejected.every(({ stopsMerge }) => !stopsMerge);
    return isMerged ? exitStatus.done : exitStatus.no;
  },
});

function readableFolder(folder: string): void {
  if (!statSync(folder).isDirectory()) throw new Failure("it is not a folder", folder);
}

function jsonOf({ layers, masked, rejected, collisions }: MergePlan): object {
  return { layers: layers.map(({ name, path }) => ({ name, path })), masked, rejected, collisions };
}

/** More of them are counted only. */
const shownCollisions = 100;

function planText({ layers, masked, rejected, collisions }: MergePlan, host: string): string {
  const stopping = rejected.find(({ stopsMerge }) => stopsMerge);
  const merged = layers.length === 0 ? "no extension" : `${countText(layers.length, "extension")}, the last on top:`;
  const lines = [
    stopping === undefined
      ? `${host} merges ${merged}`
      : `${host} merges nothing, because of "${stopping.name}"; without it ${merged}`,
    ...layers.map(({ name, path }, at) => `  ${at + 1}. ${name}  (${path})`),
    ...section("Not taken:", rejected, ({ name, path, reason, fix }) => [
      `  ${name}  (${path}): ${reason}`,
      ...(fix === undefined ? [] : [`    ${fix}.`]),
    ]),
    ...section("Masked:", masked, ({ name, path, by }) => [`  ${name}  (${path}), by ${by}`]),
    ...section("Collisions:", collisions.slice(0, shownCollisions), ({ path, layers: having }) => [
      `  ${path}: ${having.join(" < ")}`,
    ]),
    ...(collisions.length > shownCollisions ? [`  and ${collisions.length - shownCollisions} more`] : []),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function section<Item>(title: string, items: readonly Item[], show: (item: Item) => readonly string[]): string[] {
  return items.length === 0 ? [] : ["", title, ...items.flatMap(show)];
}
