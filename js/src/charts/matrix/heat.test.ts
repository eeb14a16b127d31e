import { expect, test } from "vitest";
import { cellsOf } from "../tables/cells";
import { drawingOf } from "../drawing";
import { between, calendarOf, heatOfHours, heatOfRows, nameOf, type Heat } from "./heat";

const counted = {
  data: [
    { row: 1, column: 9, value: 4 },
    { row: 7, column: 23, value: 1 },
    { row: 9, column: 40, value: 99 },
  ],
  rowAggregations: [{ row: 1, value: 3 }],
  columnAggregations: [{ column: 9, value: 2 }],
  allAggregations: 5,
};

test("PostHog's own count is a week of hours, and what is not listed did not happen", () => {
  const heat = calendarOf([{ label: "a", data: [], calendar_heatmap_data: counted }], {});
  expect(heat?.cells[0]?.[9]).toBe(4);
  expect(heat?.cells[6]?.[23]).toBe(1);
  expect(heat?.cells.flat().reduce((sum, value) => sum! + value!, 0)).toBe(5);
  expect(heat?.over).toMatchObject({ rows: [3, 0, 0, 0, 0, 0, 0], all: 5 });
  expect(heat?.over?.columns[9]).toBe(2);
  expect(nameOf(heat!, 0, 9)).toBe("Mon, 9:00");
});

test("the same without a trend around it", () => {
  const query = { source: { kind: "CalendarHeatmapQuery" } };
  expect(drawingOf({ query, result: counted })).toMatchObject({ kind: "heat" });
});

test("days are put into weeks from Monday; what is missing is no zero", () => {
  const days = ["2026-06-10", "2026-06-11", "2026-06-15"]; // Wednesday, Thursday, Monday
  const heat = calendarOf([{ days, data: [5, null, 7] }], {})!;
  expect(heat.columns).toEqual(["2026-06-08", "2026-06-15"]);
  expect(heat.cells.map((row) => row.join())).toEqual([",7", ",", "5,", ",", ",", ",", ","]);
  expect(nameOf(heat, 2, 0)).toBe("Wed, 10 Jun 2026");
  expect(cellsOf({ kind: "heat", heat, unit: {} as never })).toEqual({
    columns: ["day", "value"],
    rows: [
      ["2026-06-10", 5],
      ["2026-06-15", 7],
    ],
  });
});

const HOURS = ["2026-06-10 14:00:00", "2026-06-17 14:00:00"];

test("hours of several weeks add up when they are counts, else they are averages and say so", () => {
  const of = (math: string) =>
    calendarOf([{ days: HOURS, data: [4, 6], action: { math } }], { interval: "hour" });
  expect(of("total")?.cells[2]?.[14]).toBe(10);
  expect(of("total")?.note).toBeUndefined();
  expect(of("dau")?.cells[2]?.[14]).toBe(5);
  expect(of("dau")?.note).toContain("Average");
});

test("the first of several series is drawn, and said to be", () => {
  const series = ["a", "b"].map((label) => ({ label, days: ["2026-06-10"], data: [1] }));
  expect(calendarOf(series, {})?.note).toBe("Only a: the first of 2 series.");
});

test.each([
  [[], {}],
  [[{ days: [], data: [] }], {}],
  [[{ days: ["2026-06-10"], data: [1] }], { interval: "week" }],
  [[{ days: ["someday"], data: [1] }], {}],
])("what is no calendar is none", (result, source) => {
  expect(calendarOf(result, source)).toBeNull();
});

const ROWS = {
  columns: ["country", "source", "n"].map((name) => ({ name, numeric: name === "n" })),
  rows: [
    ["DE", "web", "4"],
    ["FR", "web", 2],
    ["DE", "app", null],
    ["DE", "web", 9],
  ],
  more: false,
};
const SETTINGS = { xAxisColumn: "source", yAxisColumn: "country", valueColumn: "n" };

test("a table's two columns against each other; the later of two rows counts", () => {
  expect(heatOfRows(ROWS, SETTINGS)).toMatchObject({
    title: "country",
    rows: ["DE", "FR"],
    columns: ["web", "app"],
    cells: [
      [9, null],
      [2, null],
    ],
    note: "Of rows that share a place the last is shown; left out: 1.",
  });
});

test("columns that are not there make no heatmap", () => {
  expect(heatOfRows(ROWS, {})).toBeNull();
  expect(heatOfRows(ROWS, { ...SETTINGS, valueColumn: "m" })).toBeNull();
});

test("a person's gradient is mixed between its stops, and colors nothing else", () => {
  const gradient = [
    { value: 10, color: "#ff0000" },
    { value: 0, color: "#ffffff" },
    { value: 20, color: "url(//x)" },
  ];
  const { stops = [] } = heatOfRows(ROWS, { ...SETTINGS, gradient }) as Heat;
  expect(stops.map(({ value }) => value)).toEqual([0, 10]);
  expect(between(stops, 5)).toBe("color-mix(in srgb, #ff0000 50%, #ffffff)");
  expect(between(stops, 99)).toBe("color-mix(in srgb, #ff0000 100%, #ff0000)");
  expect(between(stops, -1)).toBe("color-mix(in srgb, #ffffff 100%, #ffffff)");
});

test("a cell that is listed without a number is unknown, and text may be a number", () => {
  const data = [{ row: 1, column: 0, value: null }, { row: 1, column: 1, value: "7" }];
  const rowAggregations = [{ row: 1, value: null }, { row: 2, value: "3" }];
  const heat = heatOfHours({ data, rowAggregations, allAggregations: "9" });
  expect(heat.cells[0]?.slice(0, 3)).toEqual([null, 7, 0]);
  expect(heat.over?.rows.slice(0, 3)).toEqual([null, 3, 0]);
  expect(heat.over?.all).toBe(9);
});
