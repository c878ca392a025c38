// The request by which the extension asks the language server what hosts make of an image; bytes of images never cross it.
import type { TreeVerdict } from "./requests.ts";

/** Asks what is in an image and what hosts make of it. Result: ImageReport, or null if it cannot be opened. */
export const imageReportRequest = "sysext/imageReport";
export interface ImageReportParams {
  /** URI of the image's file, with `#partition=N` for one partition of a disk. */
  readonly uri: string;
}

export interface ImageReport {
  /** Why it cannot be read, as a sentence; then the lists are empty. */
  readonly problem?: string;
  /** Name of the extension; absent for an image that is none. */
  readonly name?: string;
  readonly class?: "sysext" | "confext";
  readonly releaseFiles: readonly { readonly path: string; readonly text: string }[];
  readonly verdicts: readonly TreeVerdict[];
  /** Whether the user named the hosts; otherwise they are the default ones. */
  readonly hostsNamed: boolean;
  readonly units: readonly ImageUnit[];
  readonly programs: ImagePrograms;
  readonly findings: readonly ImageFinding[];
}

export interface ImageUnit {
  readonly name: string;
  readonly path: string;
  /** Description= of it; absent without one. */
  readonly description?: string;
  /** Each a sentence's end on what starts it, such as `pulled in by "multi-user.target"`; empty when nothing does. */
  readonly startedBy: readonly string[];
}

/** What the ELF files say. */
export interface ImagePrograms {
  /** Names as systemd has them, most files first. */
  readonly architectures: readonly { readonly name: string; readonly files: number }[];
  /** Libraries that files of the image need and that are not in it, by name. */
  readonly missing: readonly { readonly library: string; readonly neededBy: readonly string[] }[];
}

export interface ImageFinding {
  readonly path: string;
  /** Id of the check, such as `er/id-missing`. */
  readonly check: string;
  readonly severity: "error" | "warning" | "info" | "hint";
  readonly message: string;
  /** Counted from 1; absent for a file without a text. */
  readonly line?: number;
}
