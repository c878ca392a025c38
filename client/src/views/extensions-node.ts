// The nodes of the Extensions view: names of things, never their data.

/** An extension's tree; `tree` is the URI of its folder. */
export interface TreeNode {
  readonly kind: "tree";
  readonly tree: string;
}

/** What a host makes of it. */
export interface HostNode {
  readonly kind: "host";
  readonly tree: string;
  /** Name of the host, of which no two are the same. */
  readonly host: string;
}

/** A line about it. */
export interface FactNode {
  readonly kind: "fact";
  readonly tree: string;
  readonly fact: "findings" | "size" | "release" | "image";
}

export type ExtensionsNode = TreeNode | HostNode | FactNode;

/** The same for two nodes only when they stand for the same thing. */
export function extensionsNodeId(node: ExtensionsNode): string {
  switch (node.kind) {
    case "tree":
      return node.tree;
    case "host":
      return `${node.tree}\nhost\n${node.host}`;
    case "fact":
      return `${node.tree}\n${node.fact}`;
  }
}

/** Whether a value that a menu handed over is a node. */
export function isExtensionsNode(value: unknown): value is ExtensionsNode {
  return typeof value === "object" && value !== null && "kind" in value && "tree" in value;
}
