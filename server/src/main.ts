// The language server's process: takes the connection from its arguments, and gives the protocol the host's folders.
import { statSync } from "node:fs";
import { chmod, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { hostFolder, typeInFolder } from "../../image/src/node/index.ts";
import { imageScheme, thisMachine } from "../../shared/src/ids.ts";
import { readSource } from "../../updates/src/index.ts";
import { hostOfFile, readHost, type Tree } from "./core/index.ts";
import { createImageTrees } from "./image-trees.ts";
import type { NamedHost } from "./protocol/platform.ts";
import { startServer } from "./protocol/server.ts";

const images = createImageTrees();

startServer(createConnection(ProposedFeatures.all), {
  folderTree,
  readHost: readNamedHost,
  readSource,
  setMode: async (uri, mode) => await chmod(fileURLToPath(uri), mode),
});

function folderTree(uri: string): Tree | undefined {
  if (uri.startsWith(`${imageScheme}:`)) return images.treeAt(uri);
  const folder = folderPath(uri);
  return folder === undefined ? undefined : hostFolder(folder);
}

/** The host's path of a folder's URI; undefined for one that is no path on this host. */
function folderPath(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(`${uri.replace(/\/$/, "")}/`).replace(/(.)[\\/]$/, "$1");
  } catch {
    return undefined;
  }
}

async function readNamedHost(name: string, folderUri: string | undefined): Promise<NamedHost | undefined> {
  if (name === thisMachine) return await hostInFolder("/", name);
  const folder = folderUri === undefined ? undefined : folderPath(folderUri);
  if (folder === undefined && !path.isAbsolute(name)) return undefined;
  const file = path.resolve(folder ?? "/", name);
  try {
    if (statSync(file).isDirectory()) return await hostInFolder(file, name);
    const host = hostOfFile(name, await readFile(file, "utf8"));
    return host && { host };
  } catch {
    return undefined; // it is not there, or nobody may read it
  }
}

async function hostInFolder(folder: string, name: string): Promise<NamedHost | undefined> {
  const host = await readHost(hostFolder(folder), name);
  return host && { host, base: { typeOf: (inside) => typeInFolder(folder, inside) } };
}
