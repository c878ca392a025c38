// Whether an extension takes effect on a host: its name, its release file, and the comparison of the two.
import type { ExtensionClass } from "../model/release-context.ts";
import { parseReleaseFile, type ReleaseFile } from "../model/release-file.ts";
import { releasePath } from "../model/release-location.ts";
import type { Host } from "../tables/host.ts";
import { findRelease, type NamedRelease } from "./find-release.ts";
import { type ImageKind, readImageName } from "./image-name.ts";
import { type MatchResult, type MatchRule, matchRelease } from "./match.ts";
import type { Scope } from "./scope.ts";

/** An extension as systemd finds it in its search path. */
export interface ExtensionImage {
  /** Name of the file or folder, such as `demo.raw`. */
  readonly fileName: string;
  readonly kind: ImageKind;
  /** Its release files of both classes. */
  readonly releases: Readonly<Record<ExtensionClass, readonly ReleaseText[]>>;
  /** Whether `usr/lib/os-release` is in it. */
  readonly hasOsRelease: boolean;
  /** Of a file why it is no disk image that systemd reads; undefined for one that is. */
  readonly damage?: string;
}

export interface ReleaseText extends NamedRelease {
  readonly text: string;
}

export interface JudgeQuestion {
  readonly class: ExtensionClass;
  readonly host: Host;
  readonly scope: Scope;
  /** The kernel's architecture; without it architectures are not compared. */
  readonly architecture?: string;
  readonly systemd: number;
}

export type Judgement =
  | (MatchResult & {
      /** The extension's name. */
      readonly name: string;
      /** Path of the release file that counts. */
      readonly releasePath?: string;
    })
  | { readonly verdict: "ignored"; readonly reason: string };

/** The last version whose mount options a name can break. */
const lastUnescaped = 252;

/** What systemd makes of an extension on a host. */
export function judgeExtension(image: ExtensionImage, question: JudgeQuestion): Judgement {
  const { systemd } = question;
  const named = readImageName(image.fileName, image.kind, systemd);
  if (named.kind !== "image") {
    const reason = named.kind === "ignored" ? named.reason : "a version has to be picked from the folder first";
    return { verdict: "ignored", reason };
  }
  const { name, raw } = named;
  const releases = image.releases[question.class];
  const found = findRelease(name, question.class, releases, systemd);
  const text = found.kind === "found" ? textAt(found.path, question.class, releases) : undefined;
  const release = text === undefined ? undefined : parseReleaseFile(text);
  const result = matchRelease({
    name,
    class: question.class,
    release,
    host: question.host.release,
    scope: question.scope,
    systemd,
    ...(question.architecture === undefined ? {} : { architecture: question.architecture }),
  });
  const path = found.kind === "found" ? { releasePath: found.path } : {};
  if (result.rule === "class" || result.rule === "host-id") return { ...result, name };
  const broken = brokenImage(image, question, name, raw, found, release);
  if (broken !== undefined) return { ...broken, name, ...path };
  if (result.verdict === "match" && systemd <= lastUnescaped && /[:,\\]/.test(name)) {
    const reason = `"${name}" has a character that breaks the mount options of systemd ${systemd}, so no extension is merged`;
    return { ...decided("error", "name", reason, "Rename the extension", result), name, ...path };
  }
  return { ...result, name, ...path };
}

/** What keeps systemd from a comparison, for this image or for all of them. */
function brokenImage(
  { damage, hasOsRelease }: ExtensionImage,
  { class: extensionClass }: JudgeQuestion,
  name: string,
  raw: boolean,
  found: ReturnType<typeof findRelease>,
  release: ReleaseFile | undefined,
): MatchResult | undefined {
  const stops = "and one such image prevents the host from merging any extension";
  if (raw && damage !== undefined) return decided("error", "release-file", `${damage}, ${stops}`, "Build it again");
  if (hasOsRelease && extensionClass === "sysext") {
    const fix = 'Remove "usr/lib/os-release" from it';
    return raw
      ? decided(
          "reject",
          "os-release",
          'it contains "usr/lib/os-release", so systemd treats it as a complete system',
          fix,
        )
      : decided("error", "os-release", `it must not contain "usr/lib/os-release", ${stops}`, fix);
  }
  if (release !== undefined) return undefined;
  const wanted = releasePath(extensionClass, name);
  if (found.kind === "ambiguous") {
    const names = found.paths.map((path) => `"${path}"`).join(" and ");
    const reason = `it has no "${wanted}", and both ${names} could be used instead`;
    return decided(
      raw ? "error" : "reject",
      "name",
      raw ? `${reason}, ${stops}` : reason,
      `Rename one of them to "${wanted}"`,
    );
  }
  if (!raw) return undefined; // the comparison says so
  return decided("error", "name", `it has no "${wanted}", ${stops}`, `Rename its release file to "${wanted}"`);
}

function decided(
  verdict: "reject" | "error",
  rule: MatchRule,
  reason: string,
  fix: string,
  before?: MatchResult,
): MatchResult {
  return { verdict, rule, reason, fix, steps: [...(before?.steps ?? []), { rule, outcome: verdict }] };
}

function textAt(path: string, extensionClass: ExtensionClass, releases: readonly ReleaseText[]): string | undefined {
  return releases.find(({ suffix }) => releasePath(extensionClass, suffix) === path)?.text;
}
