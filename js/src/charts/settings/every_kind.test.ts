import { expect, test } from "vitest";
import type { Json } from "../json";
import { ticked, written } from "../numbers/unit";
import { DAYS, names, query, series, shown, total, trends } from "./sample";

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

test("a funnel's shares can be of the previous step, and its values sorted", () => {
  const steps = (name: string, ...counts: number[]) =>
    counts.map((count, order) => ({ name: `${order}`, count, order, breakdown_value: [name] }));
  const result = [steps("a", 100, 50, 10), steps("b", 10, 9, 8)];
  const filter = { funnelStepReference: "previous", breakdownSorting: "-total_conversion" };
  const funnel = shown(query("FunnelsQuery", filter, result));
  expect(funnel).toMatchObject({ isUpright: true, funnels: [{ name: "b" }, { name: "a" }] });
  const step = funnel.kind === "funnel" ? funnel.funnels[1]?.steps[2] : undefined;
  expect(step).toMatchObject({ share: 0.2, note: "10\u202f% of first step" });
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
  expect([ground?.(10, 0), ground?.(9, 0), ground?.("x", 1)]).toEqual([
    "color-mix(in srgb, #ff0000, black var(--dw-dim))",
    undefined,
    undefined,
  ]);
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

test("a metric's colors go by its direction, and whiskers end before outliers", () => {
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


test("a bar can be made of the values of its breakdown", () => {
  const part = (name: string, order: number, value: number) => ({
    ...total(`${name} - ${order}`, value),
    breakdown_value: name,
    action: { order, name: `event ${order}` },
  });
  const result = [part("Chrome", 0, 5), part("Safari", 0, 2), part("Chrome", 1, 1)];
  const bars = shown(trends({ display: "ActionsBarValue", stackBreakdownValues: true }, result));
  expect(bars).toMatchObject({
    stacks: [
      { name: "event 0", sum: 7, parts: [{ name: "Chrome" }, { name: "Safari" }] },
      { name: "event 1", sum: 1, parts: [{ name: "Chrome" }] },
    ],
  });
});

test("a cohort's line is open from the period that was not over on", () => {
  const result = ["2026-06-01", "2026-06-08"].map((date) => ({
    date: `${date}T00:00:00Z`,
    values: [4, 3, 2].map((count) => ({ count })),
  }));
  const filter = { dashboardDisplay: "graph_only", period: "Week" };
  const more = { last_refresh: "2026-06-20T00:00:00Z" };
  expect(shown(query("RetentionQuery", filter, result, more))).toMatchObject({
    graph: { series: [{ open: 2 }, { open: 1 }] },
  });
});
