// The language server's process: takes the connection from its arguments, and gives the protocol the host's folders.
import { fileURLToPath } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { hostFolder } from "../../image/src/node/index.ts";
import type { Tree } from "./core/index.ts";
import { startServer } from "./protocol/server.ts";

startServer(createConnection(ProposedFeatures.all), { folderTree });

function folderTree(uri: string): Tree | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return hostFolder(fileURLToPath(`${uri.replace(/\/$/, "")}/`).replace(/(.)[\\/]$/, "$1"));
  } catch {
    return undefined; // a file: URI that is no path on this host
  }
}
