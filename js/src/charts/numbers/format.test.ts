import { expect, test } from "vitest";
import { count, day, percent, rangeOf, seconds, shortDay, size, tick } from "./format";

test("numbers have thousands, and small shares survive", () => {
  expect(count(12480)).toBe("12,480");
  expect(count(0.00123)).toBe("0.00123");
  expect(count(null)).toBe("–");
  expect(tick(9_000)).toBe("9,000");
  expect(tick(1_250_000)).toBe("1.3M");
  expect(percent(0.082)).toMatch(/^8\.2\s%$/);
  expect(percent(1)).toMatch(/^100\s%$/);
});

test("durations and sizes are short", () => {
  expect([seconds(0.031), seconds(2.24)]).toEqual(["0.03 s", "2.2 s"]);
  expect([size(640), size(184_312), size(2_340_000)]).toEqual(["640 B", "184 kB", "2.3 MB"]);
});

test("a day is the day the server named, wherever the reader is", () => {
  expect(day("2026-06-12")).toBe("12 Jun 2026");
  expect(day("2026-06-12 23:00:00")).toBe("12 Jun 2026, 23:00");
  expect(shortDay("2026-06-12")).toBe("12 Jun");
  expect(shortDay("2026-06-12 23:00:00", "day")).toBe("23:00");
  expect(day("3 days")).toBe("3 days");
});

test("over years an axis names them, within a day the hours", () => {
  expect(shortDay("2026-06-12", "years")).toBe("Jun 2026");
  expect(rangeOf("2025-06-12", "2026-06-12")).toBe("years");
  expect(rangeOf("2025-11-01", "2026-02-01")).toBe("days");
  expect(rangeOf("2026-06-12 01:00:00", "2026-06-12 02:00:00")).toBe("day");
  expect(rangeOf("1 day", "9 days")).toBe("days");
});

test("numbers beyond all names are short", () => {
  expect([tick(1.5e16), tick(-2e15), tick(3e-9), tick(0.00003)]).toEqual([
    "1.5e16",
    "-2e15",
    "3e-9",
    "0.00003",
  ]);
});
