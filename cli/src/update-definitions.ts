// The definitions of systemd-sysupdate that a user names: files with their drop-ins and features, or folders of them.
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { decodeName } from "../../image/src/index.ts";
import {
  locateUpdate,
  parseUnitFile,
  setOfFiles,
  type TreeUpdateFile,
  type UpdateSet,
  updateRoots,
} from "../../server/src/core/index.ts";
import { about, Failure } from "./failure.ts";

const definitionEnding = /\.(?:transfer|conf|feature)$/;
const transferEnding = /\.(?:transfer|conf)$/;
/** No definition is longer. */
const maxDefinitionBytes = 4 << 20;

/** A folder of definitions, and the files in it that are asked for. */
interface Definitions {
  readonly folder: string;
  readonly names: readonly string[];
}

/** Reads the set that files and folders make up together. Throws a Failure about one that cannot be read or is none. */
export async function readDefinitions(given: readonly string[]): Promise<UpdateSet> {
  const places: Definitions[] = [];
  for (const place of given) places.push(await about(place, async () => definitionsAt(place)));
  const seen = new Map<string, string>();
  const files: TreeUpdateFile[] = [];
  for (const { folder, names } of places) {
    for (const name of names) {
      const file = path.join(folder, name);
      const other = seen.get(name);
      if (other !== undefined && path.resolve(other) === path.resolve(file)) continue;
      if (other !== undefined) {
        // A feature that several folders have is the one of the first.
        if (name.endsWith(".feature")) continue;
        throw new Failure(`it has the same name as "${other}"; systemd reads only one definition of a name`, file);
      }
      seen.set(name, file);
      files.push(...(await readDefinition(folder, name)));
    }
  }
  return setOfFiles(files);
}

async function definitionsAt(place: string): Promise<Definitions> {
  const found = await stat(place);
  if (found.isDirectory()) {
    const names = (await readdir(place)).filter((name) => definitionEnding.test(name)).sort();
    if (names.some((name) => transferEnding.test(name))) return { folder: place, names };
    throw new Failure(`this folder has no "*.transfer" file${await otherFolder(place)}`, place);
  }
  const folder = path.dirname(place);
  const name = path.basename(place);
  if (!transferEnding.test(name)) {
    throw new Failure('it is not a transfer; its name must end in ".transfer" or ".conf"', place);
  }
  const features = (await readdir(folder)).filter((other) => other.endsWith(".feature")).sort();
  return { folder, names: [name, ...features] };
}

/** Where the definitions of a root or a tree are, for who names that. */
async function otherFolder(root: string): Promise<string> {
  for (const inside of updateRoots) {
    const names = await readdir(path.join(root, inside)).catch(() => []);
    const name = names.find((candidate) => /^sysupdate\.(?:.+\.)?d$/.test(candidate));
    if (name !== undefined) return `; give "${path.join(root, inside, name)}"`;
  }
  return "; give a file or a folder such as usr/lib/sysupdate.d";
}

/** A definition and its drop-ins. */
async function readDefinition(folder: string, name: string): Promise<TreeUpdateFile[]> {
  const dropIns = path.join(folder, `${name}.d`);
  const names = (await readdir(dropIns).catch(() => [])).filter((inside) => inside.endsWith(".conf"));
  const all = [name, ...names.sort().map((inside) => `${name}.d/${inside}`)];
  const files: TreeUpdateFile[] = [];
  for (const inside of all) {
    // What a file is depends on its name alone here, wherever it lies.
    const location = locateUpdate(`etc/sysupdate.d/${inside}`);
    if (location === undefined) continue;
    const file = path.join(folder, inside);
    const text = await readDefinitionText(file);
    files.push({ path: file, location, file: parseUnitFile(text, { type: location.kind }) });
  }
  return files;
}

async function readDefinitionText(file: string): Promise<string> {
  return await about(file, async () => {
    const found = await stat(file);
    if (!found.isFile()) {
      if (found.isCharacterDevice()) return ""; // as /dev/null, which masks
      throw new Failure("it is not a regular file", file);
    }
    if (found.size > maxDefinitionBytes)
      throw new Failure(`it is too large for a definition (${found.size} bytes)`, file);
    return decodeName(await readFile(file));
  });
}
