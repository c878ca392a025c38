// Runs a script of this project under the Node that the project brings, after installing what is missing.
//
//   node scripts/bootstrap.mjs SCRIPT [ARGUMENT…]
//
// Plain JavaScript on node's own modules: it is what a machine with node 20 and npm runs first.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";
const stamp = path.join(root, "node_modules", ".installed-lock");
const lock = createHash("sha256")
  .update(readFileSync(path.join(root, "package-lock.json")))
  .digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  console.error("Installing the packages that package-lock.json names …");
  const install = spawnSync(windows ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: windows, // npm is a batch file there, which only a shell starts; no argument comes from outside
  });
  if (install.status !== 0) {
    const why = install.error
      ? `could not be started (${install.error.message})`
      : "failed; its messages above say why";
    console.error(`npm ci ${why}. Nothing was run.`);
    process.exit(install.status ?? 1);
  }
  writeFileSync(stamp, lock);
}

const node = path.join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
const child = spawn(node, process.argv.slice(2), { cwd: root, stdio: "inherit" });
// Ctrl-C reaches the child from the terminal by itself; a signal to this process alone has to be passed on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
child.on("error", (error) => {
  console.error(
    `${node} could not be started (${error.message}); is npm set to "ignore-scripts"? The package "node" unpacks itself with one.`,
  );
  process.exitCode = 1;
});
