// The public seam of core: text and trees in, plain data out. Each part says what it offers.
export * from "./index/checks.ts";
export * from "./index/editing.ts";
export * from "./index/hosts.ts";
export * from "./index/texts.ts";
export * from "./index/trees.ts";
export * from "./index/units.ts";
export * from "./index/updates.ts";
