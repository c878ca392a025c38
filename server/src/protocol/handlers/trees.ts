// Our own requests about extension trees; shared/src/requests.ts has their contract.
import { RequestType0 } from "vscode-languageserver";
import {
  type DescribeTreeParams,
  describeTreeRequest,
  listTreesRequest,
  type TreeDescription,
} from "../../../../shared/src/requests.ts";
import { guard } from "../guard.ts";
import type { Session } from "../session.ts";
import { isInImage } from "../uris.ts";

export function handleTrees({ connection, analysis, log, folders }: Session): void {
  connection.onRequest(
    describeTreeRequest,
    guard<DescribeTreeParams, TreeDescription | null>(describeTreeRequest, log, null, ({ uri }) =>
      analysis.describeTree(uri),
    ),
  );
  const listTrees = guard<void, TreeDescription[]>(listTreesRequest, log, [], async (_, token) => {
    const signal = {
      get aborted() {
        return token.isCancellationRequested;
      },
    };
    const found = await Promise.all(
      folders()
        .filter((folder) => !isInImage(folder))
        .map((folder) => analysis.listTrees(folder, signal)),
    );
    return found.flat().sort((a, b) => (a.uri < b.uri ? -1 : 1));
  });
  connection.onRequest(new RequestType0<TreeDescription[], void>(listTreesRequest), (token) =>
    listTrees(undefined, token),
  );
}
