// Plans of updates, held against a real systemd-sysupdate: seeded sets of transfers with what lies at their sources and targets.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type PlannedVersion, planUpdate, specifierValues, type UpdatePlan } from "../../server/src/core/index.ts";
import { campaign } from "../support/campaign.ts";
import { besidePrivateMounts } from "../support/private-mounts.ts";
import { canUpdate } from "../support/sysupdate.ts";
import { debian13, tempFolder } from "../support/tools.ts";
import { folderOf, randomScene, release, type Scene, serveFolder, writeScene } from "./update-scenes.ts";

const scenes = campaign(64, 300);
/** The version of systemd in Debian 13. */
const systemd = 257;

/** As many as are done long before such a script has to end. */
const atOnce = 16;

/** $1 is a folder with `root` and `out`, $2 the root of Debian 13; `out/$3/N.ask` holds the versions to ask about. */
const script = `
work=$1
root=$1/root
mount -t overlay -o "lowerdir=$root/usr:$2/usr" overlay "$root/usr"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
update() {
  env -i PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8 TZ=UTC SYSTEMD_LOG_LEVEL=info SYSTEMD_COLORS=0 \\
    chroot "$root" /usr/lib/systemd/systemd-sysupdate --definitions="/scenes/$scene/definitions" --json=short "$@"
}
for ask in "$work/out/$3"/*.ask; do
  scene=\${ask##*/}
  scene=\${scene%.ask}
  out=$work/out/$3/$scene
  { update list >"$out.list" 2>"$out.list-log"; } || echo failed >"$out.list"
  while read -r version; do
    { update list "$version" >>"$out.versions" 2>>"$out.versions-log"; echo >>"$out.versions"; } || echo failed >>"$out.versions"
  done <"$ask"
  { update check-new >"$out.new" 2>>"$out.new-log"; } || echo failed >"$out.new"
  { update update >"$out.update" 2>"$out.update-log"; } || echo failed >"$out.update"
done
`;

test(`${scenes} sets are planned as the real program decides`, async (t) => {
  if (!canUpdate(t)) return;
  const work = tempFolder(t);
  makeRoot(work);
  const address = await serveFolder(t, path.join(work, "root/scenes"));
  const planned: { readonly scene: Scene; readonly plan: UpdatePlan; readonly before: readonly string[] }[] = [];
  for (let number = 0; number < scenes; number++) {
    const scene = randomScene(number, address);
    const { set, source, target, attributes } = writeScene(work, scene);
    const specifiers = specifierValues({ release, machineId: "0123456789abcdef".repeat(2) });
    const plan = planUpdate({ set, systemd, specifiers, source, target, attributes });
    planned.push({ scene, plan, before: filesBelow(folderOf(work, scene)) });
    writeAsk(work, scene, plan);
  }
  for (let batch = 0; batch * atOnce < scenes; batch++) {
    const { status, output } = await besidePrivateMounts(script, work, debian13, String(batch));
    assert.equal(`${status} ${output}`, "0 ");
  }
  const seen = { updates: 0, faults: 0, removals: 0, repairs: 0, symlinks: 0, nothing: 0 };
  for (const { scene, plan, before } of planned) {
    const real = answersOf(work, scene);
    const place = `scene ${scene.number}\n${JSON.stringify(scene, undefined, 1)}\n${JSON.stringify(plan, undefined, 1)}\n${real.log}`;
    assert.equal(real.updated, plan.faults.length === 0, place);
    if (plan.faults.length > 0) {
      seen.faults += 1;
      continue;
    }
    assert.deepEqual(
      real.list,
      { current: plan.current ?? null, all: plan.versions.map(({ version }) => version) },
      place,
    );
    assert.deepEqual(
      real.versions,
      plan.versions.map((version) => expectedFlags(version, plan)),
      place,
    );
    assert.equal(real.candidate ?? undefined, plan.candidate, place);
    assert.deepEqual(real.removed, removedPaths(plan), place);
    assert.deepEqual(filesBelow(folderOf(work, scene)), filesAfter(plan, before, scene), place);
    if (plan.candidate === undefined) seen.nothing += 1;
    else seen.updates += 1;
    if (plan.candidate !== undefined && plan.candidate === plan.current) seen.repairs += 1;
    seen.removals += real.removed.length;
    seen.symlinks += plan.transfers.filter(({ symlink }) => symlink !== undefined).length;
  }
  t.diagnostic(JSON.stringify(seen));
  for (const [what, count] of Object.entries(seen)) assert.ok(count >= campaign(2, 10), `${what}: ${count}`);
});

/** A root without a /usr, as the script lays one below. */
function makeRoot(work: string): void {
  const root = path.join(work, "root");
  for (const folder of ["etc", "usr", "dev", "proc", "run", "tmp", "var/tmp", "scenes", "../out"]) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  for (const name of ["bin", "lib", "lib64", "sbin"]) symlinkSync(`usr/${name}`, path.join(root, name));
  writeFileSync(path.join(root, "etc/os-release"), release);
  writeFileSync(path.join(root, "etc/machine-id"), `${"0123456789abcdef".repeat(2)}\n`);
}

/** Where the answers about a scene go, without an ending. */
function answerFile(work: string, { number }: Scene): string {
  return path.join(work, "out", String(Math.floor(number / atOnce)), String(number));
}

function writeAsk(work: string, scene: Scene, { versions }: UpdatePlan): void {
  mkdirSync(path.dirname(answerFile(work, scene)), { recursive: true });
  writeFileSync(`${answerFile(work, scene)}.ask`, versions.map(({ version }) => `${version}\n`).join(""));
}

interface Answers {
  readonly list: unknown;
  readonly versions: readonly unknown[];
  readonly candidate: string | null;
  readonly updated: boolean;
  /** Paths below the root, in the order of removal. */
  readonly removed: readonly string[];
  readonly log: string;
}

function answersOf(work: string, scene: Scene): Answers {
  const read = (name: string) => {
    const file = `${answerFile(work, scene)}.${name}`;
    return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  };

  const log = ["list-log", "versions-log", "new-log", "update-log"].map(read).join("\n");
  const listed = read("list");
  const { current, all } = listed === "failed" ? {} : JSON.parse(listed);
  const asked = read("versions")
    .split("\n")
    .filter((line) => line !== "");
  const checked = read("new");
  return {
    list: { current, all },
    versions: asked.map((line) => (line === "failed" ? line : flagsOf(JSON.parse(line)))),
    candidate: checked === "failed" ? null : JSON.parse(checked).available,
    updated: listed !== "failed" && read("update") !== "failed",
    removed: [...read("update-log").matchAll(/Removing (?:old|disabled) '([^']+)'/g)].map(
      ([, removed = ""]) => removed,
    ),
    log,
  };
}

function flagsOf(found: Record<string, unknown>): unknown {
  const { version, newest, available, installed, obsolete, protected: isProtected, incomplete } = found;
  return { version, newest, available, installed, obsolete, protected: isProtected, incomplete };
}

/** What `list VERSION` says of a version; both the newest that is installed and a newer one to be had are its newest. */
function expectedFlags(planned: PlannedVersion, { newest, current }: UpdatePlan): unknown {
  const { version, installed } = planned;
  return flagsOf({ ...planned, newest: installed ? version === current : version === newest });
}

/** What is removed goes transfer by transfer, those that do not count last. */
function removedPaths({ transfers }: UpdatePlan): string[] {
  const inOrder = [...transfers.filter(({ enabled }) => enabled), ...transfers.filter(({ enabled }) => !enabled)];
  return inOrder.flatMap(({ target, remove }) => remove.map(({ name }) => path.posix.join(target.path, name)));
}

/** The files and symlinks below a scene's folder, without its definitions. */
function filesBelow(folder: string, inside = ""): string[] {
  return readdirSync(path.join(folder, inside), { withFileTypes: true })
    .flatMap((entry) => {
      const place = path.posix.join(inside, entry.name);
      if (place === "definitions") return [];
      if (entry.isDirectory()) return filesBelow(folder, place);
      return [entry.isSymbolicLink() ? `${place} -> ${readlinkSync(path.join(folder, place))}` : place];
    })
    .sort();
}

function filesAfter({ transfers }: UpdatePlan, before: readonly string[], { number }: Scene): string[] {
  const root = `/scenes/${number}`;
  let files = [...before];
  const drop = (place: string) => {
    const inside = path.posix.relative(root, place);
    files = files.filter(
      (file) => file !== inside && !file.startsWith(`${inside}/`) && !file.startsWith(`${inside} -> `),
    );
  };
  for (const { target, remove, leftovers } of transfers) {
    for (const { name } of remove) drop(path.posix.join(target.path, name));
    for (const name of leftovers ?? []) drop(path.posix.join(target.path, name));
  }
  for (const { target, download, symlink } of transfers) {
    if (download?.storedAs !== undefined) {
      drop(download.storedAs);
      const stored = path.posix.relative(root, download.storedAs);
      files.push(target.type === "directory" ? `${stored}/inside` : stored);
    }
    if (symlink === undefined) continue;
    drop(symlink.path);
    files.push(`${path.posix.relative(root, symlink.path)} -> ${symlink.target}`);
  }
  return files.sort();
}
