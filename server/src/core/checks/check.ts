// What a check is: an id, a reason, an example, and a function from a parsed file to findings.

import type { ReleaseContext } from "../model/release-context.ts";
import type { ReleaseFile } from "../model/release-file.ts";
import type { Severity } from "../model/severity.ts";
import type { TreeContext } from "../model/tree-context.ts";
import type { TreeFacts } from "../model/tree-facts.ts";
import type { Occurrence, Unit, UnitReader } from "../model/unit.ts";
import type { UnitContext } from "../model/unit-context.ts";
import type { UnitFile } from "../model/unit-file.ts";
import type { UnitType } from "../model/unit-name.ts";
import type { UpdateContext } from "../model/update-context.ts";
import type { UpdateKind } from "../model/update-location.ts";
import type { UpdateDefinition } from "../model/update-set.ts";
import type { Span } from "../text/span.ts";
import type { Fix } from "./finding.ts";

/** What the documentation says of a check. */
export interface CheckFacts {
  /** `er/…` and `name/…`, as the documentation lists them. */
  readonly id: string;
  /** Unless a finding says otherwise. */
  readonly severity: Severity;
  /** A short statement of what is wrong. */
  readonly title: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** The first version of systemd with the behaviour, when it was not there from the first on. */
  readonly since?: number;
  readonly example: CheckExample;
}

/** A check of one release file. */
export interface ReleaseCheck extends CheckFacts {
  readonly example: TextExample;
  run(file: ReleaseFile, context: ReleaseContext, report: Report): void;
}

/** A check of a file of sections and settings by itself, whether it is of a unit or of systemd-sysupdate. */
export interface SettingsFileCheck extends CheckFacts {
  run(file: UnitFile, context: SettingsFileContext, report: Report): void;
}

/** What is known around a file, whatever its settings are about. */
export type SettingsFileContext = Pick<UnitContext, "systemd" | "template">;

/** A check of one unit file or drop-in by itself. */
export interface UnitFileCheck extends CheckFacts {
  run(file: UnitFile, context: UnitContext, report: Report): void;
}

/** A check of a unit together with its drop-ins. It runs when the unit itself is known, not only drop-ins for it. */
export interface UnitCheck extends CheckFacts {
  /** The types of units that it is about; all of them when it is left out. */
  readonly types?: readonly UnitType[];
  run(unit: UnitFacts, context: UnitContext, report: UnitReport): void;
}

/** A check of one file of systemd-sysupdate by itself. */
export interface UpdateFileCheck extends CheckFacts {
  run(file: UnitFile, context: UpdateContext, report: Report): void;
}

/** A check of a definition together with its drop-ins, and with the definitions around it. */
export interface UpdateCheck extends CheckFacts {
  /** The kinds of definitions that it is about; transfers when it is left out. */
  readonly kinds?: readonly UpdateKind[];
  run(definition: UpdateFacts, context: UpdateContext, report: UnitReport): void;
}

/** A definition with a reader of its settings. */
export interface UpdateFacts extends UpdateDefinition, UnitReader {}

/** A check of a tree as a whole: what is in it, where, and with which modes and owners. */
export interface TreeCheck extends CheckFacts {
  run(tree: TreeFacts, context: TreeContext, report: TreeReport): void;
}

/** Reports a finding at a file of the tree, which need not have a text. */
export type TreeReport = (path: string, message: string, options?: TreeReportOptions) => void;

export interface TreeReportOptions extends ReportOptions {
  /** The beginning of the file unless this says otherwise. */
  readonly span?: Span;
}

/** A unit with a reader of its settings. */
export interface UnitFacts extends Unit, UnitReader {}

/** Reports a finding at an assignment, or, without one, at the unit as a whole. */
export type UnitReport = (at: Occurrence | undefined, message: string, options?: UnitReportOptions) => void;

export interface UnitReportOptions extends ReportOptions {
  /** The assignment's value unless this says otherwise; its key where the value is empty. */
  readonly span?: Span;
}

/** A mistake and its repair, shown in one text or in a tree. */
export type CheckExample = TextExample | TreeExample;

/** A tree after a quick fix: the good example, or the files that differ from those of the bad one; `undefined` is gone. */
export type FixedTree = "good" | { readonly files: ChangedFiles };

export type ChangedFiles = Readonly<Record<string, string | ExampleFile | undefined>>;

/** A text after a quick fix, or the tree around it when that changes. */
export type FixedText = FixedTree | { readonly text: string };

export interface TextExample {
  /** A file with the mistake: a release file, or for checks of units a unit. */
  readonly bad: string;
  /** The same file without it. */
  readonly good: string;
  /** What each quick fix makes of the bad example, in the order in which the fixes are offered; without it there is none. */
  readonly fixed?: readonly FixedText[];
  /** Name of the extension in the examples; `demo` when it is left out. */
  readonly name?: string;
  /** The lowest systemd that the bad example is for; a current one when it is left out. */
  readonly systemd?: number;
  /** Path of the bad file in its tree, where the path is the mistake. */
  readonly badPath?: string;
  /** File name of a unit or definition; `demo.service` or `demo.transfer` when it is left out. */
  readonly unit?: string;
  /** File name of the unit in the good example, where the name is the mistake. */
  readonly goodUnit?: string;
  /** Files beside the bad and the good one, without which other checks would have something to say. */
  readonly around?: ExampleTree;
  /** Folder of the unit or definition; `usr/lib/systemd/system` or `usr/lib/sysupdate.demo.d` when it is left out. */
  readonly folder?: string;
}

/** Files of a tree by path. A release file that fits every host is there as well, unless one is named. */
export interface TreeExample {
  readonly badTree: ExampleTree;
  /** A near miss: as like the bad one as a tree without the mistake can be. */
  readonly goodTree: ExampleTree;
  /** What each quick fix makes of the bad example, in the order in which the fixes are offered; without it there is none. */
  readonly fixed?: readonly FixedTree[];
  readonly name?: string;
  readonly systemd?: number;
  /** Ids of hosts that the extension is for. */
  readonly hosts?: readonly string[];
  /** Names of hosts that nobody knows. */
  readonly unknownHosts?: readonly string[];
  /** Paths that the hosts have by themselves; folders end in a slash. Not known when it is left out. */
  readonly base?: readonly string[];
  /** Whether the tree is that of an image; else it is a folder. */
  readonly image?: boolean;
  /** The other extensions of the workspace, by name. */
  readonly others?: Readonly<Record<string, ExampleTree>>;
}

export type ExampleTree = Readonly<Record<string, string | ExampleFile>>;

export interface ExampleFile {
  /** `symlink` where there is a target, else `file`. */
  readonly type?: "file" | "directory" | "symlink" | "char" | "block" | "fifo" | "socket";
  readonly content?: string;
  readonly target?: string;
  /** 0o755 for folders, else 0o644. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly rdev?: number;
  /** Bytes of the content where it is no text, as an ELF header. */
  readonly bytes?: Uint8Array;
  readonly xattrs?: Readonly<Record<string, string>>;
}

/** Reports a finding of the check that runs. */
export type Report = (span: Span, message: string, options?: ReportOptions) => void;

export interface ReportOptions {
  readonly fixes?: readonly Fix[];
  readonly severity?: Severity;
}
