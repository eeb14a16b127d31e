import { expect, test } from "vitest";
import { areaOf, dotsOf, lineOf, rectangle } from "./outline";
import { slicesOf } from "../totals/slices";
import { roomFor } from "../interaction/room";

const place = (value: number) => value / 10;

test("a line breaks where nothing is known", () => {
  expect(lineOf([0, 10, null, 5, 5], place)).toBe("M0,1000L250,0M750,500L1000,500");
});

test("zero is drawn, and is no gap", () => {
  expect(lineOf([0, 0], place)).toBe("M0,1000L1000,1000");
});

test("a value between gaps is a dot", () => {
  expect(dotsOf([1, null, 2, null, 3, 4], place)).toBe("M0,900h0M400,800h0");
  expect(dotsOf([5], place)).toBe("M500,500h0");
});

test("an area has a floor, and ends at a gap", () => {
  expect(areaOf([10, 10, null], null, place)).toBe("M0,0L500,0L500,1000L0,1000z");
  expect(areaOf([10, 10], [5, 0], place)).toBe("M0,0L1000,0L1000,1000L0,500z");
});

test("of 100,000 points the lowest and the highest of each column stay", () => {
  const values = Array.from({ length: 100_000 }, (_, index) => index % 7);
  values[50_123] = 10;
  values[70_123] = -10;
  const points = lineOf(values, place).slice(1).split("L");
  expect(points.length).toBeLessThanOrEqual(2_000);
  const heights = points.map((point) => Number(point.split(",")[1]));
  expect([Math.min(...heights), Math.max(...heights)]).toEqual([0, 2000]);
});

test("of many points a long gap stays a gap", () => {
  const values = Array.from({ length: 10_000 }, (_, index) => {
    return index > 4_000 && index < 6_000 ? null : 5;
  });
  expect(lineOf(values, place).match(/M/g)).toHaveLength(2);
});

test("slices are shares of what is above zero", () => {
  const slices = slicesOf([3, null, -2, 1, 0]);
  expect(slices.map(({ index, share }) => [index, share])).toEqual([
    [0, 0.75],
    [3, 0.25],
  ]);
  expect(slices[1]?.path).toBe("M0,0L-1.0000,0.0000A1,1 0 0 1 -0.0000,-1.0000z");
  expect(slicesOf([5])[0]?.path).not.toContain("L");
});

test("fewer labels fit where they are longer", () => {
  expect(roomFor(6)(600, 200)).toEqual({ columns: 9, rows: 5 });
  expect(roomFor(14)(600, 20)).toEqual({ columns: 5, rows: 1 });
});

test("a column stands between two heights", () => {
  expect(rectangle(0.1, 0.2, 0, 0.5)).toBe("M100,1000h200V500h-200z");
});
