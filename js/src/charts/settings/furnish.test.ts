import { expect, test } from "vitest";
import { cellsOf } from "../cells";
import { drawingOf } from "../drawing";
import type { Json } from "../json";
import { ticked, written } from "../unit";
import { furnished } from "./furnish";
import type { Outside } from "./given";

const NOWHERE: Outside = { annotations: [], currency: "", board: null, now: Date.UTC(2027, 0, 1) };
const DAYS = ["2026-06-11", "2026-06-12", "2026-06-13", "2026-06-14", "2026-06-15"];

function shown(insight: Json, outside: Partial<Outside> = {}) {
  return furnished(drawingOf(insight), insight, { ...NOWHERE, ...outside });
}

function trends(filter: Json, result: unknown, more: Json = {}): Json {
  const source = { kind: "TrendsQuery", interval: "day", trendsFilter: filter };
  return { query: { kind: "InsightVizNode", source }, result, ...more };
}

const series = (label: string, data: (number | null)[], more: Json = {}): Json => ({
  label,
  days: DAYS.slice(0, data.length),
  data,
  ...more,
});

const total = (label: string, value: number): Json => ({
  label,
  breakdown_value: label,
  aggregated_value: value,
});

function query(kind: string, filter: Json, result: unknown, more: Json = {}): Json {
  const name = `${kind.charAt(0).toLowerCase()}${kind.slice(1).replace("Query", "Filter")}`;
  return { query: { kind: "InsightVizNode", source: { kind, [name]: filter } }, result, ...more };
}

const names = (all: readonly { name: string; hidden?: true }[]) =>
  all.filter(({ hidden }) => hidden).map(({ name }) => name);

test("series, slices and breakdowns that PostHog hides start hidden", () => {
  const result = [series("a", [1]), series("b", [2])];
  const line = shown(trends({ hiddenLegendIndexes: [1] }, result));
  expect(line.kind === "line" && names(line.trend.series)).toEqual(["b"]);

  const values = [total("small", 1), total("large", 9)];
  const pie = shown(trends({ display: "ActionsPie", hiddenLegendIndexes: [0] }, values));
  expect(pie.kind === "pie" && names(pie.values)).toEqual(["large"]); // the largest comes first
  const bars = shown(trends({ display: "ActionsBarValue", hiddenLegendIndexes: [0] }, values));
  expect(bars).toMatchObject({ values: [{ name: "small" }], foot: ["Hidden in PostHog: large."] });

  const steps = ["Chrome", "Safari"].map((name) => [{ name: "a", count: 1, order: 0, breakdown_value: [name] }]);
  const funnel = shown(query("FunnelsQuery", { hiddenLegendBreakdowns: ["Safari"] }, steps));
  expect(funnel.kind === "funnel" && names(funnel.funnels)).toEqual(["Safari"]);
});

test("only the states that a lifecycle toggles on are shown", () => {
  const result = ["new", "dormant"].map((status) => series(status, [1], { status }));
  const lifecycle = shown(query("LifecycleQuery", { toggledLifecycles: ["new"], stacked: false }, result));
  expect(lifecycle).toMatchObject({ kind: "columns", stacked: false });
  expect(lifecycle.kind === "columns" && names(lifecycle.trend.series)).toEqual(["dormant"]);
});

test("the last period is open until the project's clock has passed it", () => {
  const result = [series("a", [1, 2]), series("a", [3, 4], { compare_label: "previous" })];
  const at = (last_refresh: string, timezone: string) => {
    const drawing = shown(trends({}, result, { last_refresh, timezone }));
    return drawing.kind === "line" ? drawing.trend.series.map(({ open }) => open) : null;
  };
  expect(at("2026-06-12T23:30:00Z", "UTC")).toEqual([1, undefined]);
  expect(at("2026-06-12T23:30:00Z", "Europe/Berlin")).toEqual([undefined, undefined]);
  expect(at("2026-06-13T02:30:00Z", "America/New_York")).toEqual([1, undefined]);
});

test("a week and a month are over when the next begins", () => {
  const open = (interval: string, last_refresh: string) => {
    const source = { kind: "TrendsQuery", interval, trendsFilter: {} };
    const drawing = shown({ query: { source }, result: [series("a", [1])], last_refresh });
    return drawing.kind === "line" && drawing.trend.series[0]?.open;
  };
  expect(open("week", "2026-06-17T23:59:00Z")).toBe(0);
  expect(open("week", "2026-06-18T00:00:00Z")).toBeUndefined();
  expect(open("month", "2026-07-10T00:00:00Z")).toBe(0);
});

test("weekends can be left out", () => {
  const drawing = shown(trends({ hideWeekends: true }, [series("a", [1, 2, 3, 4, 5])]));
  expect(drawing).toMatchObject({ trend: { days: [DAYS[0], DAYS[1], DAYS[4]], series: [{ data: [1, 2, 5] }] } });
});

test("a funnel over time can leave out whose people have time left", () => {
  const filter = { funnelVizType: "trends", funnelWindowInterval: 2, funnelWindowIntervalUnit: "day" };
  const more = { last_refresh: "2026-06-16T12:00:00Z", timezone: "UTC" };
  const result = [series("a", [1, 2, 3, 4, 5])];
  const drawn = shown(query("FunnelsQuery", filter, result, more));
  expect(drawn).toMatchObject({ trend: { series: [{ open: 3 }] } });
  const filled = { ...filter, hideIncompleteConversionWindowPeriods: true };
  const cut = shown(query("FunnelsQuery", filled, result, more));
  expect(cut).toMatchObject({ trend: { days: DAYS.slice(0, 3) } });
});

test("lines around series reach the table for screen readers", () => {
  const filter = {
    showTrendLines: true,
    showMovingAverage: true,
    movingAverageIntervals: 3,
    showConfidenceIntervals: true,
    confidenceLevel: 90,
  };
  const annotations = [{ date_marker: "2026-06-12T09:00:00Z", content: "Release", scope: "project" }];
  const cells = cellsOf(shown(trends(filter, [series("a", [1, 2, 3])]), { annotations }));
  expect(cells?.columns).toEqual([
    "day",
    "a",
    "a · 90 % confidence, from",
    "a · 90 % confidence, to",
    "a · moving average",
    "a · trend",
    "annotations",
  ]);
  expect(cells?.rows[1]?.slice(4)).toEqual([2, 2, "Release"]);
});

test("annotations of other insights and boards, and those switched off, are not there", () => {
  const marked = { date_marker: "2026-06-12T09:00:00Z", content: "x" };
  const annotations = [
    { ...marked, content: "mine", scope: "dashboard_item", dashboard_item: 4 },
    { ...marked, content: "other", scope: "dashboard_item", dashboard_item: 5 },
    { ...marked, content: "board", scope: "dashboard", dashboard_id: 7 },
    { ...marked, content: "elsewhere", scope: "dashboard", dashboard_id: 8 },
    { ...marked, content: "before", date_marker: "2026-06-01T00:00:00Z" },
    { ...marked, content: "after", date_marker: "2026-06-30T00:00:00Z" },
  ];
  const texts = (filter: Json) => {
    const drawing = shown(trends(filter, [series("a", [1, 2, 3])], { id: 4 }), { annotations, board: 7 });
    return drawing.kind === "line" && drawing.trend.extras?.annotations?.map(({ text }) => text);
  };
  expect(texts({})).toEqual(["mine", "board"]);
  expect(texts({ showAnnotations: false })).toBeUndefined();
});

test("goals have their colours and end when they are crossed; alerts have their bounds", () => {
  const goalLines = [
    { label: "High", value: 10, borderColor: "#123456", position: "start", displayLabel: false },
    { label: "Crossed", value: 1, displayIfCrossed: false },
  ];
  const alerts = [
    {
      name: "Drop",
      condition: { type: "absolute_value" },
      threshold: { configuration: { type: "absolute", bounds: { lower: 2 } } },
    },
    { threshold: { configuration: { type: "percentage", bounds: { lower: 0.1 } } } },
  ];
  const filter = { goalLines, showAlertThresholdLines: true };
  expect(shown(trends(filter, [series("a", [5])], { alerts }))).toMatchObject({
    trend: {
      goals: [
        { name: "High", value: 10, color: "#123456", isUnnamed: true, isAtStart: true },
        { name: "Drop: below", value: 2 },
      ],
    },
  });
  expect(shown(trends(filter, [series("a", [5])])).foot).toEqual([
    "Not drawn here: alert thresholds, which the server did not send.",
  ]);
});

test("numbers are written in the currency, short, and with as many decimals as wanted", () => {
  const unit = (filter: Json, currency = "EUR") => {
    const drawing = shown(trends({ display: "BoldNumber", ...filter }, [total("a", 1)]), { currency });
    if (drawing.kind !== "number") throw new Error(drawing.kind);
    return drawing.unit;
  };
  expect(written(1234.5, unit({ aggregationAxisFormat: "currency" }))).toBe("€1,234.50");
  expect(ticked(12_340, unit({ aggregationAxisFormat: "currency" }))).toBe("€12.3K");
  expect(written(12_340, unit({ aggregationAxisFormat: "short" }))).toBe("12.3K");
  expect(written(1234.5, unit({ decimalPlaces: 2 }))).toBe("1,234.5");
  expect(written(1234.5, unit({ minDecimalPlaces: 2 }))).toBe("1,234.50");
  expect(written(12.345, unit({ aggregationAxisFormat: "percentage", decimalPlaces: 2 }))).toBe("12.35\u202f%");
  const unknown = shown(trends({ display: "BoldNumber", aggregationAxisFormat: "currency" }, [total("a", 1)]));
  expect(unknown.foot).toEqual(["Not drawn here: the project's currency, which is not known."]);
});

test("a funnel's shares can be of the step before, and its values sorted", () => {
  const steps = (name: string, ...counts: number[]) =>
    counts.map((count, order) => ({ name: `${order}`, count, order, breakdown_value: [name] }));
  const result = [steps("a", 100, 50, 10), steps("b", 10, 9, 8)];
  const filter = { funnelStepReference: "previous", breakdownSorting: "-total_conversion" };
  const funnel = shown(query("FunnelsQuery", filter, result));
  expect(funnel).toMatchObject({ isUpright: true, funnels: [{ name: "b" }, { name: "a" }] });
  const step = funnel.kind === "funnel" ? funnel.funnels[1]?.steps[2] : undefined;
  expect(step).toMatchObject({ share: 0.2, note: "10\u202f% of the first step" });
  expect(shown(query("FunnelsQuery", { layout: "horizontal" }, result))).not.toHaveProperty("isUpright");
});

test("retention of the period before, from another first index, and one period over all cohorts", () => {
  const result = [
    [10, 5, 1],
    [20, 4],
  ].map((counts, at) => ({
    date: `2026-06-1${at}T00:00:00Z`,
    values: counts.map((count, period) => ({ count, label: `Day ${period}` })),
  }));
  const filter = { retentionReference: "previous", cohortLabelStartIndex: 1 };
  const matrix = shown(query("RetentionQuery", filter, result));
  expect(matrix).toMatchObject({ cohorts: { periods: ["Day 1", "Day 2", "Day 3"], mean: [1, 0.35, 0.2] } });
  const graph = { dashboardDisplay: "graph_only", display: "ActionsBar", selectedInterval: 1, showTrendLines: true };
  expect(shown(query("RetentionQuery", graph, result))).toMatchObject({
    isColumns: true,
    graph: { days: ["10 Jun 2026", "11 Jun 2026"], series: [{ name: "Day 1", data: [50, 20] }], extras: { trendLines: true } },
  });
});

test("a table has the columns, names, formats and grounds of its settings", () => {
  const tableSettings = {
    columns: [
      { column: "n", settings: { display: { label: "People" }, formatting: { suffix: " p" } } },
      { column: "day" },
    ],
    conditionalFormatting: [
      { columnName: "n", templateId: "greater_than", input: "9", color: "#ff0000" },
      { columnName: "n", templateId: "of_the_future", input: "9", color: "#00ff00" },
    ],
  };
  const query = { kind: "DataVisualizationNode", source: { kind: "HogQLQuery" }, tableSettings };
  const drawing = shown({ query, columns: ["day", "n", "left out"], result: [["a", 10, 0], ["b", 9, 0]] });
  if (drawing.kind !== "table") throw new Error(drawing.kind);
  const { columns, rows, ground } = drawing.rows;
  expect(columns.map(({ name }) => name)).toEqual(["People", "day"]);
  expect(rows).toEqual([[10, "a"], [9, "b"]]);
  expect(columns[0]?.unit?.suffix).toBe(" p");
  expect([ground?.(10, 0), ground?.(9, 0), ground?.("x", 1)]).toEqual(["#ff0000", undefined, undefined]);
  expect(drawing.foot).toEqual(["Not drawn here: some rules of conditional formatting."]);
});

test("a table's chart has its trend lines, labels, total and zeros for nulls", () => {
  const chartSettings = {
    xAxis: { column: "day" },
    yAxis: [{ column: "n", settings: { display: { trendLine: true, label: "N" } } }],
    showNullsAsZero: true,
    showTotalRow: true,
    showValuesOnSeries: true,
    leftYAxisSettings: { label: "people" },
  };
  const query = { display: "ActionsLineGraph", source: { kind: "HogQLQuery" }, chartSettings };
  expect(shown({ query, columns: ["day", "n"], result: [["a", 1], ["b", null]], types: ["String", "Int"] })).toMatchObject({
    trend: {
      series: [{ data: [1, 0] }],
      extras: { trendLines: ["N"], values: "value", hasTotal: true, yLabel: "people" },
    },
  });
});

test("a metric's colours go by its direction, and whiskers end before outliers", () => {
  const filter = { display: "Metric", metricSummary: "latest", metricChangeIncreaseColor: "#123456", metricColorByDirection: true };
  expect(shown(trends(filter, [series("a", [1, 2])]))).toMatchObject({
    figure: { tint: "color-mix(in oklab, #123456, white var(--dw-lift))" },
    line: { series: [{ color: "var(--dw-good)" }] },
  });
  const box = { day: DAYS[0], min: 0, p25: 10, median: 11, p75: 12, max: 100, mean: 20 };
  expect(shown(trends({ display: "BoxPlot" }, [box]))).toMatchObject({
    boxes: { series: [{ boxes: [{ max: 100, whiskers: [7, 15] }] }] },
  });
});

test("the legend stands where PostHog puts it", () => {
  const at = (filter: Json) => shown(trends(filter, [series("a", [1])])).legend;
  expect(at({})).toBeUndefined();
  expect(at({ showLegend: true })).toBe("bottom");
  expect(at({ showLegend: true, legendPosition: "left" })).toBe("left");
});

test("a chart whose axes are its own names what only others draw", () => {
  const filter = { display: "ActionsBarValue", goalLines: [{ value: 1 }], yAxisLabel: "Visits" };
  expect(shown(trends(filter, [total("a", 1)])).foot).toEqual([
    "Not drawn here: goal lines, the label of the y axis.",
  ]);
});

test("what is not drawn is named at the foot", () => {
  expect(shown(trends({ showFutureThing: true, stackBreakdownValues: true }, [series("a", [1])])).foot).toEqual([
    "Not drawn here: future thing, the values of a breakdown in one bar.",
  ]);
});
