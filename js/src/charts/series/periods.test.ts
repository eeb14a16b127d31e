import { expect, test } from "vitest";
import { drawingOf } from "../drawing";
import { objects, type Json } from "../json";
import { withPeriods } from "./periods";

const COMPARED = { kind: "TrendsQuery", compareFilter: { compare: true } };
const total = (breakdown_value: string, value: number | null = 1) => ({
  label: breakdown_value,
  breakdown_value,
  aggregated_value: value,
});
const over = (label: string, day: string) => ({ label, days: [day], data: [1] });
const labels = (result: Json[]) =>
  objects(withPeriods(result, COMPARED, true).result).map(({ compare_label: label }) => label);

test("days tell the periods whatever their place", () => {
  const given = [over("a", "2026-06-01"), over("a", "2026-06-03"), over("b", "2026-06-03")];
  expect(labels(given)).toEqual(["previous", "current", "current"]);
});

test.each([
  ["DE FR DE FR", "current current previous previous"],
  ["DE FR FR DE", "current current previous previous"],
  ["DE DE FR FR", "current previous current previous"],
])("without days %s are %s", (given, told) => {
  expect(labels(given.split(" ").map((name) => total(name)))).toEqual(told.split(" "));
});

test("what place and days leave open is said, one period alone is not", () => {
  const rows = (names: string) => names.split(" ").map((name) => total(name));
  expect(withPeriods(rows("DE FR DE"), COMPARED, true)).toMatchObject({ note: /previous period/ });
  expect(labels(rows("DE FR"))).toEqual([undefined, undefined]);
  expect(withPeriods(rows("DE DE"), { kind: "TrendsQuery" }, true).result).toEqual(rows("DE DE"));
});

test("a label that is there tells the other period", () => {
  const given = [{ ...total("DE"), compare_label: "current" }, total("DE", null)];
  expect(labels(given)).toEqual(["current", "previous"]);
});

test("a number whose previous one is null has one series and no comparison", () => {
  const source = { ...COMPARED, trendsFilter: { display: "BoldNumber" } };
  const given = [100, null].map((value) => ({ label: "orders", aggregated_value: value }));
  const drawing = drawingOf({ query: { source }, result: given });
  expect(drawing).toMatchObject({ kind: "number", figure: { value: 100, previous: null } });
  expect(drawing.note).toBeUndefined();
});

test("old insights say in their filters that they compare", () => {
  const filters = { insight: "TRENDS", compare: true };
  const result = [over("a", "2026-06-03"), over("a", "2026-06-01")];
  expect(drawingOf({ filters, result })).toMatchObject({
    trend: { days: ["2026-06-03"], series: [{ previous: false }, { previous: true }] },
  });
});

test("funnels of two periods are two, by breakdown too", () => {
  const source = { kind: "FunnelsQuery", compareFilter: { compare: true } };
  const steps = [100, 40].map((count, order) => ({ name: `s${order}`, order, count }));
  for (const result of [[...steps, ...steps], [steps, steps]]) {
    expect(drawingOf({ query: { source }, result })).toMatchObject({
      funnels: [{ name: "Current" }, { name: "Previous", previous: true }],
    });
  }
});

test("a table's rows and the figures of web analytics hold both periods: they stay", () => {
  const compareFilter = { compare: true };
  const figures = ["a", "b", "c"].map((key) => ({ key, value: 1, previous: 2 }));
  const web = { query: { source: { kind: "WebOverviewQuery", compareFilter } }, result: figures };
  expect(drawingOf(web).note).toBeUndefined();
  const stats = { kind: "WebStatsTableQuery", compareFilter };
  const rows = { query: { source: stats }, columns: ["a"], result: [[1], [2]] };
  expect(drawingOf(rows)).toMatchObject({ kind: "table", rows: { rows: [[1], [2]] } });
});
