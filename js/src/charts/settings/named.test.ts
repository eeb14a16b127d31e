import { expect, test } from "vitest";
import { notDrawn } from "./named";

const trends = (trendsFilter: object) => ({
  query: { kind: "InsightVizNode", source: { kind: "TrendsQuery", trendsFilter } },
});

test("what is drawn, computed by the server or off is not named", () => {
  const filter = { display: "ActionsBar", smoothingIntervals: 7, showFutureThing: false };
  expect(notDrawn(trends({ ...filter, yAxisStartAtZero: true }))).toEqual([]);
});

test("a setting that no row knows is named in its own words", () => {
  expect(notDrawn(trends({ showFutureThing: true, chart_style: { a: { b: 1 } } }))).toEqual([
    "future thing",
    "chart style",
  ]);
});

test("a setting is named while it has not its usual value, and once", () => {
  const query = {
    kind: "DataVisualizationNode",
    source: { kind: "HogQLQuery" },
    chartSettings: {
      yAxis: [{ column: "a", settings: { formatting: { style: "short", rounding: "up" } } }],
      leftYAxisSettings: { startAtZero: false, showTicks: true },
      rightYAxisSettings: { startAtZero: false },
    },
    tableSettings: { pinnedColumns: ["a"], conditionalFormatting: [{ id: "1" }] },
  };
  expect(notDrawn({ query })).toEqual([
    "rounding",
    "an axis that does not begin at zero",
    "pinned columns",
  ]);
});

test("filters of an old insight name only what has a row", () => {
  const filters = { insight: "TRENDS", events: [{}], date_from: "-7d", y_axis_start_at_zero: false };
  expect(notDrawn({ query: null, filters })).toEqual(["an axis that does not begin at zero"]);
});
