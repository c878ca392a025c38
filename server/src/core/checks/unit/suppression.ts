// Comments that switch findings off: `# sysext: disable=unit/code` before a line, or in the file's head for all of it.
import type { UnitFile } from "../../model/unit-file.ts";
import type { UnitNode } from "../../syntax/unit-syntax.ts";
import type { Finding, Fix } from "../finding.ts";

interface Suppressions {
  /** Checks that are off in the whole file. */
  readonly everywhere: ReadonlySet<string>;
  /** Checks that are off in the node that begins at an offset. */
  readonly byNode: ReadonlyMap<number, ReadonlySet<string>>;
}

const directive = /^[ \t]*[#;][ \t]*sysext:[ \t]*disable[ \t]*=[ \t]*([\w./, \t-]+)/;

const known = new WeakMap<UnitFile, Suppressions>();

/** Whether a comment of the file switches the finding off. */
export function suppressed(file: UnitFile, { check, span }: Finding): boolean {
  const suppressions = known.get(file) ?? readSuppressions(file);
  known.set(file, suppressions);
  if (suppressions.everywhere.has(check)) return true;
  if (suppressions.byNode.size === 0) return false;
  const node = nodeAt(file, span.start);
  return node !== undefined && suppressions.byNode.get(node.span.start)?.has(check) === true;
}

/** The node that a position is in; undefined behind the last one. */
function nodeAt({ syntax: { nodes } }: UnitFile, offset: number): UnitNode | undefined {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.span.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return nodes[low];
}

/** A comment that switches the finding off, on a line of its own before that with the finding. */
export function suppress(file: UnitFile, { check, span }: Finding): Fix {
  const node = nodeAt(file, span.start) ?? file.syntax.nodes.at(-1);
  const newline = file.text.includes("\r\n") ? "\r\n" : "\n";
  const start = node?.span.start ?? 0;
  // A comment in the head would be about the whole file, unless a blank line sets it off.
  const isHead = !file.syntax.nodes.some(({ kind, span: before }) => kind !== "comment" && before.start < start);
  const text = `${isHead ? newline : ""}# sysext: disable=${check}${newline}`;
  return {
    title: `Ignore ${check} for this line`,
    changes: [{ kind: "edit", span: { start, end: start }, text }],
  };
}

/** The head ends at the first blank line, and at the first line that is no comment. */
function readSuppressions({ text, syntax: { nodes } }: UnitFile): Suppressions {
  const everywhere = new Set<string>();
  const byNode = new Map<number, ReadonlySet<string>>();
  if (!text.includes("sysext:")) return { everywhere, byNode };
  const headEnd = nodes.findIndex(({ kind }) => kind !== "comment");
  // Without a blank line behind it, the last comment of the head is about the line below it as well.
  let pending = new Set<string>();
  nodes.forEach((node, index) => {
    if (node.kind === "comment") {
      const checks = directive.exec(text.slice(node.span.start, node.span.end))?.[1]?.split(/[\s,]+/) ?? [];
      for (const check of checks.filter((word) => word !== "")) {
        if (index < headEnd || headEnd < 0) everywhere.add(check);
        else pending.add(check);
      }
      return;
    }
    if (pending.size > 0 && node.kind !== "blank") byNode.set(node.span.start, pending);
    pending = new Set();
  });
  return { everywhere, byNode };
}
