// Keeps the largest of many files by two sizes at once, and adds up the others.

export interface Sized {
  /** A name, or a path. */
  readonly name: string;
  readonly real: number;
  /** 0 where it is not known. */
  readonly stored: number;
}

export interface KeptLargest {
  add(file: Sized): void;
  /** Whether a file could be among the largest, so that whoever asks need not make up its path. */
  wants(real: number, stored: number): boolean;
  /** Counts files that nobody told apart. */
  addRest(files: number, real: number, stored: number): void;
  list(): { readonly kept: readonly Sized[]; readonly rest: { files: number; real: number; stored: number } };
}

/** Keeps the `most` largest by `real` and the `most` largest by `stored`. */
export function keepLargest(most: number): KeptLargest {
  let kept: Sized[] = [];
  const rest = { files: 0, real: 0, stored: 0 };
  let [minReal, minStored] = [-1, -1];

  function addRest(files: number, real: number, stored: number): void {
    rest.files += files;
    rest.real += real;
    rest.stored += stored;
  }

  function trim(): void {
    if (kept.length <= most) return;
    const byReal = kept.toSorted((a, b) => b.real - a.real).slice(0, most);
    const byStored = kept.toSorted((a, b) => b.stored - a.stored).slice(0, most);
    const stays = new Set([...byReal, ...byStored]);
    for (const file of kept) if (!stays.has(file)) addRest(1, file.real, file.stored);
    kept = [...stays];
    minReal = byReal.at(-1)?.real ?? -1;
    minStored = byStored.at(-1)?.stored ?? -1;
  }

  return {
    wants: (real, stored) => real > minReal || stored > minStored,
    add(file) {
      kept.push(file);
      if (kept.length >= 6 * most) trim();
    },
    addRest,
    list() {
      trim();
      return { kept, rest };
    },
  };
}
