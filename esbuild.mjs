// Bundles the programs into dist/: the extension, the language server, the command line and the build's worker threads.
import { chmod } from "node:fs/promises";
import { build, context } from "esbuild";

const watch = process.argv.includes("--watch");
const production = !watch;

/**
 * A bundle of its own for the language client, whose library is most of the extension's code: VS Code would have to read
 * all of it before the extension is active.
 * @type {import("esbuild").Plugin}
 */
const languageClientApart = {
  name: "language-client-apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/language-client\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./language-client.cjs", external: true } : undefined,
    ),
};

/** @type {import("esbuild").BuildOptions} */
const options = {
  entryPoints: {
    extension: "client/src/main.ts",
    "language-client": "client/src/language-client.ts",
    server: "server/src/main.ts",
    cli: "cli/src/main.ts",
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
  plugins: [languageClientApart],
  // CommonJS has no import.meta; its own names for the same say where a worker thread's file lies.
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  minify: production,
  keepNames: true,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  mainFields: ["module", "main"],
  logLevel: "info",
};

if (watch) {
  const builder = await context(options);
  await builder.watch();
} else {
  await build(options);
  await chmod("dist/cli.cjs", 0o755);
}
