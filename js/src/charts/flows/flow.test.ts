import { expect, test } from "vitest";
import { flowOf } from "./flow";

const link = (source: string, target: string, value: number) => {
  return { source, target, value, time: null };
};
const LINKS = [
  link("1_/home", "2_/pricing", 340),
  link("1_/home", "2_/docs", 60),
  link("2_/pricing", "3_/signup", 95),
  link("1_/blog", "2_/docs", 10),
];

test("stops stand in the column of their step, the largest on top", () => {
  const { stops, steps } = flowOf(LINKS, 5);
  expect(steps).toBe(3);
  expect(stops.map(({ name, step, value }) => [step, name, value])).toEqual([
    [1, "/home", 400],
    [1, "/blog", 10],
    [2, "/pricing", 340],
    [2, "/docs", 70],
    [3, "/signup", 95],
  ]);
});

test("ribbons fill their stops and nothing leaves the square", () => {
  const { stops, ribbons } = flowOf(LINKS, 5);
  const home = stops[0]!;
  const leaving = ribbons.filter(({ from }) => from === home);
  expect(leaving.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(home.height);
  for (const { y, height } of stops) {
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + height).toBeLessThanOrEqual(1);
  }
});

test("small stops are left out, and counted", () => {
  const { stops, left } = flowOf(LINKS, 1);
  expect(stops.map(({ name }) => name)).toEqual(["/home", "/pricing", "/signup"]);
  expect(left).toBe(2);
});

test("a stop that comes back in a later step is another", () => {
  const { stops } = flowOf([link("1_/a", "2_/b", 2), link("2_/b", "3_/a", 1)], 5);
  expect(stops.filter(({ name }) => name === "/a").map(({ step }) => step)).toEqual([1, 3]);
});

test("no links are no flow", () => {
  expect(flowOf([], 5)).toEqual({ steps: 0, stops: [], ribbons: [], left: 0 });
});
