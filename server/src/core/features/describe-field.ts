// What is said of a key of release files, for hover and completion: Markdown.
import type { ReleaseField } from "../tables/release-field.ts";

const manual = "https://www.freedesktop.org/software/systemd/man/latest";

/** A key's meaning, its part in matching, since when it is known, and where its manual page is. */
export function describeField({ name, description, matching, since }: ReleaseField): string {
  const facts = [
    matching ? "Hosts compare it to decide whether to merge the extension." : "Hosts do not compare it.",
    ...(since === 0 ? [] : [`Requires systemd ${since} or later.`]),
  ];
  return `${description}\n\n${facts.join(" ")}\n\n[Manual](${manualPage(name)})`;
}

function manualPage(name: string): string {
  const key = name.replace(/^(SYSEXT|CONFEXT)_(?!(LEVEL|SCOPE)$)/, "");
  return key.startsWith("EXTENSION_") ? `${manual}/systemd-sysext.html` : `${manual}/os-release.html#${key}=`;
}
