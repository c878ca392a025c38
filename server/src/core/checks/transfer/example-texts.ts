// Definitions for the examples of checks: a transfer that works, with other settings where a mistake is shown.

/** Settings by name; an empty text leaves one out. */
type Settings = Readonly<Record<string, string>>;

function section(name: string, settings: Settings): string {
  const lines = Object.entries(settings).flatMap(([key, value]) => (value === "" ? [] : `${key}=${value}\n`));
  return `[${name}]\n${lines.join("")}`;
}

/** A source in a folder. */
export function source(settings: Settings = {}): string {
  return section("Source", { Type: "regular-file", Path: "/srv/updates", MatchPattern: "demo_@v.raw", ...settings });
}

/** A source at an address. */
export function webSource(settings: Settings = {}): string {
  return source({ Type: "url-file", Path: "https://example.com/demo", ...settings });
}

/** A folder in which versions are stored, which is not one of those that hosts merge from. */
export function target(settings: Settings = {}): string {
  return section("Target", { Type: "regular-file", Path: "/var/lib/demo", MatchPattern: "demo_@v.raw", ...settings });
}

/** A store for versions of an extension, with a symlink to the newest. */
export function extensionTarget(settings: Settings = {}): string {
  return target({ Path: "/var/lib/extensions.d", CurrentSymlink: "/var/lib/extensions/demo.raw", ...settings });
}

export function partitionTarget(settings: Settings = {}): string {
  return target({ Type: "partition", Path: "auto", MatchPattern: "demo_@v", ...settings });
}

/** A whole transfer from a folder to a folder. */
export function transfer(of: Settings = {}, to: Settings = {}): string {
  return `${source(of)}\n${target(to)}`;
}

/** A whole transfer from an address, whose signature is asked for. */
export function webTransfer(of: Settings = {}, to: Settings = {}, settings: Settings = { Verify: "yes" }): string {
  return `${section("Transfer", settings)}\n${webSource(of)}\n${target(to)}`;
}

export function feature(settings: Settings): string {
  return section("Feature", settings);
}
