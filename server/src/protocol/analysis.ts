// Asks core about documents and trees, and keeps what does not change from one keystroke to the next.
import type { TextDocument } from "vscode-languageserver-textdocument";
import { projectFileName } from "../../../shared/src/ids.ts";
import type { TreeDescription } from "../../../shared/src/requests.ts";
import {
  checkParsedUnit,
  checkProject,
  checkRelease,
  checkUpdate,
  describeTree,
  type ExtensionTree,
  type Finding,
  findMaker,
  findTrees,
  type KnownExtension,
  knownExtensions,
  locateRelease,
  locateUnit,
  parseProjectChecks,
  type ReleaseContext,
  releaseContext,
  type Tree,
  type TreeFacts,
  type TreePlace,
  withSeverities,
} from "../core/index.ts";
import { type Documents, kindOfDocument, withOpenDocuments } from "./documents.ts";
import type { Platform } from "./platform.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { treeFindingsIn } from "./tree-findings.ts";
import { createTreeStore, type ReadTree } from "./tree-store.ts";
import { createUnitStore, type UnitDocument, type UnitStore, type UnitTree } from "./unit-store.ts";
import { createUpdateStore, type UpdateDocument } from "./update-store.ts";
import { ancestorUri, descendantUri, isInImage, isTopFolder, pathOfUri, placeOfTree } from "./uris.ts";

export interface Analysis {
  /** What is known about the surroundings of a document; the same until something around it changes. */
  context(document: TextDocument): Promise<ReleaseContext>;
  findings(document: TextDocument): Promise<readonly Finding[]>;
  /** A unit file with all that is known around it; undefined when it is outside of what the user wants looked at. */
  unit(document: TextDocument): Promise<UnitDocument | undefined>;
  /** A file of systemd-sysupdate with all that is known around it. */
  update(document: TextDocument): Promise<UpdateDocument>;
  /** The unit that a file is a part of, with its tree; the file need not be open. */
  unitAt: UnitStore["unitAt"];
  /** The units of the tree in a folder. */
  unitTree(rootUri: string): Promise<UnitTree | undefined>;
  /** The tree that a file or folder belongs to. */
  describeTree(uri: string): Promise<TreeDescription | null>;
  /** The trees below a folder; with a signal those that were found until it was aborted. */
  listTrees(folderUri: string, signal?: { readonly aborted: boolean }): Promise<TreeDescription[]>;
  /** URI of the tree's folder of a release file; undefined when the document is in none. */
  rootUri(documentUri: string): string | undefined;
  /** Whether the user wants hints beside the text. */
  showsHints(): boolean;
  /** The lowest version of systemd that extensions are for, when the user says so. */
  targetSystemd(): number | undefined;
  setSettings(settings: Settings): void;
  /** The tree in a folder, read as a whole; undefined where there is no such folder. */
  readTree(rootUri: string): Promise<ReadTree | undefined>;
  /** The tree as it was read last. */
  knownTree(rootUri: string): ReadTree | undefined;
  /** A host that the user names, which the table of hosts does not have. */
  namedHost: Platform["namedHost"];
  /** To be called when files or documents changed; the folders of the trees that are to be read anew. */
  treesChanged(uris: readonly string[]): readonly string[];
  /** To be called when files or documents changed that others depend on. */
  forgetContext(): void;
  /** To be called when the content of a file changed on the disk. */
  rereadFile(uri: string): void;
  /** To be called when a document is closed. */
  forgetDocument(uri: string): void;
}

/** Nobody reads more, and editors show no more. */
const maxFindings = 1000;
/** How far up a tree's folder is looked for from a file inside of it. */
const highestTree = 64;

export function createAnalysis(documents: Documents, platform: Platform): Analysis {
  let settings = defaultSettings;
  const contexts = new Map<string, Promise<ReleaseContext>>();
  const findings = new WeakMap<TextDocument, { version: number; context: ReleaseContext; found: readonly Finding[] }>();
  const trees = new Map<string, Promise<boolean>>();
  const units = createUnitStore(
    documents,
    (rootUri) => treeAt(rootUri)?.tree,
    () => settings.systemd,
  );

  const wholeTrees = createTreeStore({
    treeAt: placedTreeAt,
    unitTree: (rootUri) => units.tree(rootUri),
    platform,
    settings: () => settings,
  });

  const updates = createUpdateStore(documents, {
    platform,
    extensionsBeside: (rootUri) =>
      [...wholeTrees.facts()].flatMap(([uri, facts]) => (uri === rootUri ? [] : asBeside(facts))),
    targetSystemd: () => settings.systemd,
  });

  /** The place of a tree, with the tool that builds from it. */
  async function placedTreeAt(rootUri: string): Promise<{ tree: Tree; place: TreePlace } | undefined> {
    const found = treeAt(rootUri);
    if (isInImage(rootUri)) return found; // it is built already
    const parent = platform.folderTree(ancestorUri(rootUri, 1));
    if (found === undefined || parent === undefined) return found;
    const maker = await findMaker(parent, found.place.folder);
    return maker === undefined ? found : { ...found, place: { ...found.place, maker } };
  }

  function treeAt(rootUri: string): { tree: Tree; place: TreePlace } | undefined {
    const tree = platform.folderTree(rootUri);
    // The host's own files are no extension, although they look like one where extensions are merged.
    if (tree === undefined || pathOfUri(rootUri) === undefined || isTopFolder(rootUri)) return undefined;
    return { tree: withOpenDocuments(tree, rootUri, documents), place: placeOfTree(rootUri) };
  }

  function rootUri(uri: string): string | undefined {
    const path = pathOfUri(uri) ?? "";
    const inTree = locateRelease(path)?.path ?? locateUnit(path)?.path;
    return inTree === undefined ? undefined : ancestorUri(uri, inTree.split("/").length);
  }

  async function findContext(uri: string): Promise<ReleaseContext> {
    const target = settings.systemd === undefined ? {} : { systemd: settings.systemd };
    const located = locateRelease(pathOfUri(uri) ?? "");
    const root = rootUri(uri);
    if (located === undefined || root === undefined) return target;
    const found = await placedTreeAt(root);
    const { suffix, path, location } = located;
    if (found === undefined) return { suffix, path, location, ...target };
    return await releaseContext(found.tree, found.place, path, settings.systemd);
  }

  async function context(document: TextDocument): Promise<ReleaseContext> {
    const { uri } = document;
    const known = contexts.get(uri) ?? findContext(uri);
    contexts.set(uri, known);
    try {
      return await known;
    } catch (error) {
      if (contexts.get(uri) === known) contexts.delete(uri); // the next one may be luckier
      throw error;
    }
  }

  async function describe(root: string): Promise<TreeDescription | null> {
    const found = await placedTreeAt(root);
    return found === undefined ? null : toDescription(root, await describeTree(found.tree, found.place));
  }

  /** The project file sets severities for its own findings too; those of the user go before. */
  function check(document: TextDocument, around: ReleaseContext): Finding[] {
    const text = document.getText();
    if (kindOfDocument(document) === "project") {
      return withSeverities(checkProject(text), { ...parseProjectChecks(text), ...settings.severities });
    }
    return checkRelease(text, around, { ...parseProjectChecks(around.tree?.project), ...settings.severities });
  }

  async function unit(document: TextDocument): Promise<UnitDocument | undefined> {
    const found = await units.open(document);
    if (settings.unitScope === "everywhere" || document.uri.startsWith("untitled:")) return found;
    return found.tree !== undefined && (await isExtensionTree(found.tree.rootUri)) ? found : undefined;
  }

  async function isExtensionTree(root: string): Promise<boolean> {
    const known = trees.get(root) ?? describe(root).then((found) => found !== null && isTree(found));
    trees.set(root, known);
    return await known;
  }

  async function unitFindings(document: TextDocument): Promise<readonly Finding[]> {
    const found = await unit(document);
    if (found === undefined) return [];
    const { file, path, location, context: around, tree } = found;
    const all = checkParsedUnit(file, path, location, {
      systemd: around.systemd,
      ...(found.unit === undefined ? {} : { unit: found.unit }),
      ...(around.neighbors === undefined ? {} : { neighbors: around.neighbors }),
      ...(around.mode === undefined ? {} : { mode: around.mode }),
    });
    return withSeverities(all, { ...tree?.checks, ...settings.severities }).slice(0, maxFindings);
  }

  async function updateFindings(document: TextDocument): Promise<readonly Finding[]> {
    const { file, path, context: around, checks } = await updates.open(document);
    const all = checkUpdate(file, path, around);
    return withSeverities(all, { ...checks, ...settings.severities }).slice(0, maxFindings);
  }

  /** Findings of a document's own text. */
  async function ownFindings(document: TextDocument): Promise<readonly Finding[]> {
    const kind = kindOfDocument(document);
    if (kind === "unit") return await unitFindings(document);
    if (kind === "update") return await updateFindings(document);
    const around = await context(document);
    const kept = findings.get(document);
    if (kept?.version === document.version && kept.context === around) return kept.found;
    const found = check(document, around).slice(0, maxFindings);
    findings.set(document, { version: document.version, context: around, found });
    return found;
  }

  return {
    context,
    rootUri,
    unit,
    update: (document) => updates.open(document),
    unitAt: (uri) => units.unitAt(uri),
    unitTree: (root) => units.tree(root),
    readTree: (root) => wholeTrees.read(root),
    knownTree: (root) => wholeTrees.known(root),
    namedHost: (name, folderUri) => platform.namedHost(name, folderUri),
    treesChanged: (uris) => wholeTrees.changed(uris),
    async findings(document) {
      const own = await ownFindings(document);
      const root = rootUri(document.uri);
      const known = root === undefined ? undefined : wholeTrees.known(root);
      const ofTree = known === undefined ? [] : treeFindingsIn(known, document);
      return ofTree.length === 0 ? own : [...own, ...ofTree].sort((a, b) => a.span.start - b.span.start);
    },
    async describeTree(uri) {
      const root = rootUri(uri);
      if (root !== undefined) return await describe(root);
      // From the innermost folder outwards.
      let folder = uri.replace(/\/$/, "");
      for (let up = 0; !isTopFolder(folder) && up < highestTree; up++) {
        const description = await describe(folder);
        if (description !== null && (up === 0 ? description.hierarchies.length > 0 : isTree(description)))
          return description;
        const parent = ancestorUri(folder, 1);
        if (parent === folder) break; // the root of an image
        folder = parent;
      }
      return null;
    },

    async listTrees(folderUri, signal) {
      const folder = folderUri.replace(/\/$/, "");
      const tree = platform.folderTree(folder);
      if (tree === undefined) return [];
      const paths = await findTrees(tree, signal);
      const found = await Promise.all(
        paths.map((path) => describe(path === "" ? folder : descendantUri(folder, path))),
      );
      return found.filter((description) => description !== null);
    },

    showsHints: () => settings.inlayHints,
    targetSystemd: () => settings.systemd,
    setSettings(next) {
      settings = next;
      contexts.clear();
      wholeTrees.forget();
    },
    forgetContext() {
      contexts.clear();
      trees.clear();
      units.forget();
      updates.forget();
      wholeTrees.forget();
    },
    rereadFile(uri) {
      contexts.clear();
      units.reread(uri);
      updates.reread(uri);
    },
    forgetDocument: (uri) => void contexts.delete(uri),
  };
}

/** The extension of a tree as the files of others see it. */
function asBeside(facts: TreeFacts): KnownExtension[] {
  return knownExtensions(facts).map((extension) => ({ ...extension, own: false }));
}

/** Whether a folder that the user did not name is a tree, judged by its content. */
function isTree({ hierarchies, releaseFiles, leftOut, maker }: TreeDescription): boolean {
  return (
    hierarchies.length > 0 && (releaseFiles.length > 0 || maker !== undefined || leftOut.includes(projectFileName))
  );
}

function toDescription(uri: string, tree: ExtensionTree): TreeDescription {
  const problem = isInImage(uri)
    ? "it is an image, which is built already; build from the tree that it was made of"
    : tree.problem;
  return {
    uri,
    name: tree.name,
    class: tree.class,
    hierarchies: tree.hierarchies,
    leftOut: tree.leftOut,
    releaseFiles: tree.releaseFiles.map((path) => descendantUri(uri, path)),
    build: tree.project.build,
    ...(tree.project.version === undefined ? {} : { version: tree.project.version }),
    ...(tree.maker === undefined ? {} : { maker: tree.maker }),
    ...(problem === undefined ? {} : { problem }),
  };
}
