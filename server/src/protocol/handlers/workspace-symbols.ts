// workspace/symbol: the units of all trees in the open folders, and the definitions of their updates.
import { type SymbolInformation, SymbolKind } from "vscode-languageserver";
import { descriptionOf } from "../../core/index.ts";
import { guard } from "../guard.ts";
import type { Session } from "../session.ts";
import { toLocation } from "../to-lsp.ts";

/** Editors show no more, and ask again with more letters. */
const maxSymbols = 500;

export function handleWorkspaceSymbols(session: Session): void {
  session.connection.onWorkspaceSymbol(
    guard("workspace symbols", session.log, [], async ({ query }, token) => {
      const signal = {
        get aborted() {
          return token.isCancellationRequested;
        },
      };
      const listed = await Promise.all(session.folders().map((folder) => session.analysis.listTrees(folder, signal)));
      const symbols: SymbolInformation[] = [];
      for (const { uri, name: extension } of listed.flat()) {
        const tree = await session.analysis.unitTree(uri);
        for (const source of tree?.units.files ?? []) {
          const { location, path, file } = source;
          const name = location.kind === "unit" ? location.name : path.split("/").slice(-2).join("/");
          if (!matches(query, name)) continue;
          const place = toLocation(uri, { path, span: file.head }, file.text);
          const description = descriptionOf(source);
          const containerName = description === undefined ? extension : `${extension}: ${description}`;
          symbols.push({ name, kind: SymbolKind.Object, location: place, containerName });
          if (symbols.length === maxSymbols) return symbols;
        }
        for (const { location, path, file } of session.analysis.knownTree(uri)?.facts.updates.files ?? []) {
          const name = path
            .split("/")
            .slice(location.form === "drop-in" ? -2 : -1)
            .join("/");
          if (!matches(query, name)) continue;
          const place = toLocation(uri, { path, span: file.head }, file.text);
          symbols.push({ name, kind: SymbolKind.Object, location: place, containerName: extension });
          if (symbols.length === maxSymbols) return symbols;
        }
      }
      return symbols;
    }),
  );
}

/** Whether all letters of a query are in a name in their order, as editors search. */
function matches(query: string, name: string): boolean {
  const letters = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase().replaceAll(/\s/g, "")) {
    const found = letters.indexOf(letter, at);
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}
