// Bundles the programs into dist/: the extension, the language server, the command line and the build's worker threads.
import { chmod } from "node:fs/promises";
import { build, context } from "esbuild";

const watch = process.argv.includes("--watch");
const production = !watch;

/** @type {import("esbuild").BuildOptions} */
const options = {
  entryPoints: {
    extension: "client/src/main.ts",
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
  target: "node22",
  external: ["vscode"],
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
