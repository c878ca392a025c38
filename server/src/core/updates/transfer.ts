// A transfer as systemd-sysupdate takes it: defaults, derived and inherited values are in it.
import type { Pattern } from "../values/parse-pattern.ts";
import type { TargetType } from "../values/wildcards.ts";
import type { Fields } from "./match-pattern.ts";

export type SourceType = "url-file" | "url-tar" | "tar" | "regular-file" | "directory" | "subvolume";

export type RelativeTo = "root" | "esp" | "xbootldr" | "boot" | "explicit";

export interface TransferSide<Type extends string> {
  readonly type: Type;
  /** An address, a path without a slash at its end, or `auto`; specifiers are replaced, but for those that nobody knows. */
  readonly path: string;
  /** What the path is below. */
  readonly relativeTo: RelativeTo;
  /** At least one; with specifiers replaced, and nothing in them is faulty. */
  readonly patterns: readonly Pattern[];
}

export interface Transfer {
  /** The name of the definition without its suffix. */
  readonly id: string;
  /** Path of the definition's main file. */
  readonly path: string;
  readonly source: TransferSide<SourceType>;
  readonly target: TransferSide<TargetType>;
  readonly features: readonly string[];
  readonly requisiteFeatures: readonly string[];
  readonly minVersion?: string;
  /** Compared as texts. */
  readonly protectedVersions: readonly string[];
  /** How many versions are kept at most; undefined for any number. */
  readonly instancesMax?: number;
  /** As it is written, without what a path does not need. */
  readonly currentSymlink?: string;
  readonly removeTemporary: boolean;
  /** What settings say of a new instance, in the forms of names; it goes before what the source's name says. */
  readonly given: Fields;
}
