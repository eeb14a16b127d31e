import { expect, test } from "vitest";
import { averaged, halfWidth, straight } from "./overlays";

test("a trend line is as near as can be to what is final", () => {
  expect(straight([1, 2, 3, 100], 3)).toEqual([1, 2, 3, 4]);
  expect(straight([5, null, null])).toEqual([null, null, null]);
});

test("a moving average is centred, and full at the ends", () => {
  expect(averaged([3, 6, 9, 12, 15], 3)).toEqual([6, 6, 9, 12, 12]);
  expect(averaged([1, 2], 7)).toEqual([1, 2]);
  expect(averaged([null, null, 4], 1)).toEqual([null, null, 4]);
});

test("a band is as wide as the standard error says", () => {
  expect(halfWidth([1, 2, 3, 4], 95)).toBeCloseTo(1.0957, 3);
  expect(halfWidth([7], 95)).toBe(0);
});
