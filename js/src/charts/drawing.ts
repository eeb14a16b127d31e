import { number, object, text, type Json } from "./json";
import { rowsOf, type Rows } from "./rows";
import { trendOf, type Trend } from "./series";
import { funnelsOf, type Funnel } from "./steps";
import { figureOf, valuesOf, type Figure, type Value } from "./values";

/** What is to be drawn of an insight, read and typed; one kind a component. */
export type Drawing =
  | { kind: "line"; trend: Trend; filled: boolean }
  | { kind: "columns"; trend: Trend; stacked: boolean }
  | { kind: "bars"; values: Value[] }
  | { kind: "number"; figure: Figure }
  | { kind: "funnel"; funnels: Funnel[] }
  | { kind: "table"; rows: Rows }
  | { kind: "unknown"; name: string; count: number };

/** Choose by the query (contract 13), and read its result. */
export function drawingOf(insight: Json): Drawing {
  const { result } = insight;
  const query = object(insight["query"]);
  const source = object(query["source"] ?? query);
  const kind = text(source["kind"]);
  if (query["kind"] === "DataVisualizationNode" || query["kind"] === "DataTableNode") {
    return ofRows(insight, text(query["display"]));
  }
  switch (kind) {
    case "TrendsQuery":
      return ofTrends(result, text(object(source["trendsFilter"])["display"]));
    case "StickinessQuery":
      return { kind: "line", trend: trendOf(result), filled: false };
    case "LifecycleQuery":
      return { kind: "columns", trend: trendOf(result), stacked: true };
    case "FunnelsQuery":
      return ofFunnels(result, text(object(source["funnelsFilter"])["funnelVizType"]));
    default:
      return unknown(kind || text(query["kind"]) || "An insight of the old kind", result);
  }
}

function ofTrends(result: unknown, display: string): Drawing {
  switch (display) {
    case "BoldNumber":
    case "Metric":
      return { kind: "number", figure: figureOf(result) };
    case "ActionsBarValue":
    case "ActionsPie":
    case "WorldMap":
      return { kind: "bars", values: valuesOf(result) };
    case "ActionsTable":
      return { kind: "table", rows: rowsOfValues(valuesOf(result)) };
    case "ActionsBar":
    case "ActionsStackedBar":
      return { kind: "columns", trend: trendOf(result), stacked: true };
    case "ActionsUnstackedBar":
      return { kind: "columns", trend: trendOf(result), stacked: false };
    case "":
    case "ActionsLineGraph":
    case "ActionsLineGraphCumulative":
      return { kind: "line", trend: trendOf(result), filled: false };
    case "ActionsAreaGraph":
      return { kind: "line", trend: trendOf(result), filled: true };
    default:
      return unknown(display, result);
  }
}

function ofFunnels(result: unknown, drawn: string): Drawing {
  if (drawn === "trends") return { kind: "line", trend: trendOf(result), filled: false };
  if (drawn === "" || drawn === "steps") return { kind: "funnel", funnels: funnelsOf(result) };
  return unknown(`A funnel drawn as ${drawn}`, object(result)["bins"] ?? result);
}

function ofRows(insight: Json, display: string): Drawing {
  const rows = rowsOf(insight);
  const value = number(rows.rows[0]?.[0]);
  if (display === "BoldNumber" && value !== null) {
    return { kind: "number", figure: { value, previous: null } };
  }
  return { kind: "table", rows };
}

function rowsOfValues(values: Value[]): Rows {
  return {
    columns: [
      { name: "Series", numeric: false },
      { name: "Total", numeric: true },
    ],
    rows: values.map(({ name, value }) => [name, value]),
    more: false,
  };
}

function unknown(name: string, result: unknown): Drawing {
  return { kind: "unknown", name, count: Array.isArray(result) ? result.length : 1 };
}
