import { expect, test } from "vitest";
import { drawingOf } from "./drawing";
import type { Json } from "./json";

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

test.each(["ActionsTable", "TwoDimensionalHeatmap", ""])("%s is a table", (display) => {
  expect(drawn(display)).toMatchObject({ kind: "table", rows: { rows: ROWS } });
});
