// er/scope-excludes-system: a scope decides on which kind of host an extension is merged at all.

import { findNearest } from "../../text/nearest.ts";
import type { ReleaseCheck } from "../check.ts";
import { insertAt, replaceWith } from "../fixes.ts";

const scopes = ["system", "initrd", "portable"];

export const scopeExcludesSystem: ReleaseCheck = {
  id: "er/scope-excludes-system",
  severity: "warning",
  title: "The scope excludes booted hosts",
  why: "A host merges an extension only if its own scope is listed: system on a booted host, initrd in the initrd, portable for portable services. An empty list never matches.",
  since: 250,
  example: { bad: "ID=_any\nSYSEXT_SCOPE=sytem\n", good: "ID=_any\nSYSEXT_SCOPE=system\n", fixed: ["good"] },
  run(file, context, report) {
    const name = context.location === "confext" ? "CONFEXT_SCOPE" : "SYSEXT_SCOPE";
    const assigned = file.assignments.findLast((assignment) => assignment.name === name);
    if (assigned === undefined) return;
    const found = file.get(name);
    if (found === undefined) {
      report(assigned.key, `an empty "${name}=" matches no host; add "system", or remove the line`, {
        severity: "error",
        fixes: [replaceWith(assigned.value, "system", 'Add "system"')],
      });
      return;
    }
    const words = [...found.meant.matchAll(/\S+/g)];
    const known = words.filter(([word]) => scopes.includes(word));
    for (const match of words) {
      const [word] = match;
      if (scopes.includes(word)) continue;
      const span = found.spanOf(match.index, match.index + word.length);
      const likely = findNearest(word, scopes);
      report(
        span,
        `"${word}" is not a scope, so nothing matches it; use "system", "initrd" or "portable"`,
        likely === undefined ? {} : { fixes: [replaceWith(span, likely)] },
      );
    }
    if (known.length === words.length && !known.some(([word]) => word === "system")) {
      report(
        found.meantSpan,
        `a booted host ignores an extension with the scope "${found.meant}"; add "system" if booted hosts should merge it`,
        {
          severity: "info",
          fixes: [insertAt(found.meantSpan.start, "system ", 'Add "system"')],
        },
      );
    }
  },
};
