import { expect, test } from "vitest";
import { labelled, ticks } from "./scale";
import { lonely } from "./series";
import { blocksOf } from "./stack";

const trend = (...given: (number | null)[][]) => ({
  days: ["2026-06-10"],
  series: given.map((data, color) => ({ name: String(color), color, previous: false, data })),
});

test("columns stack away from zero on both sides", () => {
  const blocks = blocksOf(trend([5], [3], [-7], [null]), true);
  expect(blocks.map(({ from, to }) => [from, to])).toEqual([[0, 5], [5, 8], [0, -7]]);
});

test("unstacked columns stand side by side", () => {
  const [first, second] = blocksOf(trend([5], [3]), false);
  expect(second).toMatchObject({ from: 0, to: 3, x: first!.x + first!.width });
});

test("axes have round marks that cover the values and zero", () => {
  expect(ticks(0, 130)).toEqual([0, 50, 100, 150]);
  expect(ticks(-9, 20)).toEqual([-10, 0, 10, 20]);
  expect(ticks(0, 0).length).toBeGreaterThan(1);
});

test("labels are spread evenly and never too many", () => {
  expect(labelled(30, 6)).toEqual([0, 5, 10, 15, 20, 25]);
  expect(labelled(2, 0)).toEqual([0]);
});

test("a value between gaps is found", () => {
  expect(lonely([1, null, 2, null, 3, 4])).toEqual([0, 2]);
});
