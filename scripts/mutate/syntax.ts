// The syntax trees of modules in TypeScript, with offsets in their own text.
import { stripTypeScriptTypes } from "node:module";
import { type AnyNode, type Program, parse } from "acorn";

/** The syntax tree of a module; taking the types away leaves every offset as it was. Throws where node cannot run it. */
export function programOf(source: string): Program {
  return parse(stripTypeScriptTypes(source, { mode: "strip" }), { ecmaVersion: "latest", sourceType: "module" });
}

/** Calls back for a node and then for all below it, in the order of the text; `parent` is the node above. */
export function visit(node: AnyNode, found: (node: AnyNode, parent?: AnyNode) => void, parent?: AnyNode): void {
  found(node, parent);
  for (const value of Object.values(node)) {
    for (const below of Array.isArray(value) ? value : [value]) if (isNode(below)) visit(below, found, node);
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
