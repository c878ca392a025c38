// What a file is by its path for systemd-sysupdate: a definition, a drop-in of one, or neither; in any root.

/** What a definition describes: what is copied where, an optional part of an update, or a set of transfers by itself. */
export type UpdateKind = "transfer" | "feature" | "component";

export const updateKinds = ["transfer", "feature", "component"] as const satisfies readonly UpdateKind[];

export interface UpdateLocation {
  readonly kind: UpdateKind;
  readonly form: "definition" | "drop-in";
  /** The definition's name without suffix, which systemd calls its id. */
  readonly id: string;
  /** The definition's suffix; `.conf` is how transfers were called before systemd 257. */
  readonly suffix: ".transfer" | ".conf" | ".feature" | ".component";
  /** The component that the set of definitions is of; undefined for those of the system itself. */
  readonly component?: string;
  /** Path of the tree's folder, without a slash at the end; undefined for a file outside of systemd's folders. */
  readonly root?: string;
  /** Folder of the set relative to the root, such as `usr/lib/sysupdate.d`; of a component file the one that it lies in. */
  readonly folder?: string;
  /** Path of the file relative to the root. */
  readonly path?: string;
  /** Whether another tool makes the file from this one, so that placeholders stand in it. */
  readonly template: boolean;
}

/** The folders in which systemd-sysupdate looks for its own, the first of a name counting. */
export const updateRoots = ["etc", "run", "usr/local/lib", "usr/lib"] as const;

const updateFolder =
  /^(?:(.*?)\/)??((?:etc|run|usr\/local\/lib|usr\/lib|lib)\/sysupdate(?:\.([A-Za-z0-9_.:@+-]+?))?\.d)\/(.+)$/s;
const componentFile = /^(?:(.*?)\/)??((?:etc|run|usr\/local\/lib|usr\/lib|lib))\/(sysupdate\.[^/]+\.component.*)$/s;
/** A folder of definitions that is not below one of systemd's own, as in a repository of examples. */
const looseFolder = /(?:^|\/)sysupdate(?:\.([A-Za-z0-9_.:@+-]+?))?\.d\/([^/]+(?:\/[^/]+)?)$/s;

/** Endings of files from which other tools make a definition. */
const templateEnding = /\.(?:in|j2|jinja2?|tmpl|tpl|template|m4|mustache|hbs|erb|epp|ejs|gotmpl)$/;

/** Tells by its path what a file is; undefined for what is no file of systemd-sysupdate. Separators are `/`. */
export function locateUpdate(path: string): UpdateLocation | undefined {
  // Before the others: the folder of drop-ins of a component ends like one of definitions.
  const [, base = "", place, file = ""] = componentFile.exec(path) ?? [];
  const ofComponent = place === undefined ? undefined : readComponentNames(file.split("/"));
  if (place !== undefined && ofComponent !== undefined) {
    return { ...ofComponent, root: base, folder: place, path: `${place}/${file}` };
  }
  const [, root = "", folder, component, rest = ""] = updateFolder.exec(path) ?? [];
  if (folder !== undefined) {
    const found = readNames(rest.split("/"), true);
    return found && { ...found, ...named(component), root, folder, path: `${folder}/${rest}` };
  }
  if (place !== undefined) return undefined;
  const names = path.split("/").slice(-2);
  const isDropIn = names.length === 2 && /\.(?:transfer|feature|component)\.d$/.test(names[0] ?? "");
  const ofLooseComponent = readComponentNames(isDropIn ? names : names.slice(-1));
  if (ofLooseComponent !== undefined) return ofLooseComponent;
  const [, looseComponent, inside] = looseFolder.exec(path) ?? [];
  if (inside !== undefined) {
    const found = readNames(inside.split("/"), true);
    return found && { ...found, ...named(looseComponent) };
  }
  // Elsewhere only the endings tell, of which ".conf" is anybody's.
  return readNames(isDropIn ? names : names.slice(-1), false);
}

/** Whether a file outside of systemd's folders, whose name may be a transfer's, has one in it. */
export function looksLikeTransfer(text: string): boolean {
  const start = text.slice(0, 20_000);
  return /^[ \t]*\[Source\]/m.test(start) && /^[ \t]*\[Target\]/m.test(start);
}

const headers: Readonly<Record<UpdateKind, RegExp>> = {
  transfer: /^[ \t]*\[(?:Transfer|Source|Target)\]/m,
  feature: /^[ \t]*\[Feature\]/m,
  component: /^[ \t]*\[Component\]/m,
};

/** Whether a text has a header of this kind of definition, for files outside of systemd's folders that are called like one. */
export function looksLikeUpdate(text: string, kind: UpdateKind): boolean {
  return headers[kind].test(text.slice(0, 20_000));
}

function named(component: string | undefined): { readonly component?: string } {
  return component === undefined ? {} : { component };
}

type Named = Pick<UpdateLocation, "kind" | "form" | "id" | "suffix" | "template">;

/** Reads the names below a set's folder: a definition, or a folder of drop-ins and a file. */
function readNames([first = "", second, ...more]: readonly string[], certain: boolean): Named | undefined {
  if (more.length > 0) return undefined;
  if (second === undefined) return readDefinition(first, "definition", certain);
  const owner = first.endsWith(".d") ? readDefinition(first.slice(0, -2), "drop-in", certain) : undefined;
  const { name, template } = withoutTemplateEnding(second);
  return owner !== undefined && name.endsWith(".conf") ? { ...owner, template } : undefined;
}

function readDefinition(file: string, form: UpdateLocation["form"], certain: boolean): Named | undefined {
  const { name, template } = withoutTemplateEnding(file);
  const [, id = "", suffix] = /^(.+)(\.transfer|\.feature|\.conf)$/s.exec(name) ?? [];
  switch (suffix) {
    case ".transfer":
      return { kind: "transfer", form, id, suffix, template };
    case ".feature":
      return { kind: "feature", form, id, suffix, template };
    case ".conf":
      return certain ? { kind: "transfer", form, id, suffix, template } : undefined;
    default:
      return undefined;
  }
}

/** Reads the name of a component's own file, or its folder of drop-ins and a file. */
function readComponentNames([first = "", second, ...more]: readonly string[]):
  | (Named & Pick<UpdateLocation, "component">)
  | undefined {
  if (more.length > 0) return undefined;
  const form = second === undefined ? "definition" : "drop-in";
  const { name, template } = withoutTemplateEnding(second ?? first);
  const owner = second === undefined ? name : first.replace(/\.d$/, "");
  const [, component] = /^sysupdate\.(.+)\.component$/s.exec(owner) ?? [];
  if (component === undefined || (second !== undefined && !(first.endsWith(".d") && name.endsWith(".conf"))))
    return undefined;
  return { kind: "component", form, id: component, suffix: ".component", template, component };
}

function withoutTemplateEnding(file: string): { readonly name: string; readonly template: boolean } {
  const name = file.replace(templateEnding, "");
  return { name, template: name !== file };
}
