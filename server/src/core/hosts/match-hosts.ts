// The verdicts on one extension for several hosts, which is what an author asks for.
import type { ExtensionClass } from "../model/release-context.ts";
import type { Host } from "../tables/host.ts";
import { newestSystemd } from "../tables/newest-systemd.ts";
import { type ExtensionImage, type Judgement, judgeExtension } from "./judge.ts";
import type { Scope } from "./scope.ts";

/** What the user asks for in place of what the host has. */
export interface MatchOverrides {
  readonly scope?: Scope;
  readonly architecture?: string;
  readonly systemd?: number;
}

export interface HostVerdict {
  readonly host: Host;
  readonly systemd: number;
  /** The architecture that was compared; undefined where the host's is not known. */
  readonly architecture?: string;
  readonly judgement: Judgement;
}

/**
 * The verdict for each host. Of a host with several architectures the one that the extension is for counts, since nobody
 * expects an extension for one machine to fit another; without such a one it is the host's first.
 */
export function matchHosts(
  image: ExtensionImage,
  extensionClass: ExtensionClass,
  hosts: readonly Host[],
  { scope = "system", architecture, systemd }: MatchOverrides = {},
): HostVerdict[] {
  return hosts.map((host) => {
    const version = systemd ?? host.systemd ?? newestSystemd;
    const options = architecture === undefined ? host.architectures : [architecture];
    const judged = (options.length === 0 ? [undefined] : options).map((each) => ({
      host,
      systemd: version,
      ...(each === undefined ? {} : { architecture: each }),
      judgement: judgeExtension(image, {
        class: extensionClass,
        host,
        scope,
        systemd: version,
        ...(each === undefined ? {} : { architecture: each }),
      }),
    }));
    const [first] = judged;
    const best = judged.find(({ judgement }) => !("rule" in judgement) || judgement.rule !== "architecture") ?? first;
    if (best === undefined) throw new Error("a host has at least one architecture to compare");
    return best;
  });
}
