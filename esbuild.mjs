// Bundles the programs into dist/: the extension, the language server, the command line and the build's worker threads.
import { chmod, readFile } from "node:fs/promises";
import { build, context } from "esbuild";

const watch = process.argv.includes("--watch");
const production = !watch;

/**
 * Bundles of their own, by how they are imported: the language client, whose library is most of the extension's code, so
 * that VS Code need not read all of it before the extension is active; and all of the command line but its entry, so that
 * node can keep it compiled.
 */
const apart = { "./language-client.ts": "./language-client.cjs", "./main.ts": "./cli-main.cjs" };

/** @type {import("esbuild").Plugin} */
const bundlesApart = {
  name: "bundles-apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\.ts$/ }, ({ kind, path }) => {
      const bundle = kind === "dynamic-import" ? apart[path] : undefined;
      return bundle === undefined ? undefined : { path: bundle, external: true };
    }),
};

/** @type {import("esbuild").BuildOptions} */
const options = {
  entryPoints: {
    extension: "client/src/main.ts",
    "language-client": "client/src/language-client.ts",
    server: "server/src/main.ts",
    cli: "cli/src/start.ts",
    "cli-main": "cli/src/main.ts",
    "build-worker": "image/src/node/build-worker.ts",
    "encode-worker": "image/src/node/encode-worker.ts",
  },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs", // VS Code's extension host loads CommonJS everywhere; ES modules only in newer ones.
  supported: { "dynamic-import": false }, // so that it becomes require, which knows "vscode" in all of them
  target: "node22",
  external: ["vscode"],
  plugins: [bundlesApart],
  // CommonJS has no import.meta; its own names for the same say where a worker thread's file lies.
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  mainFields: ["module", "main"],
  logLevel: "info",
};

/**
 * What pages in the editor run, which are browsers'.
 * @type {import("esbuild").BuildOptions}
 */
const pageOptions = {
  entryPoints: { "overview-page": "client/src/overview/page/main.ts" },
  outdir: "dist",
  bundle: true,
  platform: "browser",
  format: "iife",
  target: "es2022",
  minify: production,
  sourcemap: production ? false : "inline", // the page may load nothing beside its script
  // The license of the one library in it asks to be where the library is.
  banner: { js: `/*!\nd3-hierarchy\n${await readFile("node_modules/d3-hierarchy/LICENSE", "utf8")}*/` },
  logLevel: "info",
};

if (watch) {
  for (const each of [options, pageOptions]) await (await context(each)).watch();
} else {
  await Promise.all([build(options), build(pageOptions)]);
  await chmod("dist/cli.cjs", 0o755);
}
