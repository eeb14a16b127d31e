import { expect, test } from "vitest";
import { labelled, scaleOf, ticks } from "./scale";
import type { Series } from "../series/series";
import { asShares, blocksOf, layersOf } from "./stack";

const one = (data: (number | null)[], over: Partial<Series> = {}): Series => ({
  name: "a",
  color: 0,
  previous: false,
  data,
  ...over,
});

test("columns stack away from zero on both sides", () => {
  const blocks = blocksOf([one([5]), one([3]), one([-7]), one([null])], 1, true);
  expect(blocks.map(({ from, to }) => [from, to])).toEqual([[0, 5], [5, 8], [0, -7]]);
});

test("unstacked columns stand side by side", () => {
  const [first, second] = blocksOf([one([5]), one([3])], 1, false);
  expect(second).toMatchObject({ from: 0, to: 3, x: first!.x + first!.width });
});

test("the period before is a stack of its own", () => {
  const [current, before] = blocksOf([one([5]), one([3], { previous: true })], 1, true);
  expect(before).toMatchObject({ from: 0, to: 3, faint: true, x: current!.x + current!.width });
});

test("areas lie on what is known below them", () => {
  const [, upper] = layersOf([one([1, null, 3]), one([10, 10, null])]);
  expect(upper).toMatchObject({ lower: [1, 0, 3], upper: [11, 10, null] });
});

test("shares of a hundred leave gaps where nothing is", () => {
  const [first] = asShares([one([1, 0, null]), one([3, 0, 4])]);
  expect(first?.data).toEqual([25, null, null]);
});

test("axes have round marks that cover the values and zero", () => {
  expect(ticks(0, 130)).toEqual([0, 50, 100, 150]);
  expect(ticks(-9, 20)).toEqual([-10, 0, 10, 20]);
  expect(ticks(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(ticks(0, 0).length).toBeGreaterThan(1);
});

test("a logarithmic axis has powers of ten, and no place for zero above its bottom", () => {
  const { marks, place } = scaleOf(2, 900, 4, true);
  expect(marks).toEqual([1, 10, 100, 1000]);
  expect([place(1), place(1000), place(0)]).toEqual([0, 1, 0]);
  expect(place(10)).toBeCloseTo(1 / 3);
});

test("labels are spread evenly and never too many", () => {
  expect(labelled(30, 6)).toEqual([0, 5, 10, 15, 20, 25]);
  expect(labelled(2, 0)).toEqual([0]);
});
