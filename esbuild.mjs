// Bundles the programs into dist/: the extension, the language server, the command line and the build's worker threads.
import { chmod, writeFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { build, context } from "esbuild";
import { pageNames } from "./client/src/pages/page-names.ts";
import { bundledPackages, noticesText } from "./scripts/third-party-notices.ts";

const projectFolder = import.meta.dirname;
const watch = process.argv.includes("--watch");
const production = !watch;

/** Rooms that several programs use, by their seams: each is bundled once, and required where a program needs it. */
const sharedRooms = [
  { bundle: "core", room: "server/src/core", seams: ["index.ts"] },
  { bundle: "image", room: "image/src", seams: ["index.ts", "node/index.ts"] },
];

/**
 * Bundles of their own, by how they are imported: the language client, whose library is most of the extension's code, so
 * that VS Code need not read all of it before the extension is active; and all of the command line but its entry, so that
 * node can keep it compiled.
 */
const apart = { "./language-client.ts": "./language-client.cjs", "./main.ts": "./cli-main.cjs" };

/** Begins before there is a cache of compiled code, and therefore brings along the little that it needs. */
const cliEntry = "cli/src/start.ts";

/** @type {import("esbuild").Plugin} */
const bundlesApart = {
  name: "bundles-apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\.ts$/ }, ({ kind, path, importer, resolveDir }) => {
      if (kind === "dynamic-import" && path in apart) return { path: apart[path], external: true };
      if (kind === "entry-point" || importer === "<stdin>" || importer === join(projectFolder, cliEntry))
        return undefined;
      const shared = sharedRooms.find(({ room, seams }) => {
        const isInside = importer.startsWith(join(projectFolder, room) + sep);
        return !isInside && seams.some((seam) => resolve(resolveDir, path) === join(projectFolder, room, seam));
      });
      return shared === undefined ? undefined : { path: `./${shared.bundle}.cjs`, external: true };
    }),
};

/** Parts of node that take milliseconds to load and that most runs do without. */
const slowParts = ["node:child_process", "node:crypto", "node:worker_threads"];

/**
 * Loads those only when one of their functions is first used.
 * @type {import("esbuild").Plugin}
 */
const loadedOnUse = {
  name: "loaded-on-use",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      slowParts.includes(path) && namespace !== "loaded-on-use" ? { path, namespace: "loaded-on-use" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "loaded-on-use" }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== "default");
      const contents = `for (const name of ${JSON.stringify(names.join(" "))}.split(" "))
        Object.defineProperty(exports, name, { enumerable: true, get: () => require("${path}")[name] });`;
      return { contents };
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const options = {
  entryPoints: {
    extension: "client/src/main.ts",
    "language-client": "client/src/language-client.ts",
    server: "server/src/main.ts",
    cli: cliEntry,
    "cli-main": "cli/src/main.ts",
    "build-worker": "image/src/node/build-worker.ts",
    "encode-worker": "image/src/node/encode-worker.ts",
    "extract-worker": "image/src/node/extract-worker.ts",
  },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs", // VS Code's extension host loads CommonJS everywhere; ES modules only in newer ones.
  supported: { "dynamic-import": false }, // so that it becomes require, which knows "vscode" in all of them
  target: "node22",
  external: ["vscode"],
  plugins: [bundlesApart, loadedOnUse],
  // CommonJS has no import.meta; its own names for the same say where a worker thread's file lies.
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  mainFields: ["module", "main"],
  logLevel: "info",
};

/** @type {readonly import("esbuild").BuildOptions[]} */
const sharedOptions = sharedRooms.map(({ bundle, room, seams }) => ({
  ...options,
  entryPoints: undefined,
  outdir: undefined,
  outExtension: undefined,
  outfile: `dist/${bundle}.cjs`,
  stdin: { contents: seams.map((seam) => `export * from "./${seam}";`).join("\n"), resolveDir: room, loader: "ts" },
}));

/**
 * The pages that the extension shows: a script and a style sheet each, for a browser.
 * @type {import("esbuild").BuildOptions}
 */
const pageOptions = {
  entryPoints: pageNames.flatMap((name) =>
    ["main.ts", "page.css"].map((file) => ({ in: `client/src/${name}/page/${file}`, out: name })),
  ),
  outdir: "dist/pages",
  bundle: true,
  platform: "browser",
  format: "iife",
  target: "es2022",
  minify: production,
  sourcemap: production ? false : "inline", // the page may load nothing beside its script
  legalComments: "none",
  logLevel: "info",
};

const all = [options, ...sharedOptions, pageOptions];
if (watch) {
  for (const each of all) await (await context(each)).watch();
} else {
  const built = await Promise.all(all.map((each) => build({ ...each, metafile: true })));
  const packages = bundledPackages(
    projectFolder,
    built.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
  );
  await writeFile("dist/third-party-notices.txt", noticesText(packages));
  await chmod("dist/cli.cjs", 0o755);
}
