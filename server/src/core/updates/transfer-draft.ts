// A transfer while its files are read, one assignment after the other.
import type { Pattern } from "../values/parse-pattern.ts";
import type { WildcardLetter } from "../values/wildcards.ts";
import type { RelativeTo } from "./transfer.ts";

/** What the files of a transfer come to before it is judged as a whole. */
export interface DraftSide {
  type?: string;
  path?: string;
  relativeTo: RelativeTo;
  patterns: Pattern[];
}

export interface TransferDraft {
  readonly source: DraftSide;
  readonly target: DraftSide;
  features: string[];
  requisiteFeatures: string[];
  minVersion?: string;
  readonly protectedVersions: string[];
  /** 0 for the default. */
  instancesMax: bigint;
  currentSymlink?: string;
  removeTemporary: boolean;
  readonly given: Partial<Record<WildcardLetter, string>>;
}
