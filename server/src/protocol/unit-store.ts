// The unit files that are open, each parsed once a version, and the units of the trees that they are in.
import type { TextDocument } from "vscode-languageserver-textdocument";
import {
  describeTree,
  locateUnit,
  modeOf,
  namesOf,
  type Project,
  parseUnitFile,
  readProject,
  readText,
  readTreeUnits,
  type Tree,
  type TreePlace,
  type TreeUnits,
  type Unit,
  type UnitContext,
  type UnitFile,
  type UnitLocation,
  unitContext,
  unitOfFile,
} from "../core/index.ts";
import { type Documents, kindOfDocument } from "./documents.ts";
import { ancestorUri, comparableUri, pathOfUri, placeOfTree } from "./uris.ts";

/** An open unit file or drop-in with all that is known around it. */
export interface UnitDocument {
  readonly document: TextDocument;
  readonly file: UnitFile;
  readonly context: UnitContext;
  /** Undefined where the path does not say what the file is. */
  readonly location?: UnitLocation;
  /** Of a file outside of trees its whole path. */
  readonly path: string;
  readonly tree?: UnitTree;
  /** The unit that it is a part of, when the other files are known. */
  readonly unit?: Unit;
}

/** The units of a tree, with open documents as they are in the editor. */
export interface UnitTree {
  readonly rootUri: string;
  readonly files: Tree;
  readonly place: TreePlace;
  readonly units: TreeUnits;
  readonly checks: Project["checks"];
  readonly systemd?: number;
}

export interface UnitStore {
  open(document: TextDocument): Promise<UnitDocument>;
  /** The unit of a file that need not be open. */
  unitAt(uri: string): Promise<{ readonly tree: UnitTree; readonly unit: Unit } | undefined>;
  /** The units of the tree in a folder; undefined where there is no such folder. */
  tree(rootUri: string): Promise<UnitTree | undefined>;
  /** To be called when files came, went or changed otherwise than in their content. */
  forget(): void;
  /** To be called when the content of a file changed. */
  reread(uri: string): void;
}

interface StoredTree {
  readonly files: Tree;
  readonly units: TreeUnits;
  readonly project: Project;
}

/** `treeAt` gives the files of a tree's folder with open documents in them; undefined for what is no tree. */
export function createUnitStore(
  documents: Documents,
  treeAt: (rootUri: string) => Tree | undefined,
  targetSystemd: () => number | undefined,
): UnitStore {
  const stored = new Map<string, Promise<StoredTree | undefined>>();
  const parsed = new WeakMap<TextDocument, { version: number; file: UnitFile }>();

  function parse(document: TextDocument, location: UnitLocation | undefined): UnitFile {
    const known = parsed.get(document);
    if (known?.version === document.version) return known.file;
    const file = parseUnitFile(document.getText(), location, known?.file);
    parsed.set(document, { version: document.version, file });
    return file;
  }

  async function read(rootUri: string): Promise<StoredTree | undefined> {
    const files = treeAt(rootUri);
    if (files === undefined) return undefined;
    return { files, units: await readTreeUnits(files), project: await readProject(files) };
  }

  async function tree(rootUri: string): Promise<UnitTree | undefined> {
    const known = stored.get(rootUri) ?? read(rootUri);
    stored.set(rootUri, known);
    try {
      const found = await known;
      if (found === undefined) return undefined;
      const systemd = targetSystemd() ?? found.project.systemd;
      return {
        rootUri,
        files: found.files,
        place: placeOfTree(rootUri),
        units: withOpenDocuments(found.units, rootUri),
        checks: found.project.checks,
        ...(systemd === undefined ? {} : { systemd }),
      };
    } catch (error) {
      if (stored.get(rootUri) === known) stored.delete(rootUri); // the next one may be luckier
      throw error;
    }
  }

  /** The units of a tree with the texts of the editor in place of those on the disk. */
  function withOpenDocuments(units: TreeUnits, rootUri: string): TreeUnits {
    const prefix = `${comparableUri(rootUri)}/`;
    const open = new Map<string, TreeUnits["files"][number]>();
    for (const document of documents.all()) {
      const uri = comparableUri(document.uri);
      if (!uri.startsWith(prefix) || kindOfDocument(document) !== "unit") continue;
      const path = uri.slice(prefix.length);
      const location = locateUnit(path);
      if (location !== undefined) open.set(path, { path, location, file: parse(document, location) });
    }
    if (open.size === 0) return units;
    const files = units.files.map((file) => {
      const mine = open.get(file.path);
      open.delete(file.path);
      return mine === undefined ? file : { ...file, ...mine };
    });
    return { ...units, files: [...files, ...open.values()] };
  }

  async function treeOf(uri: string, location: UnitLocation | undefined): Promise<UnitTree | undefined> {
    return location?.path === undefined ? undefined : await tree(ancestorUri(uri, location.path.split("/").length));
  }

  return {
    tree,
    async unitAt(uri) {
      const location = locateUnit(pathOfUri(uri) ?? "");
      const found = await treeOf(uri, location);
      const unit = found && location && unitOfFile(found.units, location);
      return found && unit && { tree: found, unit };
    },
    async open(document) {
      const wholePath = pathOfUri(document.uri) ?? "";
      const location = locateUnit(wholePath);
      const file = parse(document, location);
      const found = await treeOf(document.uri, location);
      const systemd = found?.systemd ?? targetSystemd();
      const unit = found && location && unitOfFile(found.units, location);
      const mode = found?.units.files.find((known) => known.path === location?.path)?.mode;
      return {
        document,
        file,
        path: location?.path ?? wholePath,
        context: unitContext(location, {
          ...(systemd === undefined ? {} : { systemd }),
          ...(mode === undefined ? {} : { mode }),
          ...(found === undefined ? {} : { neighbors: namesOf(found.units, location?.manager ?? "system") }),
        }),
        ...(location === undefined ? {} : { location }),
        ...(found === undefined ? {} : { tree: found }),
        ...(unit === undefined ? {} : { unit }),
      };
    },
    forget: () => stored.clear(),
    reread(uri) {
      const changed = comparableUri(uri);
      for (const [rootUri, known] of stored) {
        const root = comparableUri(rootUri);
        const prefix = `${root}/`;
        if (changed === root) stored.delete(rootUri); // an image was written again
        if (!changed.startsWith(prefix)) continue;
        const path = changed.slice(prefix.length);
        if (locateUnit(path) === undefined) stored.delete(rootUri);
        else
          stored.set(
            rootUri,
            known.then((found) => found && withFileAnew(found, path)),
          );
      }
    },
  };
}

/** The tree with one of its unit files as it is on the disk by now. */
async function withFileAnew(stored: StoredTree, path: string): Promise<StoredTree> {
  const text = await readText(stored.files, path);
  const location = locateUnit(path);
  const others = stored.units.files.filter((file) => file.path !== path);
  if (text === undefined || location === undefined) return { ...stored, units: { ...stored.units, files: others } };
  const mode = await modeOf(stored.files, path);
  const files = stored.units.files.map((file) =>
    file.path === path ? { path, location, file: parseUnitFile(text, location), ...mode } : file,
  );
  return { ...stored, units: { ...stored.units, files } };
}

/** The text of a unit file of a tree. */
export function textInTree({ units }: UnitTree, path: string): string | undefined {
  return units.files.find((file) => file.path === path)?.file.text;
}

/** Texts of the tree's release files, which mention units as well, by path. */
export async function readReleaseFiles({ files, place }: UnitTree): Promise<ReadonlyMap<string, string>> {
  const { allReleaseFiles } = await describeTree(files, place);
  const texts = new Map<string, string>();
  for (const path of allReleaseFiles) {
    const text = await readText(files, path);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/** Whether a path of a tree is a file or folder. */
export async function isFileInTree({ files }: Pick<UnitTree, "files">, path: string): Promise<boolean> {
  try {
    await files.stat(path);
    return true;
  } catch {
    return false;
  }
}
