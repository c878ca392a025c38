// Groups transfers into sets by the folders that contain them.

export interface SetFile<File> {
  readonly file: File;
  /** With `/` between names. */
  readonly path: string;
  readonly text: string;
}

export interface UpdateSetFiles<File> {
  /** Undefined for the system's own set. */
  readonly component?: string;
  readonly files: readonly File[];
  /** The classes of extensions that its transfers update, as far as their paths show. */
  readonly classes: readonly ("sysext" | "confext")[];
}

/** The sets in the order of their names, the system's own first. */
export function setsOf<File>(files: readonly SetFile<File>[]): UpdateSetFiles<File>[] {
  const sets = new Map<string, SetFile<File>[]>();
  for (const file of files) {
    const [, component = ""] = /\/sysupdate(?:\.([^/]+))?\.d\/[^/]+$/.exec(file.path) ?? [undefined, undefined];
    sets.set(component, [...(sets.get(component) ?? []), file]);
  }
  return [...sets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([component, members]) => ({
      ...(component === "" ? {} : { component }),
      files: members.map(({ file }) => file),
      classes: (["sysext", "confext"] as const).filter((name) => members.some(({ text }) => classOf(text) === name)),
    }));
}

function classOf(text: string): "sysext" | "confext" {
  return /^[ \t]*(?:Path|CurrentSymlink)[ \t]*=.*\/confexts\b/m.test(text) ? "confext" : "sysext";
}
