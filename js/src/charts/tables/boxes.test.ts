import { expect, test } from "vitest";
import type { Json } from "../json";
import { shown } from "../settings/sample";

const NAMES = ["week", "plan", "low", "q1", "mid", "avg", "q3", "high"];
const ROWS = [
  ["2026-06-01", "free", 1, 20, 25, 24, 30, 90],
  ["2026-06-01", "paid", 1, 2, 3, 3, 4, 5],
  ["2026-06-08", "paid", "1", "2", "3", "3", "4", "5"],
];
const BOX = {
  xAxisColumn: "week",
  seriesColumn: "plan",
  minColumn: "low",
  p25Column: "q1",
  medianColumn: "mid",
  meanColumn: "avg",
  p75Column: "q3",
  maxColumn: "high",
};

function drawn(boxPlot: Json, chart: Json = {}, result: unknown[][] = ROWS) {
  const chartSettings = { boxPlot, ...chart };
  const query = { display: "BoxPlot", source: { kind: "HogQLQuery" }, chartSettings };
  return shown({ query, columns: NAMES, result });
}

test("rows are boxes: one a row, its columns named by the settings, outliers left out", () => {
  const chart = { leftYAxisSettings: { label: "ms", scale: "logarithmic" } };
  const drawing = drawn({ ...BOX, excludeOutliers: true }, chart);
  expect(drawing).toMatchObject({
    kind: "boxes",
    log: true,
    extras: { yLabel: "ms" },
    boxes: {
      days: ["2026-06-01", "2026-06-08"],
      series: [
        { name: "free", boxes: [{ median: 25, whiskers: [5, 45] }, null] },
        { name: "paid", boxes: [{ mean: 3 }, { max: 5 }] },
      ],
    },
  });
  expect(drawing.foot).toBeUndefined();
  expect(drawn({ ...BOX, excludeOutliers: false })).not.toHaveProperty("boxes.series.0.boxes.0.whiskers");
});

test("a row that is no box is left out and counted", () => {
  const odd = [...ROWS, ["2026-06-08", "free", 9, 2, 3, 3, 4, 5], ["2026-06-15", "free", null, 2, 3, 3, 4, 5]];
  expect(drawn(BOX, {}, odd)).toMatchObject({ kind: "boxes", note: expect.stringMatching(/^2 rows left out/) });
});

test("without one of its columns, or with two rows at a place, it is a table that says so", () => {
  for (const drawing of [drawn({ ...BOX, maxColumn: "gone" }), drawn(BOX, {}, [...ROWS, ROWS[0]!])])
    expect(drawing).toMatchObject({ kind: "table", note: expect.stringMatching(/box plot/) });
});
