// A unit put together with its drop-ins: our own request for its text, and the lens that leads there.
import type { CodeLens } from "vscode-languageserver";
import { commands } from "../../../../shared/src/ids.ts";
import { type EffectiveUnit, type EffectiveUnitParams, effectiveUnitRequest } from "../../../../shared/src/requests.ts";
import { effectiveUnit, lineIndex } from "../../core/index.ts";
import { guard } from "../guard.ts";
import { type Session, unitDocument } from "../session.ts";
import { toRange } from "../to-lsp.ts";
import { textInTree, type UnitDocument } from "../unit-world.ts";
import { descendantUri } from "../uris.ts";

export function handleEffectiveUnit(session: Session): void {
  session.connection.onRequest(
    effectiveUnitRequest,
    guard<EffectiveUnitParams, EffectiveUnit | null>(effectiveUnitRequest, session.log, null, async ({ uri }) => {
      const found = await session.analysis.unitAt(uri);
      if (found === undefined) return null;
      const { tree, unit } = found;
      const { text, lines } = effectiveUnit(unit);
      const indexes = new Map(
        [...new Set(lines.map((line) => line?.path ?? ""))].map((path) => [
          path,
          lineIndex(textInTree(tree, path) ?? ""),
        ]),
      );
      return {
        name: unit.name.name,
        text,
        lines: lines.map((place) =>
          place === undefined
            ? null
            : {
                uri: descendantUri(tree.rootUri, place.path),
                line: indexes.get(place.path)?.position(place.offset).line ?? 0,
              },
        ),
      };
    }),
  );
  session.connection.onCodeLens(
    guard("lenses", session.log, [], async ({ textDocument }) => {
      const found = await unitDocument(session, textDocument.uri);
      return found === undefined ? [] : lensesOf(found);
    }),
  );
}

/** A unit without drop-ins is already all that there is to see. */
function lensesOf({ document, file, unit }: UnitDocument): CodeLens[] {
  if (unit === undefined || unit.dropIns.length === 0) return [];
  const count = unit.dropIns.length === 1 ? "1 drop-in" : `${unit.dropIns.length} drop-ins`;
  const parts = unit.main === undefined ? `${count} for a unit of the host` : `with ${count}`;
  const title = `Effective ${unit.name.name} (${parts})`;
  const command = { title, command: commands.showEffectiveUnit, arguments: [document.uri] };
  const top = file.sections.find(({ header }) => header !== undefined)?.header?.span.start ?? 0;
  return [{ range: toRange(document, { start: top, end: top }), command }];
}
