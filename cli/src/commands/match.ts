// `sysext match`: whether hosts take an extension, and why not.
import { type HostVerdict, matchHosts } from "../../../server/src/core/index.ts";
import { defineCommand } from "../command.ts";
import { withExtension } from "../extension-image.ts";
import { exitStatus, Failure } from "../failure.ts";
import { namedHost } from "../hosts.ts";
import { hostOptions, readClass, readOverrides } from "../match-options.ts";
import { printable } from "../report/printable.ts";

const positionals = ["TREE|IMAGE"];

export const matchCommand = defineCommand({
  name: "match",
  summary: "show which hosts accept an extension, and why others reject it",
  positionals,
  options: hostOptions,
  details: [
    "To name several hosts, repeat --host or list them after the tree. Default: the hosts in sysext.json.",
    "The exit status is 1 if a host rejects the extension.",
  ],
  async run({ values, positionals: [given, ...moreHosts] }, { stdout, stderr, signal }) {
    if (given === undefined)
      throw new Failure("argument TREE|IMAGE is missing: sysext match TREE|IMAGE --host NAME|FILE");
    const overrides = readOverrides(values);
    const extensionClass = readClass(values.class);
    return await withExtension(given, { stderr, signal }, async (extension) => {
      const named = [...(values.host ?? []), ...moreHosts];
      const fromProject = named.length === 0;
      const names = fromProject ? (extension.project?.hosts ?? []) : named;
      if (names.length === 0) {
        throw new Failure('no host given; add --host NAME|FILE, or "hosts" to the tree\'s sysext.json', given);
      }
      const hosts = [];
      for (const name of names) hosts.push((await namedHost(name, fromProject ? given : ".")).host);
      const verdicts = matchHosts(extension.image, extensionClass ?? extension.class, hosts, overrides);
      const results = verdicts.map((verdict) => resultOf(verdict, extension.name));
      await stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : resultText(verdicts, results));
      return results.every(({ verdict }) => verdict === "match") ? exitStatus.done : exitStatus.no;
    });
  },
});

/** The JSON of one verdict. */
export interface MatchResultJson {
  readonly host: string;
  readonly name: string;
  readonly verdict: "match" | "reject";
  readonly rule: string;
  readonly reason: string;
  readonly fix?: string;
  /** True where the host cannot merge any extension because of this one. */
  readonly stopsMerge?: true;
  readonly systemd: number;
  readonly architecture?: string;
  /** What systemd writes into its log at level debug. */
  readonly log?: string;
}

export function resultOf({ host, systemd, architecture, judgement }: HostVerdict, extension: string): MatchResultJson {
  const common = { host: host.name, systemd, ...(architecture === undefined ? {} : { architecture }) };
  if (judgement.verdict === "ignored") {
    return { ...common, name: extension, verdict: "reject", rule: "name", reason: judgement.reason };
  }
  const { name, verdict, rule, reason, fix, log } = judgement;
  return {
    ...common,
    name,
    verdict: verdict === "match" ? "match" : "reject",
    rule,
    reason,
    ...(fix === undefined ? {} : { fix }),
    ...(verdict === "error" ? { stopsMerge: true } : {}),
    ...(log === undefined ? {} : { log }),
  };
}

function resultText(verdicts: readonly HostVerdict[], results: readonly MatchResultJson[]): string {
  const width = Math.max(...verdicts.map(({ host }) => host.title.length));
  const lines = results.map(({ verdict, reason, fix }, at) => {
    const title = printable(verdicts[at]?.host.title ?? "").padEnd(width);
    const remedy = fix === undefined ? "" : `\n${" ".repeat(width + 10)}${printable(fix)}.`;
    return `${verdict.padEnd(8)}${title}  ${printable(reason)}${remedy}\n`;
  });
  const count = results.filter(({ verdict }) => verdict === "match").length;
  return `${lines.join("")}${printable(results[0]?.name ?? "")}: ${count} of ${results.length} hosts accept it\n`;
}
