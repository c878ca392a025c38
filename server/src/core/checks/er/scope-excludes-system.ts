// er/scope-excludes-system: a scope decides on which kind of host an extension is merged at all.

import { findNearest } from "../../text/nearest.ts";
import type { ReleaseCheck } from "../check.ts";
import { insertAt, replaceWith } from "../fixes.ts";

const scopes = ["system", "initrd", "portable"];

export const scopeExcludesSystem: ReleaseCheck = {
  id: "er/scope-excludes-system",
  severity: "warning",
  title: "The scope leaves a booted host out",
  why: "A host merges an extension only when its own scope is listed: system once it is booted, initrd before that, portable for portable services. An empty list matches nowhere.",
  since: 250,
  example: { bad: "ID=_any\nSYSEXT_SCOPE=sytem\n", good: "ID=_any\nSYSEXT_SCOPE=system\n", fixed: ["good"] },
  run(file, context, report) {
    const name = context.location === "confext" ? "CONFEXT_SCOPE" : "SYSEXT_SCOPE";
    const assigned = file.assignments.findLast((assignment) => assignment.name === name);
    if (assigned === undefined) return;
    const found = file.get(name);
    if (found === undefined) {
      report(assigned.key, `an empty "${name}=" matches no host at all; list "system", or remove the line`, {
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
        `"${word}" is no scope, and nothing matches it; a scope is "system", "initrd" or "portable"`,
        likely === undefined ? {} : { fixes: [replaceWith(span, likely)] },
      );
    }
    if (known.length === words.length && !known.some(([word]) => word === "system")) {
      report(
        found.meantSpan,
        `a booted host ignores an extension whose scope is "${found.meant}"; add "system" if it should merge there`,
        {
          severity: "info",
          fixes: [insertAt(found.meantSpan.start, "system ", 'Add "system"')],
        },
      );
    }
  },
};
