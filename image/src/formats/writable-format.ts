// What an image format that can be written says of itself: its options, how its images are recognised, and its writer.
import type { BuildCounts, BuildProgress, TreePlan } from "../build.ts";
import type { ByteSink, CancelSignal } from "../bytes/byte-source.ts";
import type { BlockEncoder, BlockEncoding } from "../codec/block-encoder.ts";
import type { FileTree } from "../tree/file-tree.ts";
import type { FormatOption, OptionReader } from "./format-options.ts";

export interface WriteOptions {
  /** How many batches of blocks the encoder works on at a time; 1 for one that has no threads. */
  readonly depth: number;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/** Writes the image of `tree` to `sink`, which is empty; throws ImageErrors. */
export type WriteImage<Plan> = (
  tree: FileTree,
  plan: Plan,
  sink: ByteSink,
  encoder: BlockEncoder,
  options: WriteOptions,
) => Promise<BuildCounts>;

interface FormatFacts<Plan extends TreePlan> {
  readonly name: Plan["format"];
  /** The options that shape its images, in the order in which they are shown. */
  readonly options: readonly FormatOption[];
  /** How many bytes at the beginning of a file tell whether it is an image of this format. */
  readonly headLength: number;
  isImage(head: Uint8Array): boolean;
  /** The plan of a build by the options that were written. */
  planOf(tree: Omit<TreePlan, "format">, read: OptionReader): Plan;
}

export interface FormatDefinition<Plan extends TreePlan> extends FormatFacts<Plan> {
  /** How blocks of files are compressed. */
  encodingOf(plan: Plan): BlockEncoding;
  /** What the options of a plan came to, in a few words: `gzip 6`. */
  describe(plan: Plan): string;
  /** Loads the writer, which most runs of the programs do without. */
  loadWriter(): Promise<WriteImage<Plan>>;
}

/** The same for a plan of which only the format is known. All three throw a TypeError for a plan of another format. */
export interface WritableFormat<Plan extends TreePlan = TreePlan> extends FormatFacts<Plan> {
  encodingOf(plan: TreePlan): BlockEncoding;
  describe(plan: TreePlan): string;
  readonly write: WriteImage<TreePlan>;
}

export function defineFormat<Plan extends TreePlan>(definition: FormatDefinition<Plan>): WritableFormat<Plan> {
  const { name, encodingOf, describe, loadWriter, ...facts } = definition;

  function own(plan: TreePlan): Plan {
    if (isOwn(plan)) return plan;
    throw new TypeError(`a plan of the format "${plan.format}" was given to "${name}"`);
  }
  const isOwn = (plan: TreePlan): plan is Plan => plan.format === name;

  return {
    name,
    ...facts,
    encodingOf: (plan) => encodingOf(own(plan)),
    describe: (plan) => describe(own(plan)),
    write: async (tree, plan, ...rest) => (await loadWriter())(tree, own(plan), ...rest),
  };
}
