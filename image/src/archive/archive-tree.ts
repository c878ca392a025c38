// The files of an archive as a FileTree: what would be there if all of its entries were unpacked in their order.
//
// Of several entries with one name the last one counts, folders without an entry are there all the same, and a symlink among
// the folders of a name is followed inside the archive. As in GNU tar, whatever precedes the last `..` of a name, and a leading
// slash, is dropped; entries that GNU tar then leaves out are shown inside, and counted. Entries that can be nowhere, below a
// file or linked to nothing, are counted in the warning. Whiteouts of container layers are files like any other.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import type { FileStat, FileTree, FileType } from "../tree/file-tree.ts";
import { encodeName, sortNames } from "../tree/names.ts";
import { type MemberContent, readMember, storedBytes } from "./member-content.ts";

/** A file as an archive describes it. */
export interface Member {
  readonly type: FileType;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  /** Bytes of a file. */
  readonly size: number;
  readonly content: MemberContent;
  /** Of a symlink. */
  readonly target?: string;
  /** Of a device, in Linux's encoding. */
  readonly rdev?: number;
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** A file in the tree, which may have several names. */
export interface MemberNode {
  member: Member;
  names: number;
  /** Set where there is more than one name. */
  identity: string | undefined;
  /** Of a folder. */
  readonly children: Map<string, MemberNode> | undefined;
}

export interface ArchiveTree {
  /** The tree of all that was added. */
  readonly tree: FileTree;
  /** How many files, folders … there are. */
  readonly count: number;
  /** Clauses about entries that are not where they say, or not there. */
  warnings(): string[];
  /** Puts a file at the place that an entry names, in place of what is there. Undefined when it can be nowhere. */
  add(name: string, member: Member): MemberNode | undefined;
  /** Gives a file another name. False when it can be nowhere. */
  link(name: string, node: MemberNode): boolean;
  /** The file that an entry with that name would replace. */
  find(name: string): MemberNode | undefined;
  /** Counts an entry that is not shown. */
  leaveOut(): void;
}

/** More entries than anybody's archive has, so that memory stays bounded. */
const maxEntries = 2_000_000;
/** Bytes of a name with the folders that it is in; longer than any system takes. */
const maxPathLength = 16_384;
/** As many as Linux follows. */
const maxSymlinks = 40;

const noContent: MemberContent = { pieces: [] };
const impliedFolder: Member = { type: "directory", mode: 0o755, uid: 0, gid: 0, mtime: 0, size: 0, content: noContent };
const noXattrs: ReadonlyMap<string, Uint8Array> = new Map();

/** A device's number in Linux's encoding. */
export function deviceNumber(major: number, minor: number): number {
  return (minor % 256) + major * 256 + Math.floor(minor / 256) * 2 ** 20;
}

/** Says that no host takes an archive for an extension, and what else there is to say of it. */
export function archiveWarning(what: string, more: readonly string[]): string {
  return [`it is ${what}, which hosts do not accept; build an image from its files`, ...more].join("; ");
}

/**
 * The names of folders and file in an entry's name, which is below the root whatever it says: as GNU tar unpacks it, without
 * all that is up to its last `..`.
 */
function namesIn(written: string): { readonly names: string[]; readonly leadsOut: boolean } {
  const names = written.split("/").filter((name) => name !== "" && name !== ".");
  const last = names.lastIndexOf("..");
  return { names: last < 0 ? names : names.slice(last + 1), leadsOut: last >= 0 };
}

/** An empty tree for the archive in `source`. */
export function archiveTree(source: ByteSource): ArchiveTree {
  const root = newNode(impliedFolder);
  let count = 1;
  let identities = 0;
  let ledOut = 0;
  let leftOut = 0;

  function newChild(folder: MemberNode, name: string, node: MemberNode): MemberNode {
    const { children } = folder;
    const old = children?.get(name);
    if (old !== undefined) drop(old);
    if (node.names === 0) count += 1;
    node.names += 1;
    if (count > maxEntries)
      throw new ImageError("unsupported", "it has more than 2 million entries; unpack it instead");
    children?.set(name, node);
    return node;
  }

  function drop(node: MemberNode): void {
    node.names -= 1;
    if (node.names === 0) count -= 1;
  }

  /** The folder that an entry is in; made where it is missing. Undefined where something else is in its place. */
  function folderOf(names: readonly string[], mayMake: boolean): MemberNode | undefined {
    const left = names.toReversed();
    const path = [root];
    let links = 0;
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      if (name === "" || name === ".") continue;
      if (name === "..") {
        if (path.length > 1) path.pop();
        continue;
      }
      const folder = path.at(-1) ?? root;
      const found = folder.children?.get(name);
      // As when unpacking, a symlink among the folders is followed; never above the root.
      if (found?.member.target !== undefined) {
        links += 1;
        if (links > maxSymlinks) return undefined;
        const { target } = found.member;
        if (target.startsWith("/")) path.length = 1;
        left.push(...target.split("/").reverse());
      } else if (found === undefined) {
        if (!mayMake) return undefined;
        path.push(newChild(folder, name, newNode(impliedFolder)));
      } else if (found.children === undefined) {
        return undefined;
      } else {
        path.push(found);
      }
    }
    return path.at(-1);
  }

  /** Where an entry goes. */
  function placeOf(written: string, mayMake: boolean): { folder: MemberNode; name: string } | "root" | undefined {
    if (written.length > maxPathLength) throw damaged(`it has a name of ${written.length} characters`);
    const { names, leadsOut } = namesIn(written);
    if (leadsOut && mayMake) ledOut += 1;
    const name = names.pop();
    if (name === undefined) return "root";
    const folder = folderOf(names, mayMake);
    return folder === undefined ? undefined : { folder, name };
  }

  return {
    get count() {
      return count;
    },
    tree: treeOf(source, root),

    warnings() {
      return [
        ...(ledOut === 0 ? [] : [`${ledOut} of its names lead out of it with ".." and are shown inside it`]),
        ...(leftOut === 0
          ? []
          : [`${leftOut} of its entries are not shown: their parent is not a folder or their link target is missing`]),
      ];
    },

    leaveOut() {
      leftOut += 1;
    },

    add(written, member) {
      const place = placeOf(written, true);
      if (place === "root" && member.type === "directory") {
        root.member = member;
        return root;
      }
      if (place === undefined || place === "root") {
        leftOut += 1;
        return undefined;
      }
      const old = place.folder.children?.get(place.name);
      if (old?.children !== undefined) {
        if (member.type === "directory") {
          old.member = member;
          return old;
        }
        if (old.children.size > 0) {
          leftOut += 1;
          return undefined;
        }
      }
      return newChild(place.folder, place.name, newNode(member));
    },

    link(written, node) {
      const place = placeOf(written, true);
      if (place === undefined || place === "root") return false;
      const old = place.folder.children?.get(place.name);
      if (old === node) return true;
      if (old?.children !== undefined && old.children.size > 0) return false;
      node.identity ??= String(identities++);
      newChild(place.folder, place.name, node);
      return true;
    },

    find(written) {
      const place = placeOf(written, false);
      return place === "root" ? root : place?.folder.children?.get(place.name);
    },
  };
}

function newNode(member: Member): MemberNode {
  const children = member.type === "directory" ? new Map<string, MemberNode>() : undefined;
  return { member, names: 0, identity: undefined, children };
}

function treeOf(source: ByteSource, root: MemberNode): FileTree {
  function find(path: string, task: string): MemberNode {
    let node: MemberNode | undefined = root;
    if (path !== "") for (const name of path.split("/")) node = node?.children?.get(name);
    if (node === undefined) throw new ImageError("io", `${task}: no such file or folder`);
    return node;
  }

  function demand(path: string, type: FileType, task: string): MemberNode {
    const node = find(path, task);
    if (node.member.type !== type) throw new ImageError("io", `${task}: it is a ${node.member.type}`);
    return node;
  }

  return {
    async list(path, signal) {
      signal?.throwIfAborted();
      const { children = [] } = demand(path, "directory", `cannot read the folder "${path}"`);
      return sortNames(Array.from(children, ([name, { member }]) => ({ name, type: member.type })));
    },

    async stat(path, signal) {
      signal?.throwIfAborted();
      return statOf(find(path, `cannot read "${path}"`));
    },

    async read(path, offset, length, signal) {
      signal?.throwIfAborted();
      const { size, content } = demand(path, "file", `cannot read "${path}"`).member;
      const from = Math.min(offset, size);
      const wanted = Math.min(length, size - from);
      if (wanted > maxReadLength) {
        throw new ImageError("unsupported", "more than 1 GiB of a file was requested at once; read it in parts");
      }
      return await readMember(source, content, from, wanted, signal);
    },

    async readLink(path, signal) {
      signal?.throwIfAborted();
      return demand(path, "symlink", `cannot read the symlink "${path}"`).member.target ?? "";
    },

    async xattrs(path) {
      return find(path, `cannot read the attributes of "${path}"`).member.xattrs ?? noXattrs;
    },

    async storedSize(path) {
      const { type, content, size } = find(path, `cannot read "${path}"`).member;
      return type === "file" ? storedBytes(content, size) : 0;
    },
  };
}

/** A size that is a lie takes no memory. */
const maxReadLength = 2 ** 30;

function statOf({ member, names, identity, children }: MemberNode): FileStat {
  const { type, mode, uid, gid, mtime, size, target, rdev } = member;
  let nlink = names;
  if (children !== undefined) {
    nlink = 2;
    for (const child of children.values()) if (child.children !== undefined) nlink += 1;
  }
  return {
    type,
    mode,
    uid,
    gid,
    size: type === "file" ? size : type === "symlink" ? encodeName(target ?? "").length : 0,
    mtime,
    nlink,
    ...(identity !== undefined && nlink > 1 && children === undefined ? { identity } : {}),
    ...(rdev === undefined ? {} : { rdev }),
  };
}
