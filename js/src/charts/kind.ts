import { object, text, type Json } from "./json";
import { KINDS, LEGACY, type DrawingName, type ShapeName } from "./kinds";

/** What an insight is, by the table of kinds that the frames use too. */
export interface Kind {
  shape: ShapeName;
  drawing: DrawingName;
  /** A second period may follow the first in the result. */
  compared?: true | undefined;
}

const ROWS = new Map<string, Kind>(
  KINDS.flatMap(([query, displays, shape, drawing, compared]) =>
    displays
      .split(" ")
      .map((display) => [`${query} ${display}`, { shape, drawing, compared }] as const),
  ),
);

/** The query without what only says how to show it. Old insights have filters instead. */
export function sourceOf(insight: Json): Json {
  const query = object(insight["query"]);
  if (query["kind"] || query["source"]) return object(query["source"] ?? query);
  const filters = object(insight["filters"]);
  if (Object.keys(filters).length === 0) return {};
  const name = (text(filters["insight"]) || "TRENDS").toUpperCase();
  if (!LEGACY.includes(name)) return {};
  const kind = `${name.charAt(0)}${name.slice(1).toLowerCase()}Query`;
  // Settings of old insights have the names of today's, in another spelling.
  const settings = Object.fromEntries(
    Object.entries(filters).map(([name, value]) => [camel(name), value]),
  ) as Json;
  const { interval, breakdown, breakdown_type, breakdowns } = filters;
  const breakdownFilter = { breakdown, breakdown_type, breakdowns };
  return { kind, interval, breakdownFilter, [filterOf(kind)]: settings };
}

/** The field that holds a query's display settings: trendsFilter of a TrendsQuery. */
export function filterOf(query: string): string {
  return `${query.charAt(0).toLowerCase()}${query.slice(1).replace(/Query$/, "")}Filter`;
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Display settings of a query. */
export function settingsOf(source: Json): Json {
  return object(source[filterOf(text(source["kind"]))]);
}

/** How it is displayed, as the query's settings say; empty when they do not. */
export function displayOf(source: Json): string {
  const settings = settingsOf(source);
  return text(settings[source["kind"] === "FunnelsQuery" ? "funnelVizType" : "display"]);
}

/** Its row of the table; null for what nobody knows. */
export function kindOf(source: Json): Kind | null {
  const query = text(source["kind"]);
  return ROWS.get(`${query} ${displayOf(source)}`) ?? ROWS.get(`${query} *`) ?? null;
}
