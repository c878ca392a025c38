// What the tables tell of a setting of unit files and of sysupdate's files, and of a word that one takes.

export interface UnitSetting {
  /** What has it: one section, or all that run processes (`exec`), are accounted for (`cgroup`) or are killed (`kill`). */
  readonly group: SettingGroup;
  readonly name: string;
  /** The grammar of its values, as core/values/grammars.ts lists them, with its arguments. */
  readonly grammar: string;
  /** The first version of systemd that knows it; 0 for all that matter. */
  readonly since: number;
  /** The first version that no longer knows it. */
  readonly gone?: number;
  /** The first version that knows it and passes over it. */
  readonly inert?: number;
  /** The setting that took its place, in another section as `Unit.NAME`. */
  readonly replacement?: string;
  /** Whether the replacement takes the same values and means the same. */
  readonly renames?: boolean;
  /** Whether assignments add up, where others replace the one before. */
  readonly list?: boolean;
  /** Whether an empty value takes back what was assigned before. */
  readonly resets?: boolean;
  readonly specifiers?: "full" | "install";
  /** Whether systemd refuses the unit for a bad value, where it passes over other settings. */
  readonly fatal?: "always" | "unless-dash";
  /** Manual page without its section's number. */
  readonly page?: string;
  /** Sections in which the setting is known and refused. */
  readonly rejected?: readonly string[];
  readonly default?: string;
  readonly example?: string;
  readonly description?: string;
}

export type SettingGroup =
  | "unit"
  | "install"
  | "service"
  | "socket"
  | "timer"
  | "path"
  | "mount"
  | "automount"
  | "swap"
  | "slice"
  | "scope"
  | "exec"
  | "kill"
  | "cgroup"
  | UpdateGroup;

/** The groups of sysupdate's files, each of which is the section of the same name. */
export type UpdateGroup = "transfer" | "source" | "target" | "feature" | "component";

export interface UnitWord {
  /** As it is written; a class of values such as `<boolean>` or `<integer>` in angle brackets. */
  readonly word: string;
  readonly since: number;
  /** The last version that knows it. */
  readonly last?: number;
  readonly description?: string;
}
