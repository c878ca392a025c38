// Users and groups that hosts have by themselves, and those that a tree declares.
import type { TreeContext } from "../model/tree-context.ts";
import type { Script, TreeFacts } from "../model/tree-facts.ts";
import { nameOf } from "../model/tree-files.ts";

const everywhere: ReadonlySet<string> = new Set(
  `root nobody nogroup nfsnobody bin daemon sys mail man games news lp adm wheel sudo staff utmp audio cdrom dialout disk
  floppy input kmem kvm render sgx tape tty users video clock lock ftp operator shutdown halt sync uucp proxy www-data
  messagebus dbus polkitd sshd core`.split(/\s+/),
);

/** Whether every host has a user or group of this name, or one that is a number. */
export function isSystemUser(name: string): boolean {
  return /^\d+$/.test(name) || everywhere.has(name) || name.startsWith("systemd-");
}

/** The names that `sysusers.d` files declare. */
export interface DeclaredNames {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** Reads the text of a `sysusers.d` file: each user has a group of the same name. */
export function readSysusers(texts: Iterable<string>): DeclaredNames {
  const users = new Set<string>();
  const groups = new Set<string>();
  for (const text of texts) {
    for (const line of text.split("\n")) {
      const [type = "", name = "", third = ""] = line.trim().split(/\s+/).map(withoutQuotes);
      if (/^[ug]!?$/.test(type)) groups.add(name);
      if (/^u!?$/.test(type)) users.add(name);
      if (type !== "m") continue;
      users.add(name);
      groups.add(third);
    }
  }
  return { users, groups };
}

function withoutQuotes(word: string): string {
  return word.replace(/^(["'])(.*)\1$/, "$2");
}

/** The names that the tree declares. */
export function declaredIn({ texts }: Pick<TreeFacts, "texts">): DeclaredNames {
  return readSysusers([...texts].flatMap(([path, text]) => (isSysusers(path) ? [text] : [])));
}

export function isSysusers(path: string): boolean {
  return /\/sysusers\.d\/[^/]+\.conf$/.test(path);
}

/** Whether somebody else may make a user: a script of the tree, a build, a database of users, the host, another extension. */
export function mayBeMadeElsewhere(
  { files, scripts, extension }: TreeFacts,
  { base, others }: TreeContext,
  name: string,
): boolean {
  if (files.children("usr/lib/userdb").some(({ path }) => nameOf(path).startsWith(`${name}.`))) return true;
  if (extension.project.generated.some((path) => path.includes("sysusers.d"))) return true;
  const file = `usr/lib/sysusers.d/${name}.conf`;
  if (base?.typeOf(file) !== undefined || others.some((other) => other.files.get(file) !== undefined)) return true;
  return [...scripts.values()].some(makesUsers);
}

const known = new WeakMap<Script, boolean>();

function makesUsers(script: Script): boolean {
  const found = known.get(script) ?? /\b(?:useradd|groupadd|adduser|addgroup)\b/.test(script.text);
  known.set(script, found);
  return found;
}
