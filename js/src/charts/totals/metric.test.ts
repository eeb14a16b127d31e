import { expect, test } from "vitest";
import { drawingOf } from "../drawing";
import { metricOf, metricOfColumn } from "./metric";

const SERIES = { label: "a", count: 100, data: [40, null, 60], days: ["2026-06-10"] };
const BEFORE = { ...SERIES, count: 80, data: [30, 50], compare_label: "previous" };

test("a total is the server's own, and compares with the period before", () => {
  expect(metricOf([BEFORE, SERIES], {})).toEqual({ value: 100, previous: 80, words: "Total" });
});

test("without a period before, its ends are compared", () => {
  const figure = metricOf([SERIES], { metricSummary: "average" });
  expect(figure).toMatchObject({ value: 50, previous: 40, latest: 60, words: "Average" });
});

test("the latest known value stands for a table's column", () => {
  expect(metricOfColumn([1, 2, null], {})).toMatchObject({ value: 2, words: "Latest" });
  expect(metricOfColumn([1, 2], { summary: "average" })).toMatchObject({ value: 1.5 });
});

test("one value has not changed, and no value is none", () => {
  expect(metricOf([{ data: [5] }], {})).toMatchObject({ value: 5, latest: null });
  expect(metricOf([], {})).toMatchObject({ value: null, previous: null });
});

test("nobody is told of a change that nobody wants to see", () => {
  const figure = metricOf([BEFORE, SERIES], { metricShowChange: false });
  expect(figure).toEqual({ value: 100, previous: null, words: "Total" });
});

test("a metric brings its line, also from a table", () => {
  const trendsFilter = { display: "Metric" };
  const series = { ...SERIES, days: ["2026-06-10", "2026-06-11", "2026-06-12"] };
  const query = { source: { kind: "TrendsQuery", trendsFilter } };
  expect(drawingOf({ query, result: [series] })).toMatchObject({
    kind: "number",
    line: { series: [{ data: [40, null, 60] }] },
  });
  const table = { kind: "DataVisualizationNode", source: {}, display: "Metric" };
  const result = [["2026-06-10", 3], ["2026-06-11", 5]];
  const types = [["day", "Date"], ["n", "UInt8"]];
  expect(drawingOf({ query: table, columns: ["day", "n"], types, result })).toMatchObject({
    kind: "number",
    figure: { value: 5, previous: 3 },
    line: { series: [{ name: "n", data: [3, 5] }] },
  });
});

test("what a server calls a summary is a word, whatever it is", () => {
  expect(metricOf([SERIES], { metricSummary: "constructor" }).words).toBe("constructor");
});
