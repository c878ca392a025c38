// Which release file of an image systemd reads: the one that is called as the image, or one that may be called otherwise.
import { baseOfName } from "../model/extension-name.ts";
import type { ExtensionClass } from "../model/release-context.ts";
import { releasePath } from "../model/release-location.ts";
import { versionsVersion } from "./image-name.ts";

/** A release file in the folder of its class. */
export interface NamedRelease {
  /** What follows `extension-release.` in its name. */
  readonly suffix: string;
  /** Value of `user.extension-release.strict`; undefined where it has none, or nobody can tell. */
  readonly strict?: string;
  /** Whether it is a symlink, which is looked at under the image's own name only. */
  readonly symlink?: boolean;
}

export type FoundRelease =
  | { readonly kind: "found"; readonly path: string; readonly by: "name" | "base" | "attribute" }
  | { readonly kind: "none" }
  /** More than one may be called otherwise, so that none counts. */
  | { readonly kind: "ambiguous"; readonly paths: readonly string[] };

const strictVersion = 250;

/** The release file of the image `name`, as systemd finds it among those of its class. */
export function findRelease(
  name: string,
  extensionClass: ExtensionClass,
  releases: readonly NamedRelease[],
  systemd: number,
): FoundRelease {
  const path = releasePath(extensionClass, name);
  if (releases.some(({ suffix }) => suffix === name)) return { kind: "found", path, by: "name" };
  const base = systemd >= versionsVersion ? baseOfName(name) : undefined;
  const candidates = releases.filter(
    ({ suffix, strict, symlink }) =>
      symlink !== true && (suffix === base || (systemd >= strictVersion && isFalse(strict))),
  );
  const [first] = candidates;
  if (first === undefined) return { kind: "none" };
  const paths = candidates.map(({ suffix }) => releasePath(extensionClass, suffix));
  if (paths.length > 1) return { kind: "ambiguous", paths };
  return { kind: "found", path: paths[0] ?? "", by: first.suffix === base ? "base" : "attribute" };
}

function isFalse(strict: string | undefined): boolean {
  return strict !== undefined && /^(?:0|no|n|false|f|off)$/i.test(strict);
}
