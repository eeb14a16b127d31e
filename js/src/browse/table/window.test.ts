import { expect, test } from "vitest";
import { ROW_HEIGHT, windowOf } from "./window";

const NONE = new Map<number, number>();
const TALL = new Map([
  [10, 200],
  [40, 1_000],
]);

test("the rows in sight are drawn, in blocks, with some around them", () => {
  const { from, to, above } = windowOf(5_000, NONE, 1_000 * ROW_HEIGHT, 560);
  expect([from % 8, to % 8]).toEqual([0, 0]);
  expect(from).toBeGreaterThanOrEqual(984);
  expect(from).toBeLessThanOrEqual(992);
  expect(to).toBeGreaterThan(1_016 + 8);
  expect(to).toBeLessThanOrEqual(1_040);
  expect(above).toBe(from * ROW_HEIGHT);
});

test.each([0, 300, 1_400, 2_000, 2_500, 90_000, 10 ** 9])(
  "what is drawn and not is as high as all rows, and covers the sight, at %i",
  (top) => {
    const all = 5_000 * ROW_HEIGHT + 1_200;
    const at = Math.min(top, all - 560);
    const { from, to, above, below } = windowOf(5_000, TALL, at, 560);
    const details = [...TALL].filter(([row]) => row >= from && row < to);
    const drawn = (to - from) * ROW_HEIGHT + details.reduce((sum, [, more]) => sum + more, 0);
    expect(above + drawn + below).toBe(all);
    expect(above).toBeLessThanOrEqual(at);
    expect(above + drawn).toBeGreaterThanOrEqual(at + 560);
    expect(to - from).toBeLessThanOrEqual(48);
  },
);

test("fewer rows than were scrolled past still show the last ones", () => {
  const { from, to, below } = windowOf(101, NONE, 4_000 * ROW_HEIGHT, 560);
  expect([to, below]).toEqual([101, 0]);
  expect(to - from).toBeGreaterThan(560 / ROW_HEIGHT);
});
