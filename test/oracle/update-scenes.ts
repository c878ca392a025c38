// Sets of transfers for the comparison with a real systemd-sysupdate: what they say, and what lies at their sources and targets.
import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { TestContext } from "node:test";
import {
  type ListedFile,
  locateUpdate,
  type PlanInput,
  parseUnitFile,
  setOfFiles,
  type Transfer,
} from "../../server/src/core/index.ts";
import { randomNumbers } from "../support/random-numbers.ts";

/** The os-release file of all scenes. */
export const release = 'ID=demo\nVERSION_ID=12\nIMAGE_ID=image\nIMAGE_VERSION=2\nVARIANT_ID="server"\n';

export interface Scene {
  readonly number: number;
  /** Definitions and drop-ins by name. */
  readonly definitions: Readonly<Record<string, string>>;
  /** Paths of files below the scene's folder. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Symlinks below the scene's folder, and where they lead. */
  readonly symlinks: Readonly<Record<string, string>>;
}

/** Versions that are odd, equal to each other, or hard to order. */
const versions = [
  "1",
  "2",
  "3",
  "10",
  "1.0",
  "01",
  "1.1",
  "1.0-rc1",
  "2.0+b",
  "2.0_b",
  "a",
  "2,1",
  "1.10",
  "1.9",
  ".2",
  "20260101",
];

const sourcePatterns = [
  ...Array<string>(6).fill("NAME_@v.raw"),
  "NAME-@v",
  "NAME_@v_@l.raw",
  "NAME_@v+@l-@d.efi",
  "sub/NAME_@v.raw",
  "sub/low/NAME_@v.raw",
  "NAME_@v.raw NAME-@v.img",
  "NAME-@v.img sub/NAME_@v.raw NAME_@v",
  "NAME_@v_@m.raw",
  "NAME_@v_@s_@r.raw",
  "NAME_%o-%w_@v.raw",
  "NAME%%@@_@v.raw",
  "NAME\\x20@v.raw",
  "NAME_@v_@u.raw",
  "@v.NAME",
];

/** Undefined takes the source's over. */
const targetPatterns = [
  ...Array<undefined>(6).fill(undefined),
  ...Array<string>(4).fill("NAME_@v.raw"),
  "NAME_@v.raw NAME-@v",
  "NAME_@v_@m.raw",
  "NAME_@v_@t.raw",
  "NAME_@v+@l-@d.efi",
  "out/NAME_@v.raw",
  "NAME_@v_@s.raw",
  "NAME_@v_@r.raw",
  "NAME_@v_@h.raw",
  "NAME_%M_@v.raw",
];

const faults: readonly (readonly [RegExp, string])[] = [
  [/Type=.*/, "Type=partition"],
  [/Path=.*/, "Path=srv"],
  [/MatchPattern=.*/, "MatchPattern=app.raw"],
  [/MatchPattern=.*/, "MatchPattern=app_@v@l.raw"],
  [/MatchPattern=.*/, "MatchPattern=app_%z@v.raw"],
  [/MatchPattern=.*\n/, ""],
  [/\[Target\]\nType=.*/, "[Target]\nType=subvolume"],
  [/\[Target\][\s\S]*?Path=.*\n/, "[Target]\n"],
  [/\[Source\]/, "[Source"],
  [/\[Target\]\n/, "[Target]\nPathRelativeTo=explicit\n"],
];

/** A scene; the same number gives the same. Its sources by address are below `address`. */
export function randomScene(number: number, address: string): Scene {
  const next = randomNumbers(number);
  const pick = <Item>(items: readonly Item[]): Item => items[next(items.length)] as Item;
  const often = (percent: number): boolean => next(100) < percent;
  const definitions: Record<string, string> = {};
  const files = new Set<string>();
  const folders = new Set<string>(["definitions", "links"]);
  const symlinks: Record<string, string> = {};
  const names = ["app", "data", "efi"].slice(0, 1 + next(3));
  const some = Array.from({ length: 2 + next(5) }, () => pick(versions));
  const wanted = names.length > 1 ? 90 : 80;
  const suffix = often(8) ? "conf" : "transfer";
  for (const [place, name] of names.entries()) {
    const isFolder = often(20);
    const isUrl = !isFolder && often(20);
    const source = `source-${name}`;
    const target = often(25) ? "target" : `target-${name}`;
    const patterns = pick(
      isFolder || isUrl ? sourcePatterns.filter((text) => !/[/\\]|%%/.test(text)) : sourcePatterns,
    ).replaceAll("NAME", name);
    const stored = pick(
      isFolder ? targetPatterns.filter((text) => text?.includes("/") !== true) : targetPatterns,
    )?.replaceAll("NAME", name);
    const type = isFolder ? "directory" : isUrl ? "url-file" : "regular-file";
    const root = `/scenes/${number}`;
    const text = [
      "[Transfer]",
      "Verify=no",
      often(15) ? `MinVersion=${pick(some)}` : "",
      often(30) ? `ProtectVersion=${pick([...some, ...some, "%A", ""])}` : "",
      often(10) ? `ProtectVersion=${pick(some)}` : "",
      often(20) ? `Features=${pick(["on", "off", "off on", "missing", "late", ""])}` : "",
      often(8) ? `RequisiteFeatures=${pick(["on", "on late", "on off", ""])}` : "",
      "[Source]",
      `Type=${type}`,
      `Path=${isUrl ? `${address}/${number}` : root}/${source}${often(10) ? "/" : ""}`,
      ...(often(10) ? [`MatchPattern=${patterns}`, "MatchPattern="] : []),
      ...(often(10) ? patterns.split(" ").map((word) => `MatchPattern=${word}`) : [`MatchPattern=${patterns}`]),
      "[Target]",
      often(50) ? `Type=${isFolder ? "directory" : "regular-file"}` : "",
      `Path=${root}/${target}`,
      stored === undefined ? "" : `MatchPattern=${stored}`,
      often(70) ? `InstancesMax=${pick(["1", "2", "2", "3", "4", "x", "", "0x2", "18446744073709551615"])}` : "",
      often(20) ? "Mode=0640" : "",
      often(20) ? `TriesLeft=${pick(["5", "0x7"])}` : "",
      often(20) ? "ReadOnly=no" : "",
      often(10) ? "RemoveTemporary=no" : "",
      often(35)
        ? `CurrentSymlink=${pick([`${root}/links/${name}`, "current", `${root}/${target}/./${name}.now/`, "../up", `${root}/links/%o`])}`
        : "",
      "",
    ]
      .filter((line, at, all) => line !== "" || at === all.length - 1)
      .join("\n");
    const [pattern, fault] = often(4) ? pick(faults) : [/$^/, ""];
    definitions[`${place}0-${name}.${suffix}`] = text.replace(pattern, fault);
    if (often(15)) {
      const dropIn = pick([
        "[Target]\nInstancesMax=2\n",
        `[Source]\nMatchPattern=${name}~@v\n`,
        `[Transfer]\nProtectVersion=${pick(some)}\n`,
        "[Transfer]\nFeatures=\n",
        "[Target]\nCurrentSymlink=\n",
      ]);
      definitions[`${place}0-${name}.${suffix}.d/${pick(["10-a", "20-b"])}.conf`] = dropIn;
    }
    const fill = (words: string, version: string): string => fillPattern(pick(words.split(" ")), version, next);
    for (const version of some) {
      if (often(wanted)) addVersion(`${source}/${fill(patterns, version)}`);
      if (often(45)) addVersion(`${target}/${fill(stored ?? patterns, version)}`);
    }
    function addVersion(place: string): void {
      files.add(isFolder ? `${place}/inside` : place);
    }
    folders.add(target);
    if (often(90)) folders.add(source);
    for (const folder of [source, target]) {
      if (often(20)) files.add(`${folder}/${name}_${pick(some)}.raw.asc`);
      if (often(20))
        files.add(
          `${folder}/${pick([`${name}_~1.raw`, `${name}_.raw`, "other", `.${name}_1.raw`, `sub/${name}_7.raw`, `${name}_6.raw/inside`])}`,
        );
      if (often(10)) symlinks[`${folder}/${name}_30.raw`] = "elsewhere";
    }
    if (often(15)) files.add(`${target}/.#${name}left`);
  }
  if (suffix === "transfer" && often(8)) definitions["05-old.conf"] = "[Source]\nType=none\n";
  definitions["on.feature"] = "[Feature]\nDescription=On\nEnabled=yes\n";
  definitions["off.feature"] = "[Feature]\nEnabled=no\n";
  definitions["late.feature"] = "[Feature]\nEnabled=0\n";
  definitions["late.feature.d/on.conf"] = "[Feature]\nEnabled=true\n";
  definitions["missing.feature.d/on.conf"] = "[Feature]\nEnabled=true\n";
  // What would be a file and a folder at once is the file that came first.
  const kept: string[] = [];
  for (const file of files) {
    if (!kept.some((other) => other === file || other.startsWith(`${file}/`) || file.startsWith(`${other}/`)))
      kept.push(file);
  }
  for (const link of Object.keys(symlinks))
    if (kept.some((file) => file === link || file.startsWith(`${link}/`))) delete symlinks[link];
  return { number, definitions, files: kept, folders: [...folders], symlinks };
}

const samples: Readonly<Record<string, readonly string[]>> = {
  l: ["3", "0x2", "07"],
  d: ["0", "1"],
  m: ["644", "0755", "600"],
  s: ["100", "0"],
  // What is stored read-only could not be removed when the test is over.
  r: ["0", "no", "FALSE"],
  t: ["1700000000000000"],
  u: ["6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11", "6A1F0C3E3C1B4B0F9A648F2F0C6F4A12"],
  h: ["ab".repeat(32)],
};

/** A name that a pattern takes. */
function fillPattern(pattern: string, version: string, next: (below: number) => number): string {
  return pattern
    .replace(/%([owM%])/g, (_, letter: string) => ({ o: "demo", w: "12", M: "image" })[letter] ?? "%")
    .replace("\\x20", " ")
    .replace(/@([a-z@])/g, (_, letter: string) => {
      if (letter === "@") return "@";
      const choices = samples[letter] ?? [];
      return letter === "v" ? version : (choices[next(choices.length)] ?? "");
    });
}

/** Where the files of a scene lie. */
export function folderOf(work: string, { number }: Scene): string {
  return path.join(work, "root/scenes", String(number));
}

/** Writes a scene, and gives what a plan is made from. */
export function writeScene(
  work: string,
  scene: Scene,
): Pick<PlanInput, "set" | "source" | "target"> & Required<Pick<PlanInput, "attributes">> {
  const folder = folderOf(work, scene);
  for (const inside of scene.folders) mkdirSync(path.join(folder, inside), { recursive: true });
  for (const file of scene.files) write(path.join(folder, file), `${file} `.repeat(20));
  for (const [link, target] of Object.entries(scene.symlinks)) {
    mkdirSync(path.dirname(path.join(folder, link)), { recursive: true });
    symlinkSync(target, path.join(folder, link));
  }
  for (const [name, text] of Object.entries(scene.definitions)) write(path.join(folder, "definitions", name), text);
  const root = path.join(work, "root");
  const sums = new Map<string, readonly ListedFile[]>();
  for (const inside of readdirSync(folder)) {
    if (inside.startsWith("source-")) sums.set(inside, writeManifest(path.join(folder, inside)));
  }
  const listings = new Map<string, readonly ListedFile[]>();
  function listingAt(place: string): readonly ListedFile[] {
    const known = listings.get(place) ?? list(path.join(root, place));
    listings.set(place, known);
    return known;
  }
  const files = Object.entries(scene.definitions).flatMap(([name, text]) => {
    const file = path.posix.join("etc/sysupdate.d", name);
    const location = locateUpdate(file);
    return location === undefined ? [] : { path: file, location, file: parseUnitFile(text, { type: location.kind }) };
  });
  return {
    set: setOfFiles(files),
    source: ({ source }: Transfer) =>
      source.type === "url-file" ? (sums.get(path.basename(source.path)) ?? []) : listingAt(source.path),
    target: ({ target }: Transfer) => listingAt(target.path),
    attributes: ({ source }: Transfer, name) => {
      const { mtimeNs, mode } = statSync(path.join(root, source.path, name), { bigint: true });
      return { mtime: mtimeNs / 1000n, mode: Number(mode) & 0o7777 };
    },
  };
}

function write(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The manifest of the files right in a folder, kept beside the folder since it is no file of a local source. */
function writeManifest(folder: string): ListedFile[] {
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }): ListedFile & { readonly sha256: string } => {
      const content = `${path.basename(folder)}/${name} `.repeat(20);
      return { name, type: "file", sha256: createHash("sha256").update(content).digest("hex") };
    });
  // An empty answer counts as one that was cut off.
  if (entries.length === 0) entries.push({ name: "nothing", type: "file", sha256: "0".repeat(64) });
  writeFileSync(`${folder}.sums`, entries.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(""));
  return entries;
}

/** All that is below a folder, as a source or a target is listed. */
function list(folder: string, inside = ""): ListedFile[] {
  if (!existsSync(path.join(folder, inside))) return [];
  return readdirSync(path.join(folder, inside)).flatMap((entry): ListedFile[] => {
    const name = path.posix.join(inside, entry);
    const stat = lstatSync(path.join(folder, name));
    if (stat.isDirectory()) return [{ name, type: "directory" }, ...list(folder, name)];
    return [{ name, type: stat.isSymbolicLink() ? "symlink" : "file" }];
  });
}

/** The address of a server of the files below a folder, and of the manifests beside them. */
export async function serveFolder(t: TestContext, folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const place = (request.url ?? "").replace(/\/SHA256SUMS$/, ".sums");
    const file = path.join(folder, path.posix.normalize(place));
    if (!existsSync(file) || !lstatSync(file).isFile()) response.writeHead(404).end();
    else createReadStream(file).pipe(response.writeHead(200));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
