// The files of systemd-sysupdate that are open, each parsed once a version, and the definitions that count with them.
import type { TextDocument } from "vscode-languageserver-textdocument";
import { languages } from "../../../shared/src/ids.ts";
import {
  describeTree,
  type KnownExtension,
  knownExtensions,
  locateUpdate,
  looksLikeUpdate,
  type Project,
  parseReleaseFile,
  parseUnitFile,
  type ReleaseFile,
  readText,
  readUpdateSets,
  type SeverityOverrides,
  setsAround,
  type Tree,
  type UnitFile,
  type UpdateContext,
  type UpdateKind,
  type UpdateLocation,
  type UpdateSet,
  updateContext,
} from "../core/index.ts";
import { type Documents, kindOfDocument, withOpenDocuments } from "./documents.ts";
import type { Platform } from "./platform.ts";
import { rememberTree } from "./remembered-tree.ts";
import { readSetAt } from "./update-sets.ts";
import { ancestorUri, comparableUri, isTopFolder, pathOfUri, placeOfTree } from "./uris.ts";

/** An open definition or drop-in with all that is known around it. */
export interface UpdateDocument {
  readonly document: TextDocument;
  readonly file: UnitFile;
  readonly kind: UpdateKind;
  readonly context: UpdateContext;
  /** Undefined where the path does not say what the file is. */
  readonly location?: UpdateLocation;
  /** As the set calls it: from the root on, or from the folder of definitions that lies in no root. */
  readonly path: string;
  /** The folder that the paths of the set count from. */
  readonly tree?: { readonly rootUri: string; readonly files: Tree };
  /** Severities of the project file. */
  readonly checks: SeverityOverrides;
}

export interface UpdateStore {
  open(document: TextDocument): Promise<UpdateDocument>;
  /** To be called when files came, went or changed otherwise than in their content. */
  forget(): void;
  /** To be called when the content of a file changed. */
  reread(uri: string): void;
}

/** What the store reads from. */
export interface UpdateSources {
  readonly platform: Platform;
  /** The extensions of the workspace that were read so far, but for the one in this folder. */
  extensionsBeside(rootUri: string): readonly KnownExtension[];
  targetSystemd(): number | undefined;
}

/** A folder as it is on the disk, and the sets that its texts come to with those of the editor. */
interface StoredFolder {
  readonly files: Tree;
  /** By the URI of the document that was asked about. */
  readonly states: Map<string, { readonly versions: string; readonly found: Promise<FoundSets> }>;
}

interface FoundSets {
  readonly sets: readonly UpdateSet[];
  readonly own: readonly KnownExtension[];
  readonly project?: Project;
}

export function createUpdateStore(documents: Documents, sources: UpdateSources): UpdateStore {
  const stored = new Map<string, StoredFolder>();
  const parsed = new WeakMap<TextDocument, { version: number; kind: UpdateKind; file: UnitFile }>();

  function parse(document: TextDocument, kind: UpdateKind, template: boolean): UnitFile {
    const known = parsed.get(document);
    if (known?.version === document.version && known.kind === kind) return known.file;
    const before = known?.kind === kind ? known.file : undefined;
    const file = parseUnitFile(document.getText(), { type: kind, template }, before);
    parsed.set(document, { version: document.version, kind, file });
    return file;
  }

  function folderAt(rootUri: string): StoredFolder | undefined {
    const known = stored.get(rootUri);
    if (known !== undefined) return known;
    const tree = sources.platform.folderTree(rootUri);
    if (tree === undefined) return undefined;
    const folder: StoredFolder = { files: rememberTree(tree), states: new Map() };
    stored.set(rootUri, folder);
    return folder;
  }

  /** Which texts of the editor count below a folder; of `asked` only whether it has one, as it is put in by itself. */
  function versionsBelow(rootUri: string, asked: string): string {
    const prefix = `${comparableUri(rootUri)}/`;
    return documents
      .all()
      .filter((document) => comparableUri(document.uri).startsWith(prefix) && kindOfDocument(document) !== "unit")
      .map((document) => `${document.uri} ${document.uri === asked ? document.getText() === "" : document.version}`)
      .join("\n");
  }

  async function findSets(
    uri: string,
    rootUri: string,
    folder: StoredFolder,
    location: UpdateLocation,
  ): Promise<FoundSets> {
    const versions = versionsBelow(rootUri, uri);
    const known = folder.states.get(uri);
    if (known?.versions === versions) return await known.found;
    const found = location.path === undefined ? readLoose(uri, folder) : readRoot(rootUri, folder);
    folder.states.set(uri, { versions, found });
    try {
      return await found;
    } catch (error) {
      if (folder.states.get(uri)?.found === found) folder.states.delete(uri); // the next one may be luckier
      throw error;
    }
  }

  async function readRoot(rootUri: string, folder: StoredFolder): Promise<FoundSets> {
    const files = withOpenDocuments(folder.files, rootUri, documents);
    const sets = await readUpdateSets(files);
    // The host's own files are no extension, although they look like one where extensions are merged.
    if (isTopFolder(rootUri)) return { sets, own: [] };
    const extension = await describeTree(files, placeOfTree(rootUri));
    const releases = new Map<string, ReleaseFile>();
    for (const path of extension.releaseFiles) {
      const text = await readText(files, path);
      if (text !== undefined) releases.set(path, parseReleaseFile(text));
    }
    return { sets, own: knownExtensions({ extension, releases }), project: extension.project };
  }

  /** A folder of definitions that lies in no root, as `--definitions=` takes it. */
  async function readLoose(uri: string, { files }: StoredFolder): Promise<FoundSets> {
    try {
      const placed = await readSetAt(uri, documents, { ...sources.platform, folderTree: () => files });
      return { sets: placed === undefined ? [] : [placed.set], own: [] };
    } catch {
      return { sets: [], own: [] }; // a folder that is not there yet has no other definitions
    }
  }

  return {
    async open(document) {
      const wholePath = pathOfUri(document.uri) ?? "";
      const location = locateUpdate(wholePath);
      const kind = kindOf(document, location);
      const file = parse(document, kind, location?.template ?? false);
      const names = location?.path ?? namesInFolder(wholePath, location);
      const rootUri = ancestorUri(document.uri, names.split("/").length);
      const folder = location === undefined ? undefined : folderAt(rootUri);
      const found = folder && location && (await findSets(document.uri, rootUri, folder, location));
      const { set, hasSystemSet } = found && location ? setsAround(found.sets, location) : {};
      const systemd = sources.targetSystemd() ?? found?.project?.systemd;
      return {
        document,
        file,
        kind,
        path: location === undefined ? wholePath : names,
        context: updateContext(location, {
          extensions: [...(found?.own ?? []), ...sources.extensionsBeside(rootUri)],
          ...(systemd === undefined ? {} : { systemd }),
          ...(set === undefined ? {} : { set: withFile(set, names, file) }),
          ...(hasSystemSet === undefined || location?.path === undefined ? {} : { hasSystemSet }),
        }),
        checks: found?.project?.checks ?? {},
        ...(location === undefined ? {} : { location }),
        ...(folder === undefined ? {} : { tree: { rootUri, files: folder.files } }),
      };
    },
    forget: () => stored.clear(),
    reread(uri) {
      const changed = comparableUri(uri);
      for (const rootUri of stored.keys()) {
        if (`${changed}/`.startsWith(`${comparableUri(rootUri)}/`)) stored.delete(rootUri);
      }
    },
  };
}

/** By its place, else by its language; features and components share one. */
function kindOf(document: TextDocument, location: UpdateLocation | undefined): UpdateKind {
  if (location !== undefined) return location.kind;
  if (document.languageId !== languages.feature) return "transfer";
  return looksLikeUpdate(document.getText(), "component") ? "component" : "feature";
}

/** The path of a file from the folder of definitions on, of a drop-in with its own folder. */
function namesInFolder(path: string, location: UpdateLocation | undefined): string {
  return path
    .split("/")
    .slice(location?.form === "drop-in" ? -2 : -1)
    .join("/");
}

/** The set with a file in it as it is in the editor, so that what is known of its parts is kept. */
function withFile(set: UpdateSet, path: string, file: UnitFile): UpdateSet {
  return {
    ...set,
    definitions: set.definitions.map((definition) => {
      const { main, dropIns } = definition;
      return {
        ...definition,
        ...(main?.path === path ? { main: { path, file } } : {}),
        dropIns: dropIns.map((source) => (source.path === path ? { path, file } : source)),
      };
    }),
  };
}
