import { expect, test } from "vitest";
import { cellsOf } from "../tables/cells";
import type { Json } from "../json";
import { DAYS, query, series, shown, total, trends } from "./sample";

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

test("goals have their colors and end when they are crossed; alerts have their bounds", () => {
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
  expect(shown(trends({ showFutureThing: true, yAxisStartAtZero: false }, [series("a", [1])])).foot).toEqual([
    "Not drawn here: future thing, an axis that does not begin at zero.",
  ]);
});
