// The extension trees that were asked for, each read once as a whole, with findings and verdicts.
import {
  asOther,
  type BaseSystem,
  checkReadTree,
  checkWholeTree,
  type ExtensionClass,
  type ExtensionTree,
  findHost,
  type Host,
  type HostVerdict,
  matchHosts,
  mergeableFacts,
  type OtherTree,
  readTreeFacts,
  renewTreeFacts,
  type Tree,
  type TreeContext,
  type TreeFacts,
  type TreeFinding,
  type TreePlace,
  type UnknownHost,
} from "../core/index.ts";
import type { Platform } from "./platform.ts";
import type { Settings } from "./settings.ts";
import type { UnitTree } from "./unit-store.ts";
import { comparableUri, fileNameOf, imageOfUri, isImageRoot } from "./uris.ts";

/** A tree with all that is known of it. */
export interface ReadTree {
  readonly rootUri: string;
  readonly facts: TreeFacts;
  /** Findings beside those that its texts have by themselves. */
  findings(): readonly TreeFinding[];
  /** What the hosts make of it. */
  readonly verdicts: readonly HostVerdict[];
  /** Whether the user named these hosts; otherwise they are the default ones. */
  readonly hostsNamed: boolean;
  /** All findings of the tree, including those of its texts. */
  allFindings(): Promise<readonly TreeFinding[]>;
}

export interface TreeStore {
  /** The tree in a folder; undefined where there is no such folder. */
  read(rootUri: string): Promise<ReadTree | undefined>;
  /** The tree as it was read last, for answers that cannot wait. */
  known(rootUri: string): ReadTree | undefined;
  /** What is known of the trees that were read so far, by the URI of their folder. */
  facts(): ReadonlyMap<string, TreeFacts>;
  /** To be called when files came, went or changed; the roots of the trees that are to be read anew. */
  changed(uris: readonly string[]): readonly string[];
  /** To be called when settings or other surroundings changed. */
  forget(): void;
}

/** What the store reads from. */
export interface TreeSources {
  treeAt(rootUri: string): Promise<{ readonly tree: Tree; readonly place: TreePlace } | undefined>;
  unitTree(rootUri: string): Promise<UnitTree | undefined>;
  readonly platform: Platform;
  settings(): Settings;
}

/** The hosts whose verdicts are shown by default. */
const shownHosts = ["flatcar-stable", "fedora-coreos", "ubuntu-24.04", "debian-13", "opensuse-microos"];

interface StoredTree {
  facts?: TreeFacts;
  /** Paths that changed since the facts were read. */
  changed: Set<string>;
  result?: Promise<ReadTree | undefined>;
  last?: ReadTree;
}

export function createTreeStore({ treeAt, unitTree, platform, settings }: TreeSources): TreeStore {
  const stored = new Map<string, StoredTree>();
  /** Counts the trees that were read: findings about one depend on the others. */
  let reads = 0;

  /** The other extensions of the class that were read so far. */
  function othersOf(rootUri: string, extensionClass: ExtensionClass): OtherTree[] {
    return [...stored].flatMap(([uri, { facts }]) =>
      uri === rootUri || isImageRoot(uri) || facts?.extension.class !== extensionClass ? [] : [asOther(facts)],
    );
  }

  async function read(rootUri: string): Promise<ReadTree | undefined> {
    const entry = stored.get(rootUri) ?? { changed: new Set() };
    stored.set(rootUri, entry);
    entry.result ??= readAnew(rootUri, entry);
    const { result } = entry;
    try {
      return await result;
    } catch (error) {
      if (entry.result === result) delete entry.result; // the next one may be luckier
      throw error;
    }
  }

  async function readAnew(rootUri: string, entry: StoredTree): Promise<ReadTree | undefined> {
    const found = await treeAt(rootUri);
    if (found === undefined) return undefined;
    const { tree, place } = found;
    const paths = [...entry.changed];
    entry.changed.clear();
    const units = (await unitTree(rootUri))?.units;
    const facts =
      entry.facts === undefined
        ? await readTreeFacts(tree, place, units)
        : await renewTreeFacts(entry.facts, tree, place, paths, units);
    entry.facts = facts;
    reads += 1;
    const { extension } = facts;
    // An image is not part of the workspace's extensions, it is what they become: it is judged by itself.
    const isImage = isImageRoot(rootUri);
    const own = await hostsNamed(isImage ? settings().hosts : namedHosts(extension), rootUri);
    const shown = own.hosts.length > 0 ? own.hosts : shownHosts.flatMap((name) => findHost(name) ?? []);
    const systemd = settings().systemd ?? extension.project.systemd;
    const options = () => ({
      hosts: own.hosts,
      unknownHosts: own.unknownHosts,
      others: isImage ? [] : othersOf(rootUri, extension.class),
      image: isImage,
      ...(own.base === undefined ? {} : { base: own.base }),
      ...(systemd === undefined ? {} : { systemd }),
      overrides: settings().severities,
    });
    const fileName = isImage ? fileNameOf(imageOfUri(rootUri) ?? "") : `${extension.name}.raw`;
    const image = { fileName, kind: "file", ...mergeableFacts(facts) } as const;
    const whole = onceAtState(() => checkWholeTree(facts, options()));
    const all = onceAtState(() => checkReadTree(tree, place, facts, options()));
    const result: ReadTree = {
      rootUri,
      facts,
      findings: () => whole(reads),
      verdicts: matchHosts(image, extension.class, shown),
      hostsNamed: own.hosts.length > 0,
      allFindings: () => all(reads),
    };
    entry.last = result;
    return result;
  }

  /** The project's hosts go before the user's. */
  function namedHosts({ project }: ExtensionTree): readonly string[] {
    return project.hosts.length > 0 ? project.hosts : settings().hosts;
  }

  async function hostsNamed(
    names: readonly string[],
    rootUri: string,
  ): Promise<Pick<TreeContext, "hosts" | "unknownHosts" | "base">> {
    const hosts: Host[] = [];
    const unknownHosts: UnknownHost[] = [];
    let base: BaseSystem | undefined;
    for (const name of names) {
      const named = await platform.namedHost(name, rootUri);
      if ("host" in named) {
        hosts.push(named.host);
        base ??= named.base;
      } else unknownHosts.push(named);
    }
    return base === undefined ? { hosts, unknownHosts } : { hosts, unknownHosts, base };
  }

  return {
    read,
    known: (rootUri) => stored.get(rootUri)?.last,
    facts: () =>
      new Map([...stored].flatMap(([uri, { facts }]) => (facts === undefined ? [] : [[uri, facts] as const]))),
    changed(uris) {
      const touched = new Set<string>();
      for (const [rootUri, entry] of stored) {
        const root = comparableUri(rootUri);
        const prefix = `${root}/`;
        const imageFile = isImageRoot(rootUri) ? comparableUri(fileOfImage(imageOfUri(rootUri) ?? "")) : undefined;
        for (const uri of uris) {
          const changed = comparableUri(uri);
          if (imageFile !== undefined && (changed === imageFile || changed === root)) {
            delete entry.facts; // all in it may be new
            delete entry.result;
            touched.add(rootUri);
          }
          if (!changed.startsWith(prefix)) continue;
          entry.changed.add(changed.slice(prefix.length));
          delete entry.result;
          touched.add(rootUri);
        }
      }
      return [...touched];
    },
    forget() {
      for (const entry of stored.values()) delete entry.result;
    },
  };
}

/** The file of an image without the number of one of its partitions. */
function fileOfImage(image: string): string {
  return image.replace(/#.*$/s, "");
}

/** The same result for as long as the question is asked at the same state. */
function onceAtState<Result>(make: () => Result): (state: number) => Result {
  let kept: { readonly state: number; readonly result: Result } | undefined;
  return (state) => {
    if (kept?.state !== state) kept = { state, result: make() };
    return kept.result;
  };
}
