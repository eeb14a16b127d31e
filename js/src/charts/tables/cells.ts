import { numbersOf } from "../series/box_plot";
import { shareOf, type Cohorts } from "../matrix/cohorts";
import type { Drawing } from "../drawing";
import { dateOf, type Heat } from "../matrix/heat";
import type { Trend } from "../series/series";
import { textsAt } from "../settings/trends/annotations";
import { overlaysOf } from "../settings/trends/overlays";

/** A drawing's numbers as a plain table: to copy, and for those who do not see. */
export interface Cells {
  columns: string[];
  rows: unknown[][];
  /** How many rows there are, where not all of them were asked for. */
  count?: number;
}

/** Of many intervals only the first `most`, where that is enough. */
export function cellsOf(drawing: Drawing, most = Infinity): Cells | null {
  switch (drawing.kind) {
    case "line":
    case "columns":
    case "slope":
      return ofTrend(drawing.trend, most);
    case "boxes": {
      const { days, series } = drawing.boxes;
      const numbers = series.flatMap((one) => numbersOf({ ...one, color: 0 }));
      return ofTrend({ days, series: numbers });
    }
    case "progress":
      return {
        columns: ["value", "goal", "previous"],
        rows: [[drawing.figure.value, drawing.goal?.value ?? null, drawing.figure.previous]],
      };
    case "overview":
      return {
        columns: ["figure", "value", "previous"],
        rows: drawing.figures.map(({ name, value, previous }) => [name, value, previous]),
      };
    case "bars":
    case "pie":
      return {
        columns: ["name", "value"],
        rows: drawing.values.map(({ name, value }) => [name, value]),
      };
    case "map":
      return {
        columns: ["code", "country", "value"],
        rows: drawing.places.map(({ code, name, value }) => [code, name, value]),
      };
    case "heat":
      return ofHeat(drawing.heat);
    case "number":
      if (drawing.line) return ofTrend(drawing.line);
      return {
        columns: ["value", "previous"],
        rows: [[drawing.figure.value, drawing.figure.previous]],
      };
    case "funnel":
      return {
        columns: ["breakdown", "step", "name", "count", "share", "average_seconds", "median_seconds"],
        rows: drawing.funnels.flatMap(({ name, steps }) =>
          steps.map((step, index) => {
            return [name, index + 1, step.name, step.count, step.share, step.average, step.median];
          }),
        ),
      };
    case "retention":
      return ofCohorts(drawing.cohorts);
    case "paths":
      return {
        columns: ["source", "target", "value", "average_milliseconds"],
        rows: drawing.links.map(({ source, target, value, time }) => [source, target, value, time]),
      };
    case "table":
      return {
        columns: drawing.rows.columns.map(({ name }) => name),
        rows: drawing.rows.rows,
      };
    case "unknown":
      return null;
  }
}

function ofTrend(trend: Pick<Trend, "days" | "series" | "extras">, most = Infinity): Cells {
  const { days, series, extras = {} } = trend;
  const overlays = overlaysOf(series, extras).flatMap(({ name, data, lower }) =>
    lower ? [{ name: `${name}, from`, data: lower }, { name: `${name}, to`, data }] : [{ name, data }],
  );
  const lists = [...series, ...overlays];
  const { annotations } = extras;
  return {
    columns: ["day", ...lists.map(({ name }) => name), ...(annotations ? ["annotations"] : [])],
    ...(most < days.length && { count: days.length }),
    rows: days.slice(0, most).map((day, index) => [
      day,
      ...lists.map(({ data }) => data[index]),
      ...(annotations ? [textsAt(annotations, index).join("; ") || null] : []),
    ]),
  };
}

function ofHeat({ kind, title, rows, columns, cells }: Heat): Cells {
  const names = { hours: ["weekday", "hour"], weeks: ["day"], table: [title, "column"] }[kind];
  return {
    columns: [...names, "value"],
    rows: columns.flatMap((column, across) =>
      rows.flatMap((row, down) => {
        const value = cells[down]?.[across];
        if (value == null) return [];
        return [[...(kind === "weeks" ? [dateOf(column, down)] : [row, column]), value]];
      }),
    ),
  };
}

function ofCohorts({ periods, rows }: Cohorts): Cells {
  const isAggregated = rows.some(({ amounts }) => amounts);
  return {
    columns: ["cohort", "period", "size", "count", "share", ...(isAggregated ? ["value"] : [])],
    rows: rows.flatMap((row) =>
      periods.flatMap((name, period) => {
        const count = row.counts[period];
        if (count == null) return [];
        const amount = isAggregated ? [row.amounts?.[period] ?? null] : [];
        return [[row.name, name, row.size, count, shareOf(row, period), ...amount]];
      }),
    ),
  };
}
