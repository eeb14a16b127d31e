import type { Drawing } from "../drawing";
import { heatOfRows } from "../matrix/heat";
import { boxesOfRows } from "./boxes";
import { object, objects, text, type Json } from "../json";
import { inPlainWords } from "../numbers/format";
import { metricOfColumn } from "../totals/metric";
import { onlyFirst } from "../series/names";
import { rowsOf, type Rows } from "./rows";
import type { Trend } from "../series/series";
import { numeric, trendOfRows, unitOfColumn } from "./sql";
import { PLAIN } from "../numbers/unit";
import type { Value } from "../totals/values";

/** A table's chart settings draw it; what cannot be drawn so stays a table. */
export function ofRows(insight: Json): Drawing {
  const query = object(insight["query"]);
  const display = text(query["display"]);
  const settings = object(query["chartSettings"]);
  const rows = rowsOf(insight);
  const table: Drawing = { kind: "table", rows, ...asked(display) };
  if (display === "BoldNumber") {
    const [chosen] = objects(settings["yAxis"]);
    const column = chosen ? rows.columns.findIndex(({ name }) => name === chosen["column"]) : 0;
    const value = numeric(rows.rows[0]?.[column]);
    const unit = unitOfColumn(chosen);
    return value === null ? table : { kind: "number", figure: { value, previous: null }, unit };
  }
  if (display === "BoxPlot") return boxesOfRows(rows, settings) ?? table;
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

/** What a table says that PostHog draws otherwise. */
function asked(display: string): { note?: string } {
  if (!display || display === "ActionsTable") return {};
  return { note: `The rows as a table; PostHog draws them: ${inPlainWords(display)}.` };
}

/** The first column of numbers, one total a row. */
function totals(trend: Trend, kind: "pie" | "bars"): Drawing {
  const { days, series, unit } = trend;
  const values = days.map((name, color): Value => {
    return { name, value: series[0]?.data[color] ?? null, color, previous: false };
  });
  return { kind, values, unit, ...onlyFirst(namesIn(trend)) };
}

/** Names of the series that are not of the previous period. */
export function namesIn({ series }: Trend): string[] {
  return series.filter(({ previous }) => !previous).map(({ name }) => name);
}

/** Totals as a table. */
export function tableOfValues(values: Value[]): Rows {
  return {
    columns: [
      { name: "Series", numeric: false },
      { name: "Total", numeric: true },
    ],
    rows: values.map(({ name, value }) => [name, value]),
    more: false,
  };
}
