// A unit put together with its drop-ins: our own request for its text.
import { type EffectiveUnit, type EffectiveUnitParams, effectiveUnitRequest } from "../../../../shared/src/requests.ts";
import { effectiveUnit, lineIndex } from "../../core/index.ts";
import { guard } from "../guard.ts";
import type { Session } from "../session.ts";
import { textInTree } from "../unit-store.ts";
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
}
