import { expect, test } from "vitest";
import { drawingOf } from "../drawing";
import type { Json } from "../json";

const COLUMNS = ["day", "plan", "orders", "value"];
const TYPES = [["day", "Date"], ["plan", "String"], ["orders", "UInt64"], ["value", "Decimal(8,2)"]];
const ROWS = [
  ["2026-06-11", "free", 4, "1.5"],
  ["2026-06-11", "paid", 1, "9"],
  ["2026-06-12", "free", 6, null],
];

const drawn = (display: string, chartSettings?: Json) => {
  const query = { kind: "DataVisualizationNode", source: { kind: "HogQLQuery" }, display };
  return drawingOf({ query: { ...query, chartSettings }, columns: COLUMNS, types: TYPES, result: ROWS });
};

test("settings name the axes, and how numbers are written", () => {
  const drawing = drawn("ActionsLineGraph", {
    xAxis: { column: "day" },
    yAxis: [
      {
        column: "value",
        settings: { display: { label: "Value", color: "preset-4" }, formatting: { suffix: " EUR" } },
      },
    ],
    goalLines: [{ label: "Plan", value: 20 }],
  });
  expect(drawing).toMatchObject({
    kind: "line",
    trend: {
      days: ["2026-06-11", "2026-06-12"],
      series: [{ name: "Value", color: 3, data: [10.5, null] }],
      unit: { suffix: " EUR" },
      goals: [{ name: "Plan", value: 20 }],
    },
  });
});

test("a breakdown column splits the series; what has no row is a gap", () => {
  const settings = {
    xAxis: { column: "day" },
    yAxis: [{ column: "orders" }],
    seriesBreakdownColumn: "plan",
  };
  expect(drawn("ActionsStackedBar", settings)).toMatchObject({
    kind: "columns",
    stacked: true,
    trend: {
      series: [
        { name: "free", data: [4, 6] },
        { name: "paid", data: [1, null] },
      ],
    },
  });
});

test("without settings the first text is across and every number is a series", () => {
  expect(drawn("ActionsBar")).toMatchObject({
    kind: "columns",
    stacked: false,
    trend: { series: [{ name: "orders", data: [5, 6] }, { name: "value", data: [10.5, null] }] },
  });
});

test("a number may be named by its column", () => {
  const settings = { yAxis: [{ column: "value", settings: { formatting: { prefix: "€" } } }] };
  expect(drawn("BoldNumber", settings)).toMatchObject({
    kind: "number",
    figure: { value: 1.5, previous: null },
    unit: { prefix: "€" },
  });
});

const y = (column: string, display: Json) => ({ column, settings: { display } });

test("a series may have the second axis, another shape and a color of its own", () => {
  const drawing = drawn("ActionsBar", {
    xAxis: { column: "day" },
    yAxis: [
      y("orders", {}),
      y("value", { yAxisPosition: "right", displayType: "line", color: "#123456" }),
    ],
    leftYAxisSettings: { scale: "linear" },
    rightYAxisSettings: { scale: "logarithmic" },
  });
  expect(drawing).toMatchObject({
    kind: "columns",
    trend: {
      series: [
        { name: "orders", color: 0 },
        { name: "value", color: "#123456", right: true, shape: "line" },
      ],
      log: false,
      right: { log: true },
    },
  });
});

test("one column among lines makes columns with lines over them", () => {
  const yAxis = [y("orders", {}), y("value", { displayType: "bar" })];
  expect(drawn("ActionsLineGraph", { yAxis })).toMatchObject({
    kind: "columns",
    trend: { series: [{ name: "orders", shape: "line" }, { name: "value" }] },
  });
});

test("lines alone stay a line chart, filled where they are areas", () => {
  const yAxis = [y("orders", { displayType: "area" }), y("value", { displayType: "line" })];
  const drawing = drawn("ActionsLineGraph", { yAxis });
  expect(drawing).toMatchObject({ kind: "line", stacked: false, trend: { series: [{ shape: "area" }, {}] } });
});

test("a right axis alone is the only axis, with its own scale", () => {
  const yAxis = [y("orders", { yAxisPosition: "right" })];
  const drawing = drawn("ActionsLineGraph", { yAxis, rightYAxisSettings: { scale: "logarithmic" } });
  expect(drawing).toMatchObject({ trend: { log: true } });
  expect(drawing).not.toHaveProperty("trend.right");
  expect(drawing).not.toHaveProperty("trend.series.0.right");
});

test("a heatmap names its columns, else it is a table", () => {
  const heatmap = { xAxisColumn: "day", yAxisColumn: "plan", valueColumn: "orders" };
  expect(drawn("TwoDimensionalHeatmap", { heatmap })).toMatchObject({
    kind: "heat",
    heat: { rows: ["free", "paid"], cells: [[4, 6], [1, null]] },
  });
});

test.each(["ActionsTable", "TwoDimensionalHeatmap", ""])("%s is a table", (display) => {
  expect(drawn(display)).toMatchObject({ kind: "table", rows: { rows: ROWS } });
});

test("what is a table here and a chart in PostHog says so", () => {
  expect(drawn("ActionsTable").note).toBeUndefined();
  expect(drawn("ScatterPlot").note).toBe("The rows as a table; PostHog draws them: scatter plot.");
});

test("columns to 100 % are filled on each axis, where a goal in numbers has no place", () => {
  const drawing = drawn("ActionsStackedBar", {
    xAxis: { column: "day" },
    yAxis: [y("orders", {}), y("value", { yAxisPosition: "right" })],
    stackBars100: true,
    goalLines: [{ label: "Plan", value: 900 }],
  });
  expect(drawing).toMatchObject({
    trend: {
      series: [{ data: [100, 100] }, { data: [100, null] }],
      right: { unit: { style: "percent" } },
      goals: [],
    },
  });
});

test("a number whose column is gone is not another column's", () => {
  const query = { kind: "DataVisualizationNode", source: {}, display: "BoldNumber" };
  const insight = { columns: ["n"], types: [["n", "UInt8"]], result: [[7]] };
  const of = (chartSettings: Json) => drawingOf({ query: { ...query, chartSettings }, ...insight });
  expect(of({ yAxis: [{ column: "gone" }] })).toMatchObject({ kind: "table" });
  expect(of({})).toMatchObject({ kind: "number", figure: { value: 7 } });
});

test.each(["ActionsPie", "ActionsBarValue", "Metric"])("%s says which of its columns it is", (display) => {
  expect(drawn(display)).toMatchObject({ note: "Only orders: the first of 2 series." });
  expect(drawn(display, { yAxis: [{ column: "value" }] })).not.toHaveProperty("note");
});
