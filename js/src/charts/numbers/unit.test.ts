import { expect, test } from "vitest";
import { duration, spelled } from "./duration";
import { PERCENT, PLAIN, SECONDS, ticked, unitOf, written } from "./unit";

test.each([
  [0, "0 s"],
  [0.25, "250 ms"],
  [3.21, "3.2 s"],
  [59.7, "1 min"],
  [5400, "1 h 30 min"],
  [86_400 * 3, "3 d"],
  [86_399, "1 d"],
  [-90, "-1 min 30 s"],
])("%f seconds are %s", (seconds, words) => {
  expect(spelled(seconds)).toBe(words);
});

test("a duration in a sentence does not break in the middle", () => {
  expect(duration(119_000)).toBe("1\u00a0d\u00a09\u00a0h");
});

test("numbers carry their unit", () => {
  expect(written(8.24, PERCENT)).toBe("8.2\u202f%");
  expect(written(90, SECONDS)).toBe("1\u00a0min\u00a030\u00a0s");
  expect(written(null, { ...PLAIN, suffix: " EUR" })).toBe("–");
  expect(written(1842.5, { ...PLAIN, prefix: "€", decimals: 2 })).toBe("€1,842.50");
  expect(ticked(12_000, { ...PLAIN, suffix: " EUR" })).toBe("12K EUR");
});

test("a trend's filter names its unit", () => {
  const filter = { aggregationAxisFormat: "percentage_scaled", decimalPlaces: 1 };
  expect(written(0.5, unitOf(filter))).toBe("50\u202f%");
  expect(written(1500, unitOf({ aggregationAxisFormat: "duration_ms" }))).toBe("1.5\u00a0s");
  expect(unitOf({})).toEqual(PLAIN);
});

test.each(["constructor", "__proto__", "toString"])("%s is no unit", (aggregationAxisFormat) => {
  expect(unitOf({ aggregationAxisFormat })).toEqual(PLAIN);
});
