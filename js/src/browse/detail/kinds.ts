import type { Tile } from "./tiles";

const QUERIES = new Map([
  ["FunnelsQuery", "funnel"],
  ["HogQLQuery", "SQL"],
  ["PathsQuery", "paths"],
]);
const DISPLAYS = new Map([
  ["ActionsAreaGraph", "area"],
  ["ActionsBar", "stacked bars"],
  ["ActionsBarValue", "bars of totals"],
  ["ActionsLineGraph", "line"],
  ["ActionsLineGraphCumulative", "cumulative line"],
  ["ActionsPie", "pie"],
  ["ActionsStackedBar", "stacked bars"],
  ["ActionsTable", "table"],
  ["ActionsUnstackedBar", "bars"],
  ["BoldNumber", "number"],
  ["Metric", "number"],
]);

/** What a tile is, in plain words: "trends, number". */
export function kindWords({ query_kind, display, kind }: Tile): string {
  const query = query_kind ?? kind ?? "unknown";
  const words = [QUERIES.get(query) ?? spaced(query.replace(/Query$/, ""))];
  if (display !== null) words.push(DISPLAYS.get(display) ?? spaced(display.replace(/^Actions/, "")));
  return words.join(", ");
}

/** The name of something newer than this: "WorldMap" is a world map. */
function spaced(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
