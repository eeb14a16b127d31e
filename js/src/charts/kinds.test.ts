import { expect, test } from "vitest";
import { cellsOf } from "./tables/cells";
import { drawingOf } from "./drawing";
import type { Json } from "./json";
import { filterOf } from "./kind";
import { KINDS, type ShapeName } from "./kinds";

const DAYS = ["2026-06-10", "2026-06-11"];
const SERIES = { label: "a", status: "new", days: DAYS, data: [1, 2] };
const BOX = { day: DAYS[0], min: 1, p25: 2, median: 3, p75: 4, max: 9, mean: 3.5 };
const CELL = { row: 1, column: 2, value: 3 };

/** The smallest whole result of each shape. */
const RESULTS: Record<ShapeName, unknown> = {
  series: [SERIES],
  stickiness: [{ ...SERIES, days: [1, 2], labels: ["1 day", "2 days"] }],
  lifecycle: [SERIES],
  totals: [{ label: "a", breakdown_value: "DE", aggregated_value: 5 }],
  boxes: [BOX],
  calendar: [{ label: "a", calendar_heatmap_data: { data: [CELL] } }],
  hours: { data: [CELL] },
  steps: [{ name: "a", order: 0, count: 5 }],
  times: { bins: [[0, 3]], average_conversion_time: 9 },
  retention: [{ date: "2026-06-10T00:00:00Z", values: [{ count: 4, label: "Day 0" }] }],
  paths: [{ source: "1_a", target: "2_b", value: 3, average_conversion_time: 5 }],
  overview: [{ key: "visitors", kind: "unit", value: 5, previous: 4 }],
  columns: [["x", 1]],
};

const insightOf = (query: string, display: string, result: unknown, more: Json = {}): Json => {
  const name = query === "FunnelsQuery" ? "funnelVizType" : "display";
  const filter = display ? { [filterOf(query)]: { [name]: display } } : {};
  return { query: { kind: "InsightVizNode", source: { kind: query, ...filter } }, result, ...more };
};

const rows = KINDS.flatMap(([query, displays, shape]) =>
  displays.split(" ").map((display) => [query, display.replace("*", ""), shape] as const),
);

test.each(rows)("%s shown as '%s' is drawn, and has a table for who does not see it", (...row) => {
  const [query, display, shape] = row;
  const named = shape === "columns" ? { columns: ["a", "n"] } : {};
  const drawing = drawingOf(insightOf(query, display, RESULTS[shape], named));
  expect(drawing.kind).not.toBe("unknown");
  expect(cellsOf(drawing)?.rows.length).toBeGreaterThan(0);
  for (const odd of [{ x: 1 }, [{ x: 1 }], "?", 5]) {
    expect(drawingOf(insightOf(query, display, odd)).kind).toBe("unknown");
  }
});

test("box plots come in the result or beside an empty one", () => {
  const beside = insightOf("TrendsQuery", "BoxPlot", [], { boxplot_data: [BOX] });
  expect(drawingOf(beside)).toMatchObject({ boxes: { series: [{ boxes: [{ median: 3 }] }] } });
});

test("a compared funnel is two funnels, the previous one in the same color", () => {
  const steps = ["current", "previous"].flatMap((compare_label, before) =>
    [100, 40 - 20 * before].map((count, order) => ({ name: "s", order, count, compare_label })),
  );
  expect(drawingOf(insightOf("FunnelsQuery", "", steps))).toMatchObject({
    funnels: [
      { name: "Current", color: 0, steps: [{ share: 1 }, { share: 0.4, kept: 0.4 }] },
      { name: "Previous", color: 0, previous: true, steps: [{ share: 1 }, { share: 0.2 }] },
    ],
  });
});

test("times to convert of two periods are two series", () => {
  const two = ["current", "previous"].map((compare_label, before) => ({
    compare_label,
    bins: [[0, 5], [60, before]],
    average_conversion_time: 60,
  }));
  expect(drawingOf(insightOf("FunnelsQuery", "time_to_convert", two))).toMatchObject({
    kind: "columns",
    note: expect.stringMatching(/^1.min on average, 1.min on average before$/),
    trend: { series: [{ data: [5, 0] }, { previous: true, data: [5, 1] }] },
  });
});

test("old insights are drawn by their filters", () => {
  const filters = { insight: "TRENDS", display: "ActionsBarValue" };
  expect(drawingOf({ query: null, filters, result: RESULTS.totals }).kind).toBe("bars");
  expect(drawingOf({ query: null, filters: { insight: "PATHS" }, result: RESULTS.paths }).kind).toBe("paths");
});

test("more values than days are said on the tile", () => {
  const odd = insightOf("TrendsQuery", "", [{ ...SERIES, data: [1, 2, 3] }]);
  expect(drawingOf(odd).note).toBe("3 values came with 2 intervals: live.results has them all.");
});

test("a property's sums are retention's cells", () => {
  const values = [10, 4].map((count) => ({ count, label: "Day", aggregation_value: count * 2.5 }));
  const query = { kind: "RetentionQuery", retentionFilter: { aggregationType: "sum" } };
  const drawing = drawingOf({ query, result: [{ date: "2026-06-10T00:00:00Z", values }] });
  expect(drawing).toMatchObject({ cohorts: { rows: [{ amounts: [25, 10] }], mean: [25, 10] } });
  expect(cellsOf(drawing)?.rows[1]).toEqual(["2026-06-10T00:00:00Z", "Day", 10, 4, 0.4, 10]);
});

test("web statistics have a column a period", () => {
  const columns = ["context.columns.breakdown_value", "context.columns.visitors"];
  const given = insightOf("WebStatsTableQuery", "", [["/home", [10, 8]]], { columns });
  expect(cellsOf(drawingOf(given))).toEqual({
    columns: ["breakdown_value", "visitors", "visitors previous"],
    rows: [["/home", 10, 8]],
  });
});
