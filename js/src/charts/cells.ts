import type { Drawing } from "./drawing";

/** A drawing's numbers as a plain table, for copying. */
export interface Cells {
  columns: string[];
  rows: unknown[][];
}

export function cellsOf(drawing: Drawing): Cells | null {
  switch (drawing.kind) {
    case "line":
    case "columns": {
      const { days, series } = drawing.trend;
      return {
        columns: ["day", ...series.map(({ name }) => name)],
        rows: days.map((day, index) => [day, ...series.map(({ data }) => data[index])]),
      };
    }
    case "bars":
      return {
        columns: ["name", "value"],
        rows: drawing.values.map(({ name, value }) => [name, value]),
      };
    case "number":
      return { columns: ["value", "previous"], rows: [Object.values(drawing.figure)] };
    case "funnel":
      return {
        columns: ["breakdown", "step", "name", "count", "share"],
        rows: drawing.funnels.flatMap(({ name, steps }) =>
          steps.map((step, index) => [name, index + 1, step.name, step.count, step.share]),
        ),
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
