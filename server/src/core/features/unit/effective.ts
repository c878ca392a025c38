// A unit with its drop-ins as one text: what counts of all files, each line with the place that it comes from.
import type { Occurrence, Unit } from "../../model/unit.ts";
import { readUnit, sourcesOf } from "../../model/unit.ts";
import { sectionOfType } from "../../model/unit-name.ts";
import { keepsFirst } from "../../tables/find-unit-setting.ts";

export interface EffectiveUnitText {
  readonly text: string;
  /** For each line of the text the file and offset that it comes from; undefined for lines that only explain. */
  readonly lines: readonly ({ readonly path: string; readonly offset: number } | undefined)[];
}

/** What systemd makes of a unit's files. Assignments that others replace or take back are left out. */
export function effectiveUnit(unit: Unit): EffectiveUnitText {
  const lines: string[] = [];
  const places: EffectiveUnitText["lines"][number][] = [];
  const say = (line: string, place?: EffectiveUnitText["lines"][number]) => {
    lines.push(line);
    places.push(place);
  };
  const sources = sourcesOf(unit);
  say(`# ${unit.name.name}, combined from`);
  for (const { path } of sources) say(`#   ${path}`, { path, offset: 0 });
  if (unit.main === undefined) say("# The unit file itself is not in this tree; it is part of the host.");
  for (const section of ["Unit", sectionOfType(unit.name.type), "Install"]) {
    const counting = countingIn(unit, section);
    if (counting.length === 0) continue;
    say("");
    say(`[${section}]`);
    let last: string | undefined;
    for (const { source, entry } of counting) {
      if (sources.length > 1 && source.path !== last) say(`# from ${source.path}`, { path: source.path, offset: 0 });
      last = source.path;
      const { start, end } = entry.node.span;
      let offset = start;
      for (const line of source.file.text
        .slice(start, end)
        .replace(/(\r\n|[\n\r\0])$/, "")
        .split(/(?<=\r\n|\n|\r(?!\n))/)) {
        say(line.trimEnd(), { path: source.path, offset });
        offset += line.length;
      }
    }
  }
  return { text: `${lines.join("\n")}\n`, lines: places };
}

/** The assignments of a section that count, in the order in which systemd reads them. */
function countingIn(unit: Unit, section: string): Occurrence[] {
  const reader = readUnit(unit);
  const counting: Occurrence[] = [];
  const seen = new Set<string>();
  for (const source of sourcesOf(unit)) {
    for (const { node, setting, section: own } of source.file.entries) {
      if (own.name !== section || setting === undefined || seen.has(node.name)) continue;
      seen.add(node.name);
      const all = reader.all(section, node.name).filter(({ entry }) => entry.node.value.text !== "");
      counting.push(...(setting.list ? all : keepsFirst(setting) ? all.slice(0, 1) : all.slice(-1)));
    }
  }
  const order = new Map(sourcesOf(unit).map(({ path }, index) => [path, index]));
  return counting.sort(
    (a, b) =>
      (order.get(a.source.path) ?? 0) - (order.get(b.source.path) ?? 0) ||
      a.entry.node.span.start - b.entry.node.span.start,
  );
}
