// Parses a unit file anew after a change, and takes over the nodes that the change left alone.
import type { Span } from "../text/span.ts";
import { type Assignment, nodesFrom, type UnitNode, type UnitSyntax, type Value } from "./unit-syntax.ts";

export interface ReparsedUnit {
  readonly syntax: UnitSyntax;
  /** How many of the first nodes are those of the syntax before. */
  readonly first: number;
  /** How many of the last nodes are those of the syntax before, or copies of them at other places. */
  readonly last: number;
}

/** The same syntax as `parseUnitSyntax(text)` gives; the less changed since `before`, the less is done. */
export function reparseUnitSyntax(before: UnitSyntax, text: string): ReparsedUnit {
  const shorter = Math.min(before.text.length, text.length);
  const same = samePrefix(before.text, text, shorter);
  const sameEnd = sameSuffix(before.text, text, shorter - same);
  const moved = text.length - before.text.length;
  // A node is made of its own text and at most the unit behind it, which may complete a line's end.
  const first = countUntil(before.nodes, ({ span }) => span.end >= same);
  const nodes = before.nodes.slice(0, first);
  const tail = countUntil(before.nodes, ({ span }) => span.start >= before.text.length - sameEnd);
  let old = tail;
  for (const node of nodesFrom(text, nodes.at(-1)?.span.end ?? 0)) {
    while (old < before.nodes.length && (before.nodes[old]?.span.start ?? 0) + moved < node.span.start) old += 1;
    const known = before.nodes[old];
    const isSame = known !== undefined && known.span.start + moved === node.span.start;
    // All that follows is as before. At the very beginning of a text a byte order mark counts otherwise than elsewhere.
    if (isSame && (moved === 0 || (node.span.start > 0 && known.span.start > 0))) break;
    nodes.push(node);
  }
  const end = nodes.at(-1)?.span.end ?? 0;
  const rest = end < text.length ? before.nodes.slice(old) : [];
  for (const node of rest) nodes.push(moved === 0 ? node : movedNode(node, moved));
  return { syntax: { text, nodes }, first, last: rest.length };
}

/** As many units are compared at once, which is far sooner done than one by one. */
const stride = 2048;

/** How many units two texts have in common at their beginning. */
function samePrefix(a: string, b: string, most: number): number {
  let at = 0;
  while (at + stride <= most && a.slice(at, at + stride) === b.slice(at, at + stride)) at += stride;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** How many units two texts have in common at their end. */
function sameSuffix(a: string, b: string, most: number): number {
  let count = 0;
  const strideBefore = (text: string) => text.slice(text.length - count - stride, text.length - count);
  while (count + stride <= most && strideBefore(a) === strideBefore(b)) count += stride;
  while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count += 1;
  return count;
}

/** The index of the first node with a property that all behind it have as well; how many there are when none has it. */
function countUntil(nodes: readonly UnitNode[], has: (node: UnitNode) => boolean): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const node = nodes[middle];
    if (node !== undefined && has(node)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function movedNode(node: UnitNode, by: number): UnitNode {
  const span = movedSpan(node.span, by);
  switch (node.kind) {
    case "assignment":
      return movedAssignment(node, span, by);
    case "header":
      return { ...node, span, nameSpan: movedSpan(node.nameSpan, by) };
    default:
      return { kind: node.kind, span };
  }
}

function movedAssignment({ key, name, equals, value }: Assignment, span: Span, by: number): Assignment {
  return {
    kind: "assignment",
    span,
    key: movedSpan(key, by),
    name,
    equals: equals + by,
    value: movedValue(value, by),
  };
}

function movedValue({ text, span, runs }: Value, by: number): Value {
  if (runs === undefined) return { text, span: movedSpan(span, by) };
  return {
    text,
    span: movedSpan(span, by),
    runs: runs.map(({ offset, at, length }) => ({ offset: offset + by, at, length })),
  };
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
