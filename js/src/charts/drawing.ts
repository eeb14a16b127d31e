import { cohortsOf, graphOf, type Cohorts } from "./cohorts";
import { colorsOf, type Colors } from "./colors";
import { duration, spelled } from "./duration";
import { linksOf, type Link } from "./flow";
import { calendarOf, heatOfHours, heatOfRows, type Heat } from "./heat";
import { array, number, object, objects, text, type Json } from "./json";
import { metricOf, metricOfColumn } from "./metric";
import { onlyFirst } from "./names";
import { rowsOf, type Rows } from "./rows";
import { trendOf, type Trend } from "./series";
import { asShares } from "./stack";
import { goalsOf, numeric, trendOfRows, unitOfColumn } from "./sql";
import { funnelsOf, timesOf, type Funnel } from "./steps";
import { PERCENT, PLAIN, unitOf, type Unit } from "./unit";
import { figureOf, placesOf, valuesOf, type Figure, type Place, type Value } from "./values";

/** What is to be drawn of an insight, read and typed; one kind a component. */
export type Drawing =
  | { kind: "line"; trend: Trend; stacked: boolean }
  | { kind: "columns"; trend: Trend; stacked: boolean; note?: string }
  | { kind: "bars"; values: Value[]; unit: Unit; note?: string }
  | { kind: "pie"; values: Value[]; unit: Unit; note?: string }
  | { kind: "map"; places: Place[]; unit: Unit }
  | { kind: "number"; figure: Figure; unit: Unit; line?: Trend; note?: string }
  | { kind: "funnel"; funnels: Funnel[] }
  | { kind: "heat"; heat: Heat; unit: Unit }
  | { kind: "retention"; cohorts: Cohorts; graph: Trend | null; hasMatrix: boolean }
  | { kind: "paths"; links: Link[] }
  | { kind: "table"; rows: Rows }
  | { kind: "unknown"; name: string; count: number };

/** Choose by the query (contract 13), and read its result.
 *
 * `breakdownColors` are the board's own (contract 7.9). */
export function drawingOf(insight: Json, breakdownColors?: unknown): Drawing {
  const { result } = insight;
  const query = object(insight["query"]);
  const source = object(query["source"] ?? query);
  const kind = text(source["kind"]);
  const filtering = (name: string) => object(source[name]);
  const colors = (filter: Json) => colorsOf(breakdownColors, source, filter);
  if (query["kind"] === "DataVisualizationNode" || query["kind"] === "DataTableNode") {
    return ofRows(insight, text(query["display"]), object(query["chartSettings"]));
  }
  switch (kind) {
    case "TrendsQuery": {
      const filter = filtering("trendsFilter");
      return ofTrends(result, source, filter, colors(filter));
    }
    case "CalendarHeatmapQuery":
      return Array.isArray(object(result)["data"])
        ? { kind: "heat", heat: heatOfHours(object(result)), unit: PLAIN }
        : unknown(kind, result);
    case "StickinessQuery": {
      const filter = filtering("stickinessFilter");
      return ofStickiness(result, filter, colors(filter));
    }
    case "LifecycleQuery":
      return { kind: "columns", trend: trendOf(result), stacked: true };
    case "FunnelsQuery": {
      const filter = filtering("funnelsFilter");
      return ofFunnels(result, text(filter["funnelVizType"]), colors(filter));
    }
    case "RetentionQuery":
      return ofRetention(insight, filtering("retentionFilter"));
    case "PathsQuery": {
      const links = linksOf(result);
      // Something that is no link is not the same as nothing.
      return links.length < array(result).length ? unknown(kind, result) : { kind: "paths", links };
    }
    default:
      return unknown(kind || text(query["kind"]) || "An insight of the old kind", result);
  }
}

function ofTrends(result: unknown, source: Json, filter: Json, colors: Colors): Drawing {
  const display = text(filter["display"]);
  const unit = unitOf(filter);
  switch (display) {
    case "BoldNumber": {
      const note = onlyFirst(namesIn(trendOf(result)));
      return { kind: "number", figure: figureOf(result), unit, ...note };
    }
    case "Metric": {
      const line = trendOf(result, { unit }, colors);
      const figure = metricOf(result, filter);
      const note = onlyFirst(namesIn(line));
      return { kind: "number", figure, unit, ...(line.days.length > 1 && { line }), ...note };
    }
    case "CalendarHeatmap": {
      const heat = calendarOf(result, source);
      return heat ? { kind: "heat", heat, unit } : unknown(display, result);
    }
    case "ActionsBarValue":
      return { kind: "bars", values: valuesOf(result, colors), unit };
    case "ActionsPie":
      return { kind: "pie", values: valuesOf(result, colors), unit };
    case "WorldMap":
      return { kind: "map", places: placesOf(result), unit };
    case "ActionsTable":
      return { kind: "table", rows: rowsOfValues(valuesOf(result)) };
    case "ActionsBar":
    case "ActionsStackedBar":
      return { kind: "columns", trend: filtered(result, filter, colors), stacked: true };
    case "ActionsUnstackedBar":
      return { kind: "columns", trend: filtered(result, filter, colors), stacked: false };
    case "":
    case "ActionsLineGraph":
    case "ActionsLineGraphCumulative":
      return { kind: "line", trend: filtered(result, filter, colors), stacked: false };
    case "ActionsAreaGraph":
      return { kind: "line", trend: filtered(result, filter, colors), stacked: true };
    default:
      return unknown(display, result);
  }
}

function filtered(result: unknown, filter: Json, colors: Colors): Trend {
  const log = filter["yAxisScaleType"] === "log10";
  const goals = goalsOf(filter["goalLines"]);
  const trend = trendOf(result, { unit: unitOf(filter), log, goals }, colors);
  if (filter["showPercentStackView"] !== true) return trend;
  // A goal is a number: it has no place among shares.
  return { ...trend, series: asShares(trend.series), unit: PERCENT, goals: [] };
}

/** How many people on how many days; beside it their share of all. */
function ofStickiness(result: unknown, filter: Json, colors: Colors): Drawing {
  const trend = trendOf(result, {}, colors);
  const wholes = objects(result).map((one) => number(one["count"]) ?? 0);
  // "k or more" counts people several times: their sum is no whole.
  const isCumulative = filter["computedAs"] === "cumulative";
  const series = trend.series.map((one, index) => {
    const whole = isCumulative ? (one.data[0] ?? 0) : (wholes[index] ?? 0);
    return whole > 0 ? { ...one, whole } : one;
  });
  const drawn = { ...trend, series };
  return /Bar/.test(text(filter["display"]))
    ? { kind: "columns", trend: drawn, stacked: false }
    : { kind: "line", trend: drawn, stacked: false };
}

function ofFunnels(result: unknown, drawn: string, colors: Colors): Drawing {
  switch (drawn) {
    case "":
    case "steps":
      return { kind: "funnel", funnels: funnelsOf(result, colors) };
    case "trends":
      return { kind: "line", trend: trendOf(result, { unit: PERCENT }, colors), stacked: false };
    case "time_to_convert":
      return ofTimes(result);
    default:
      return unknown(`A funnel drawn as ${drawn}`, result);
  }
}

function ofTimes(result: unknown): Drawing {
  const { average, bins } = timesOf(result);
  const data = bins.map(([, count]) => count);
  const isEmpty = data.every((count) => count === 0);
  const series = isEmpty ? [] : [{ name: "Converted", color: 0, previous: false, data }];
  const days = bins.map(([seconds]) => spelled(seconds));
  const trend = { days, series, unit: PLAIN, log: false, goals: [] };
  const note = average === null ? {} : { note: `${duration(average)} on average` };
  return { kind: "columns", trend, stacked: true, ...note };
}

function ofRetention(insight: Json, filter: Json): Drawing {
  const isWeighted = filter["meanRetentionCalculation"] === "weighted";
  const cohorts = cohortsOf(insight["result"], isWeighted, {
    computed: text(insight["last_refresh"]),
    timezone: text(insight["timezone"]),
  });
  const shown = text(filter["dashboardDisplay"]);
  const isGraph = text(filter["display"]) !== "" && text(filter["display"]) !== "ActionsTable";
  const hasGraph = shown === "graph_only" || shown === "all" || (shown === "" && isGraph);
  return {
    kind: "retention",
    cohorts,
    graph: hasGraph ? graphOf(cohorts) : null,
    hasMatrix: shown === "all" || !hasGraph,
  };
}

/** A table's chart settings draw it; what cannot be drawn so stays a table. */
function ofRows(insight: Json, display: string, settings: Json): Drawing {
  const rows = rowsOf(insight);
  const table: Drawing = { kind: "table", rows };
  if (display === "BoldNumber") {
    const [chosen] = objects(settings["yAxis"]);
    const column = chosen ? rows.columns.findIndex(({ name }) => name === chosen["column"]) : 0;
    const value = numeric(rows.rows[0]?.[column]);
    const unit = unitOfColumn(chosen);
    return value === null ? table : { kind: "number", figure: { value, previous: null }, unit };
  }
  if (display === "TwoDimensionalHeatmap") {
    const heat = heatOfRows(rows, object(settings["heatmap"]));
    return heat ? { kind: "heat", heat, unit: PLAIN } : table;
  }
  if (!/^(Metric|Actions(Line|Area|Bar|Stacked|Unstacked|Pie))/.test(display)) return table;
  const drawn = trendOfRows(rows, display, settings);
  if (!drawn) return table;
  const { trend, isColumns } = drawn;
  switch (display) {
    case "Metric": {
      const [series] = trend.series;
      if (!series) return table;
      const figure = metricOfColumn(series.data, object(settings["metric"]));
      const line = { ...trend, series: [series] };
      return { kind: "number", figure, unit: trend.unit, line, ...onlyFirst(namesIn(trend)) };
    }
    case "ActionsPie":
    case "ActionsBarValue":
      return totals(trend, display === "ActionsPie" ? "pie" : "bars");
  }
  if (isColumns) return { kind: "columns", trend, stacked: display === "ActionsStackedBar" };
  return { kind: "line", trend, stacked: display === "ActionsAreaGraph" };
}

/** The first column of numbers, one total a row. */
function totals(trend: Trend, kind: "pie" | "bars"): Drawing {
  const { days, series, unit } = trend;
  const values = days.map((name, color): Value => {
    return { name, value: series[0]?.data[color] ?? null, color, previous: false };
  });
  return { kind, values, unit, ...onlyFirst(namesIn(trend)) };
}

function namesIn({ series }: Trend): string[] {
  return series.filter(({ previous }) => !previous).map(({ name }) => name);
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
  return { kind: "unknown", name, count: Array.isArray(result) ? array(result).length : 1 };
}
