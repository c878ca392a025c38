// Small wrong changes that can be made to a module: each puts another text in place of a stretch of it.
import type { AnyNode, BinaryExpression, Expression, Literal, LogicalExpression } from "acorn";
import { programOf, visit } from "./syntax.ts";

export const mutators = [
  "comparison",
  "logic",
  "condition",
  "negation",
  "number",
  "boolean",
  "string",
  "return",
  "call",
  "arguments",
  "arithmetic",
  "element",
  "anchor",
] as const;

export type Mutator = (typeof mutators)[number];

export interface Mutation {
  readonly mutator: Mutator;
  /** Offsets in UTF-16 units of what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * All changes that can be made to a module in TypeScript, in the order of their places. Imports are left out, and prose,
 * on which nothing may depend. Throws where node could not run the module.
 */
export function mutationsOf(source: string): Mutation[] {
  const found: Mutation[] = [];
  visit(programOf(source), (node, parent) => {
    for (const { at, ...mutation } of changesAt(node, parent, source)) {
      found.push({ ...mutation, start: at.start, end: at.end });
    }
  });
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The text of a module with the change. */
export function mutate(source: string, { start, end, text }: Mutation): string {
  return source.slice(0, start) + text + source.slice(end);
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Change {
  readonly mutator: Mutator;
  readonly at: Stretch;
  readonly text: string;
}

const operators: Readonly<Record<string, readonly [Mutator, string]>> = {
  "<": ["comparison", "<="],
  "<=": ["comparison", "<"],
  ">": ["comparison", ">="],
  ">=": ["comparison", ">"],
  "===": ["comparison", "!=="],
  "!==": ["comparison", "==="],
  "&&": ["logic", "||"],
  "||": ["logic", "&&"],
  "+": ["arithmetic", "-"],
  "-": ["arithmetic", "+"],
  "*": ["arithmetic", "/"],
  "/": ["arithmetic", "*"],
};

function changesAt(node: AnyNode, parent: AnyNode | undefined, source: string): Change[] {
  const textOf = ({ start, end }: Stretch): string => source.slice(start, end);
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression":
      return operatorChanges(node, source);
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "ConditionalExpression":
      if (node.test.type === "Literal") return [];
      return [{ mutator: "condition", at: node.test, text: `!(${textOf(node.test)})` }];
    case "UnaryExpression":
      return node.operator === "!" ? [{ mutator: "negation", at: node, text: textOf(node.argument) }] : [];
    case "Literal":
      return literalChanges(node, parent);
    case "ReturnStatement":
      return node.argument ? returnChanges(node.argument) : [];
    case "ArrowFunctionExpression":
      return node.body.type === "BlockStatement" ? [] : returnChanges(node.body);
    case "ExpressionStatement":
      return isCall(node.expression) ? [{ mutator: "call", at: node, text: ";" }] : [];
    case "CallExpression":
    case "NewExpression": {
      const [first, second] = node.arguments;
      if (first === undefined || second === undefined || textOf(first) === textOf(second)) return [];
      if (first.type === "SpreadElement" || second.type === "SpreadElement") return [];
      const between = source.slice(first.end, second.start);
      const at = { start: first.start, end: second.end };
      return [{ mutator: "arguments", at, text: textOf(second) + between + textOf(first) }];
    }
    case "ArrayExpression":
      return node.elements.flatMap((element, index): Change[] => {
        if (element === null) return [];
        const next = node.elements[index + 1];
        return [{ mutator: "element", at: { start: element.start, end: next?.start ?? element.end }, text: "" }];
      });
    default:
      return [];
  }
}

function operatorChanges(node: BinaryExpression | LogicalExpression, source: string): Change[] {
  const { operator, left, right } = node;
  const other = operators[operator];
  // Texts that are joined for a reader are prose.
  if (other === undefined || [left, right].some((side) => side.type === "Literal" && isProse(side.value))) return [];
  const start = source.indexOf(operator, left.end);
  // A comment between the two may have such a sign as well.
  if (!/^[\s)]*$/.test(source.slice(left.end, start))) return [];
  return [{ mutator: other[0], at: stretch(start, operator.length), text: other[1] }];
}

function literalChanges(node: Literal, parent: AnyNode | undefined): Change[] {
  if (parent === undefined || /^(?:Import|Export)/.test(parent.type)) return [];
  const { value, regex } = node;
  if (regex) {
    const { pattern } = regex;
    const closing = node.start + 1 + pattern.length;
    return [
      ...(pattern.startsWith("^")
        ? [{ mutator: "anchor", at: stretch(node.start + 1, 1), text: "(?:)" } as const]
        : []),
      ...(/(?<!\\)\$$/.test(pattern) ? [{ mutator: "anchor", at: stretch(closing - 1, 1), text: "" } as const] : []),
    ];
  }
  if (typeof value === "number") return [{ mutator: "number", at: node, text: `${value + 1}` }];
  if (typeof value === "boolean") return [{ mutator: "boolean", at: node, text: `${!value}` }];
  // A directive, or the name of a property.
  if (parent.type === "ExpressionStatement" || (parent.type === "Property" && parent.key === node)) return [];
  if (typeof value !== "string" || isProse(value)) return [];
  return [{ mutator: "string", at: node, text: value === "" ? '"mutant"' : '""' }];
}

function stretch(start: number, length: number): Stretch {
  return { start, end: start + length };
}

/** Words with a blank between them. */
function isProse(value: unknown): boolean {
  return typeof value === "string" && /\S \S/.test(value);
}

function returnChanges(value: Expression): Change[] {
  if (value.type === "Identifier" && value.name === "undefined") return [];
  return [{ mutator: "return", at: value, text: "undefined" }];
}

function isCall(expression: Expression): boolean {
  const called = expression.type === "AwaitExpression" ? expression.argument : expression;
  return called.type === "CallExpression" && called.callee.type !== "Super";
}
