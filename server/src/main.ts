// The language server's process: takes the connection from its arguments, and gives the protocol the host's folders.
import { chmod } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { HostError, type NamedHost, resolveHost } from "../../hosts/src/index.ts";
import { hostFolder } from "../../image/src/node/index.ts";
import { imageScheme } from "../../shared/src/ids.ts";
import { readSource } from "../../updates/src/index.ts";
import type { Tree, UnknownHost } from "./core/index.ts";
import { createImageTrees } from "./image-trees.ts";
import { startServer } from "./protocol/server.ts";

const images = createImageTrees();

startServer(createConnection(ProposedFeatures.all), {
  folderTree,
  fileChanged: images.fileChanged,
  namedHost,
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

/** Where relative paths count from is unknown for folders that are not on this machine. */
async function namedHost(name: string, folderUri: string | undefined): Promise<NamedHost | UnknownHost> {
  try {
    return await resolveHost(name, folderUri === undefined ? undefined : folderPath(folderUri));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return error.kind === "unknown" ? { name } : { name, reason: error.message };
  }
}
