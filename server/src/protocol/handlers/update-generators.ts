// Our own requests for files of systemd-sysupdate that are written anew or renamed; shared has their contract.
import type {
  MigrationPlan,
  NewTransferParams,
  PlanMigrationParams,
  RefreshAfterUpdateParams,
  UpdatedExtension,
  VersionedLayoutParams,
  VersionedLayoutResult,
  Written,
} from "../../../../shared/src/update-requests.ts";
import {
  newTransferRequest,
  planMigrationRequest,
  refreshAfterUpdateRequest,
  versionedLayoutRequest,
} from "../../../../shared/src/update-requests.ts";
import {
  assumedSystemd,
  type HostFile,
  locateUpdate,
  type NamedExtension,
  newTransfer,
  parseReleaseFile,
  planMigration,
  type Refusal,
  type ReleaseFile,
  refreshAfterUpdate,
  updateRoots,
  versionedLayout,
} from "../../core/index.ts";
import { guard } from "../guard.ts";
import type { Platform } from "../platform.ts";
import type { Session } from "../session.ts";
import { descendantUri, pathOfUri } from "../uris.ts";

const lost = { fault: "the language server failed; see its log" };

export function handleUpdateGenerators(session: Session, platform: Platform): void {
  const { connection, log } = session;
  connection.onRequest<Written, void>(
    newTransferRequest,
    guard<NewTransferParams, Written>(newTransferRequest, log, lost, async ({ extension, ...wanted }) => {
      const { named, systemd = assumedSystemd } = await readExtension(session, extension);
      return written(newTransfer({ ...wanted, extension: named, systemd }));
    }),
  );
  connection.onRequest<Written, void>(
    refreshAfterUpdateRequest,
    guard<RefreshAfterUpdateParams, Written>(refreshAfterUpdateRequest, log, lost, async ({ tree, ...wanted }) => {
      const systemd = (await lowestSystemd(session, tree)) ?? assumedSystemd;
      return written(refreshAfterUpdate({ ...wanted, systemd }));
    }),
  );
  connection.onRequest<VersionedLayoutResult, void>(
    versionedLayoutRequest,
    guard<VersionedLayoutParams, VersionedLayoutResult>(
      versionedLayoutRequest,
      log,
      lost,
      async ({ extension, version }) => {
        const { named, systemd = assumedSystemd } = await readExtension(session, extension);
        return versionedLayout(named, version, systemd);
      },
    ),
  );
  connection.onRequest<MigrationPlan | null, void>(
    planMigrationRequest,
    guard<PlanMigrationParams, MigrationPlan | null>(planMigrationRequest, log, null, ({ uri }) =>
      migrationAt(session, platform, uri),
    ),
  );
}

function written(made: readonly HostFile[] | Refusal): Written {
  return "fault" in made ? made : { files: made };
}

async function readExtension(
  session: Session,
  asked: UpdatedExtension,
): Promise<{ readonly named: NamedExtension; readonly systemd: number | undefined }> {
  if (!("tree" in asked)) {
    const { name, class: extensionClass, release } = asked;
    const named = { name, class: extensionClass, release: fieldsOf(parseReleaseFile(release)) };
    return { named, systemd: session.analysis.targetSystemd() };
  }
  const tree = await session.analysis.readTree(asked.tree);
  if (tree === undefined) throw new Error(`there is no tree in ${asked.tree}`);
  const { extension, releases } = tree.facts;
  const release = extension.releaseFiles.flatMap((path) => releases.get(path) ?? [])[0];
  return {
    named: {
      name: extension.name,
      class: extension.class,
      ...(release === undefined ? {} : { release: fieldsOf(release) }),
    },
    systemd: await lowestSystemd(session, asked.tree),
  };
}

function fieldsOf({ assignments }: ReleaseFile): ReadonlyMap<string, string> {
  return new Map(assignments.map(({ name, text }) => [name, text]));
}

/** The value from the user, else from the project file, else from the named hosts. */
async function lowestSystemd({ analysis }: Session, rootUri: string | undefined): Promise<number | undefined> {
  const target = analysis.targetSystemd();
  const tree = target !== undefined || rootUri === undefined ? undefined : await analysis.readTree(rootUri);
  if (tree === undefined) return target;
  const { systemd } = tree.facts.extension.project;
  if (systemd !== undefined) return systemd;
  return tree.hostsNamed ? Math.min(...tree.verdicts.map((verdict) => verdict.systemd)) : undefined;
}

/** All folders of the set that a folder or file belongs to, below the same root. */
async function migrationAt(session: Session, platform: Platform, uri: string): Promise<MigrationPlan | null> {
  const path = pathOfUri(uri.replace(/\/+$/, "")) ?? "";
  const inFolder = /\/sysupdate(?:\.[^/]+)?\.d$/.test(path);
  const location = locateUpdate(inFolder ? `${path}/any.conf` : path);
  if (location === undefined || location.kind === "component") return null;
  const { component, path: inRoot } = location;
  // In a folder that is none of systemd's, the set is what is in it.
  const depth = inRoot?.split("/").length ?? (location.form === "drop-in" ? 2 : 1);
  const rootUri = uri
    .replace(/\/+$/, "")
    .split("/")
    .slice(0, inFolder ? 1 - depth || undefined : -depth)
    .join("/");
  const tree = platform.folderTree(rootUri);
  if (tree === undefined) return null;
  const name = component === undefined ? "sysupdate.d" : `sysupdate.${component}.d`;
  // A host has "lib" as another name of "usr/lib".
  const roots = location.folder?.startsWith("lib/") ? [...updateRoots, "lib"] : updateRoots;
  const folders = inRoot === undefined ? [""] : roots.map((folder) => `${folder}/${name}/`);
  const paths: string[] = [];
  for (const folder of folders) {
    const entries = await tree.list(folder.replace(/\/$/, "")).catch(() => []); // it is not there
    paths.push(...entries.map((entry) => `${folder}${entry.name}`));
  }
  const around = await session.analysis.describeTree(uri);
  const systemd = await lowestSystemd(session, around?.uri);
  const prefix = inRoot === undefined ? `${name}/` : "";
  const { renames, ...rest } = planMigration(
    paths.map((found) => `${prefix}${found}`),
    systemd,
  );
  const uriOf = (found: string) => descendantUri(rootUri, found.slice(prefix.length));
  return { ...rest, renames: renames.map(({ from, to }) => ({ from: uriOf(from), to: uriOf(to) })) };
}
