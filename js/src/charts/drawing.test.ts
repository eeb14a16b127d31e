import { expect, test } from "vitest";
import { cellsOf } from "./tables/cells";
import { drawingOf } from "./drawing";
import type { Json } from "./json";
import { PERCENT, PLAIN } from "./numbers/unit";

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

test("a period before lies over the current one, in its color", () => {
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
      { name: "DE", value: 9, color: 1, previous: false },
      { name: "Other", value: 2, color: 0, previous: false },
    ],
    unit: PLAIN,
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
    unit: PLAIN,
  });
});

test.each(["BoldNumber", "Metric"])("a %s of several series says which it is", (display) => {
  const note = "Only Chrome: the first of 2 series.";
  const given = SERIES.map((one) => ({ ...one, aggregated_value: 7 }));
  expect(drawingOf(trends(display, given))).toMatchObject({ kind: "number", note });
  const both = [given[0], { ...given[0], compare_label: "previous" }];
  expect(drawingOf(trends(display, both))).not.toHaveProperty("note");
});

test("funnels are shares of their first step, one a breakdown value", () => {
  const query = { kind: "InsightVizNode", source: { kind: "FunnelsQuery" } };
  const visit = { name: "$pageview", custom_name: "Visit", count: 1200, breakdown_value: ["DE"] };
  const steps = [visit, { name: "signed_up", count: 300, median_conversion_time: 60 }];
  const times = { average: null, median: null };
  const funnels = [
    {
      name: "DE",
      color: 0,
      steps: [
        { name: "Visit", count: 1200, share: 1, kept: null, ...times },
        { name: "signed_up", count: 300, share: 0.25, kept: 0.25, ...times, median: 60 },
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

const HEAT = { kind: "InsightVizNode", source: { kind: "CalendarHeatmapQuery" } };

test.each([
  [{ query: HEAT, result: [{}, {}] }, "CalendarHeatmapQuery with a result of another shape", 2],
  [trends("CalendarHeatmap", [{}]), "TrendsQuery shown as CalendarHeatmap", 1],
  [{ query: null, filters: { insight: "SESSIONS" }, result: "?" }, "An insight in an old format", 1],
  [{ result: { events: [] } }, "A result without its query", 1],
])("what has no drawing is named", (insight, name, count) => {
  expect(drawingOf(insight)).toEqual({ kind: "unknown", name, count });
});

const insight = (kind: string, more: Json, result: unknown, beside: Json = {}): Json => ({
  query: { kind: "InsightVizNode", source: { kind, ...more } },
  result,
  ...beside,
});

test("what a trend's filter says of its axis is heard", () => {
  const trendsFilter = {
    display: "ActionsAreaGraph",
    aggregationAxisFormat: "duration",
    aggregationAxisPostfix: " each",
    yAxisScaleType: "log10",
    goalLines: [{ label: "Promised", value: 90 }],
  };
  expect(drawingOf(insight("TrendsQuery", { trendsFilter }, SERIES))).toMatchObject({
    kind: "line",
    stacked: true,
    trend: {
      unit: { style: "seconds", suffix: " each" },
      log: true,
      goals: [{ name: "Promised", value: 90 }],
    },
  });
});

test("a board's own colors go before the order", () => {
  const colors = [{ breakdownValue: "Firefox", colorToken: "preset-7" }, { colorToken: "?" }, null];
  expect(drawingOf(trends("ActionsBar", SERIES), colors)).toMatchObject({
    trend: { series: [{ color: 0 }, { color: 6 }] },
  });
});

test("a pie and a map read totals; what is no country keeps its name", () => {
  const result = [
    { breakdown_value: "de", label: "de", aggregated_value: 4 },
    { breakdown_value: "$$_posthog_breakdown_null_$$", label: "", aggregated_value: 7 },
    { breakdown_value: ["FR"], label: "FR", aggregated_value: 2, compare_label: "previous" },
  ];
  expect(drawingOf(trends("WorldMap", result))).toMatchObject({
    kind: "map",
    places: [
      { code: "", name: "None", value: 7 },
      { code: "DE", name: "Germany", value: 4 },
    ],
  });
  expect(drawingOf(trends("ActionsPie", result))).toMatchObject({ kind: "pie" });
});

test("stickiness counts people, and knows their sum", () => {
  const series = { label: "a", count: 400, days: [1, 2], labels: ["1 day", "2 days"] };
  const drawing = drawingOf(insight("StickinessQuery", {}, [{ ...series, data: [300, 100] }]));
  expect(drawing).toMatchObject({
    trend: { days: ["1 day", "2 days"], series: [{ data: [300, 100], whole: 400 }] },
  });
});

test("the states of a lifecycle have colors of their own", () => {
  const result = ["new", "dormant"].map((status) => {
    return { status, label: `a - ${status}`, days: DAYS, data: status === "new" ? [2, 3] : [-1, 0] };
  });
  expect(drawingOf(insight("LifecycleQuery", {}, result))).toMatchObject({
    kind: "columns",
    stacked: true,
    trend: { series: [{ name: "new", color: 0 }, { name: "dormant", color: 4, data: [-1, 0] }] },
  });
});

test("time to convert is columns of bins, and empty without anyone", () => {
  const funnelsFilter = { funnelVizType: "time_to_convert" };
  const result = { average_conversion_time: 90, bins: [[0, 3], [60, 1]] };
  expect(drawingOf(insight("FunnelsQuery", { funnelsFilter }, result))).toMatchObject({
    kind: "columns",
    note: "1\u00a0min\u00a030\u00a0s on average",
    trend: { days: ["0 s", "1 min"], series: [{ data: [3, 1] }] },
  });
  const none = { average_conversion_time: null, bins: [[0, 0]] };
  const empty = drawingOf(insight("FunnelsQuery", { funnelsFilter }, none));
  expect(empty).toMatchObject({ trend: { series: [] } });
});

test("a funnel over time is percent", () => {
  const funnelsFilter = { funnelVizType: "trends" };
  expect(drawingOf(insight("FunnelsQuery", { funnelsFilter }, SERIES))).toMatchObject({
    kind: "line",
    trend: { unit: PERCENT },
  });
});

test("paths keep their links, and say when some are none", () => {
  const link = { source: "1_/", target: "2_/a", value: 3, average_conversion_time: 1500 };
  expect(drawingOf(insight("PathsQuery", {}, [link]))).toEqual({
    kind: "paths",
    links: [{ source: "1_/", target: "2_/a", value: 3, time: 1500 }],
  });
  expect(drawingOf(insight("PathsQuery", {}, [link, {}]))).toMatchObject({ kind: "unknown" });
});

test("a status that is none has the color of its place", () => {
  const result = [{ status: "constructor", days: DAYS, data: [1, 2] }];
  expect(drawingOf(insight("LifecycleQuery", {}, result))).toMatchObject({
    trend: { series: [{ name: "constructor", color: 0 }] },
  });
});

test("shares are of their own period, and a goal in numbers is none in percent", () => {
  const result = ["current", "previous"].flatMap((compare_label) =>
    [1, 3].map((value) => ({ label: `${value}`, compare_label, days: DAYS, data: [value, value] })),
  );
  const trendsFilter = { showPercentStackView: true, goalLines: [{ label: "Plan", value: 900 }] };
  expect(drawingOf(insight("TrendsQuery", { trendsFilter }, result))).toMatchObject({
    trend: {
      series: [{ data: [25, 25] }, { data: [75, 75] }, { data: [25, 25] }, { data: [75, 75] }],
      goals: [],
    },
  });
});

test("a step whose count nobody knows is not one that nobody took", () => {
  const steps = [{ name: "a", count: "200" }, { name: "b", count: null }, { name: "c", count: 50 }];
  const drawing = drawingOf(insight("FunnelsQuery", {}, steps));
  expect(drawing).toMatchObject({
    funnels: [
      {
        steps: [
          { count: 200, share: 1 },
          { count: null, share: null, kept: null },
          { count: 50, share: 0.25, kept: null },
        ],
      },
    ],
  });
});
