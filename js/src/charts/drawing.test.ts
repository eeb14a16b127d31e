import { expect, test } from "vitest";
import { cellsOf } from "./cells";
import { drawingOf } from "./drawing";
import type { Json } from "./json";

const trends = (display: string | undefined, result: unknown): Json => ({
  query: { kind: "InsightVizNode", source: { kind: "TrendsQuery", trendsFilter: { display } } },
  result,
});

const DAYS = ["2026-06-10", "2026-06-11"];
const SERIES = [
  { label: "Chrome", breakdown_value: "Chrome", days: DAYS, data: [12, 15] },
  { label: "Firefox", breakdown_value: "Firefox", days: DAYS, data: [3, null] },
];

test("a trend without a display is a line, and null stays a gap", () => {
  const drawing = drawingOf(trends(undefined, SERIES));
  expect(drawing).toMatchObject({
    kind: "line",
    trend: {
      days: ["2026-06-10", "2026-06-11"],
      series: [
        { name: "Chrome", color: 0, data: [12, 15] },
        { name: "Firefox", color: 1, data: [3, null] },
      ],
    },
  });
  expect(cellsOf(drawing)).toEqual({
    columns: ["day", "Chrome", "Firefox"],
    rows: [
      ["2026-06-10", 12, 3],
      ["2026-06-11", 15, null],
    ],
  });
});

test("a period before lies over the current one, in its colour", () => {
  const result = [
    { label: "a", compare_label: "current", days: DAYS, data: [2, 3] },
    { label: "a", compare_label: "previous", days: ["2026-06-08", "2026-06-09"], data: [1, 5] },
  ];
  expect(drawingOf(trends("ActionsLineGraph", result))).toMatchObject({
    trend: {
      days: ["2026-06-10", "2026-06-11"],
      series: [
        { name: "a", color: 0, previous: false },
        { name: "a (previous)", color: 0, previous: true, data: [1, 5] },
      ],
    },
  });
});

test("series with other days are put on one axis", () => {
  const result = [
    { label: "a", days: ["2026-06-10", "2026-06-12"], data: [1, 2] },
    { label: "b", days: ["2026-06-11"], data: [7] },
  ];
  expect(drawingOf(trends("ActionsBar", result))).toMatchObject({
    kind: "columns",
    trend: {
      days: ["2026-06-10", "2026-06-11", "2026-06-12"],
      series: [{ data: [1, null, 2] }, { data: [null, 7, null] }],
    },
  });
});

test("totals are bars, largest first, and the buckets have words", () => {
  const other = "$$_posthog_breakdown_other_$$";
  const result = [
    { label: other, breakdown_value: other, aggregated_value: 2 },
    { label: "DE", breakdown_value: "DE", aggregated_value: 9 },
  ];
  expect(drawingOf(trends("ActionsBarValue", result))).toEqual({
    kind: "bars",
    values: [
      { name: "DE", value: 9 },
      { name: "Other", value: 2 },
    ],
  });
});

test("a number knows the one before", () => {
  const result = [
    { aggregated_value: 1620, compare_label: "previous" },
    { aggregated_value: 1842, compare_label: "current" },
  ];
  expect(drawingOf(trends("BoldNumber", result))).toEqual({
    kind: "number",
    figure: { value: 1842, previous: 1620 },
  });
});

test("funnels are shares of their first step, one a breakdown value", () => {
  const query = { kind: "InsightVizNode", source: { kind: "FunnelsQuery" } };
  const visit = { name: "$pageview", custom_name: "Visit", count: 1200, breakdown_value: ["DE"] };
  const steps = [visit, { name: "signed_up", count: 300 }];
  const funnels = [
    {
      name: "DE",
      steps: [
        { name: "Visit", count: 1200, share: 1 },
        { name: "signed_up", count: 300, share: 0.25 },
      ],
    },
  ];
  expect(drawingOf({ query, result: steps })).toEqual({ kind: "funnel", funnels });
  expect(drawingOf({ query, result: [steps] })).toEqual({ kind: "funnel", funnels });
  expect(drawingOf({ query, result: [] })).toEqual({ kind: "funnel", funnels: [] });
});

test("SQL rows know which columns are numbers", () => {
  const insight = {
    query: { kind: "DataVisualizationNode", source: { kind: "HogQLQuery" } },
    columns: ["day", "orders", "avg"],
    types: [["day", "Date"], ["orders", "UInt64"], ["avg", "Nullable(Float64)"]],
    result: [["2026-06-11", 42, null]],
    hasMore: true,
  };
  expect(drawingOf(insight)).toEqual({
    kind: "table",
    rows: {
      columns: [
        { name: "day", numeric: false },
        { name: "orders", numeric: true },
        { name: "avg", numeric: true },
      ],
      rows: [["2026-06-11", 42, null]],
      more: true,
    },
  });
});

const PATHS = { kind: "InsightVizNode", source: { kind: "PathsQuery" } };

test.each([
  [{ query: PATHS, result: [{}, {}] }, "PathsQuery", 2],
  [trends("CalendarHeatmap", [{}]), "CalendarHeatmap", 1],
  [{ query: null, result: "?" }, "An insight of the old kind", 1],
])("what has no drawing is named", (insight, name, count) => {
  expect(drawingOf(insight)).toEqual({ kind: "unknown", name, count });
});
