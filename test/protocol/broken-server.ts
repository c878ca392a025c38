// A language server on a host whose folders cannot be seen for a while, for tests of what else goes on.
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../../server/src/protocol/server.ts";

const connection = createConnection(ProposedFeatures.all);
let broken = true;
connection.onNotification("test/repair", () => {
  broken = false;
});

startServer(connection, {
  folderTree(): undefined {
    if (broken) throw new Error("the folder is broken");
  },
  fileChanged: () => undefined,
  namedHost: async (name) => ({ name }),
  readSource: async () => ({ files: [], doubts: [] }),
  setMode: async () => undefined,
});
