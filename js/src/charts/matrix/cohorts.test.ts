import { expect, test } from "vitest";
import { cohortsOf, graphOf, shareOf } from "./cohorts";
import { inZone } from "../numbers/zone";

const cohort = (date: string, ...counts: number[]) => ({
  date,
  label: "Day",
  values: counts.map((count, index) => ({ count, label: `Day ${index}` })),
});
const PEOPLE = { isWeighted: false, isAggregated: false, brackets: [], period: "Day", computed: "", timezone: "" };
const FIRST = cohort("2026-06-10T00:00:00Z", 120, 60, 30);

test("shares are of the cohort's first period", () => {
  const { periods, rows, mean } = cohortsOf([FIRST, cohort("2026-06-11T00:00:00Z", 80, 20)], PEOPLE);
  expect(periods).toEqual(["Day 0", "Day 1", "Day 2"]);
  expect(rows.map((row) => shareOf(row, 1))).toEqual([0.5, 0.25]);
  expect(shareOf(rows[1]!, 2)).toBeNull();
  expect(mean).toEqual([1, 0.375, 0.25]);
});

test("a weighted mean counts people", () => {
  const { mean } = cohortsOf([FIRST, cohort("2026-06-11T00:00:00Z", 80, 20)], { ...PEOPLE, isWeighted: true });
  expect(mean[1]).toBe(80 / 200);
});

test("a zero in a period to come is a gap; one in the past stays zero", () => {
  const given = [FIRST, cohort("2026-06-11T00:00:00Z", 80, 0, 0)];
  const { rows } = cohortsOf(given, { ...PEOPLE, computed: "2026-06-12T10:00:00Z", timezone: "UTC" });
  expect(rows[1]?.counts).toEqual([80, 0, null]);
});

test("nobody began: no share, and no part in the mean", () => {
  const { rows, mean } = cohortsOf([FIRST, cohort("2026-06-11T00:00:00Z", 0, 0)], PEOPLE);
  expect(shareOf(rows[1]!, 0)).toBeNull();
  expect(mean[1]).toBe(0.5);
});

test("a graph has a line a cohort, in percent, with gaps", () => {
  const cohorts = cohortsOf([FIRST, cohort("2026-06-11T00:00:00Z", 80, 20)], PEOPLE);
  expect(graphOf(cohorts).series.map(({ data }) => data)).toEqual([
    [100, 50, 25],
    [100, 25, null],
  ]);
});

test("instants are read by the project's clock; what is in its zone already stays", () => {
  expect(inZone("2026-06-09T22:00:00Z", "Europe/Berlin")).toBe("2026-06-10 00:00");
  expect(inZone("2026-06-10T00:00:00Z", "Europe/Berlin")).toBe("2026-06-10T00:00:00Z");
  expect(inZone("2026-06-10T08:00:00+02:00", "Asia/Tokyo")).toBe("2026-06-10T08:00:00+02:00");
  expect(inZone("2026-06-09T22:00:00Z", "Nowhere/At all")).toBe("2026-06-09T22:00:00Z");
});
