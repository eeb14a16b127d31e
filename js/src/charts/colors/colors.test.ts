import { expect, test } from "vitest";
import { colorsOf, paint } from "./colors";
import { drawingOf } from "../drawing";
import type { Json } from "../json";
import { seriesColor } from "./palette";
import { colorOf, themed } from "./theme_colors";

const DAYS = ["2026-06-10", "2026-06-11"];
const BY_BROWSER = ["Chrome", "Firefox", "Safari"].map((name) => {
  const action = { order: 0, name: "$pageview" };
  return { label: name, breakdown_value: [name], action, days: DAYS, data: [1, 2] };
});

function colors(board: unknown, filter: Json = {}, source: Json = {}) {
  const query = { source: { kind: "TrendsQuery", trendsFilter: filter, ...source } };
  const drawing = drawingOf({ query, result: BY_BROWSER }, board);
  return drawing.kind === "line" ? drawing.trend.series.map(({ color }) => color) : [];
}

const entry = (breakdownValue: string, colorToken: string, breakdownType: string | null = "event") => ({
  breakdownValue,
  colorToken,
  breakdownType,
});

test("the board's colors go before a person's, and both before the order", () => {
  const key = JSON.stringify({ series: 0, breakdown_value: ["Safari"] });
  const other = JSON.stringify({ series: 0, breakdown_value: ["Firefox"] });
  const resultCustomizations = { [key]: { color: "preset-9" }, [other]: { color: "preset-4" } };
  expect(colors([entry("Firefox", "preset-7")], { resultCustomizations })).toEqual([0, 6, 8]);
});

test("the board's colors are for one type of breakdown", () => {
  const ofPeople = { breakdownFilter: { breakdown_type: "person" } };
  expect(colors([entry("Firefox", "preset-7")], {}, ofPeople)).toEqual([0, 1, 2]);
  expect(colors([entry("Firefox", "preset-7", "person")], {}, ofPeople)).toEqual([0, 6, 2]);
  expect(colors([entry("Firefox", "preset-7", null)], {}, ofPeople)).toEqual([0, 6, 2]);
});

test("a person may choose by place", () => {
  const filter = { resultCustomizationBy: "position", resultCustomizations: { 1: { color: "preset-5" } } };
  expect(colors([], filter)).toEqual([0, 4, 2]);
});

test("what was hidden in PostHog is hidden at first", () => {
  const key = JSON.stringify({ series: 0, breakdown_value: ["Chrome"] });
  const trendsFilter = { resultCustomizations: { [key]: { hidden: true } } };
  const query = { source: { kind: "TrendsQuery", trendsFilter } };
  expect(drawingOf({ query, result: BY_BROWSER })).toMatchObject({
    trend: { series: [{ name: "Chrome", hidden: true }, { name: "Firefox" }, { name: "Safari" }] },
  });
});

test("funnels and formulas are found by keys of their own", () => {
  const funnel = colorsOf([], {}, {
    resultCustomizations: { '{"breakdown_value":"DE"}': { color: "preset-3" } },
  });
  expect(paint(funnel)({ breakdown_value: ["DE"] }, 0)).toBe(2);
  const formula = colorsOf([], {}, {
    resultCustomizations: { '{"series":"formula2"}': { color: "preset-6" } },
  });
  expect(paint(formula)({ label: "A/B", action: null }, 1)).toBe(5);
});

test("two series of one event have two colors", () => {
  const color = paint();
  const twice = [0, 1].map((order) => ({ label: "$pageview", action: { order } }));
  expect(twice.map(color)).toEqual([0, 1]);
});

test.each(["#1d4aff", "#fff", "rgb(29, 74, 255)", "hsl(220 100% 50%)", "hsl(220, 100%, 50%)", "rebeccapurple"])(
  "%s is a color",
  (text) => expect(colorOf(text)).toBe(text),
);

test.each([
  "url(https://example.com/pixel)",
  "red; background: url(//example.com)",
  "var(--jp-layout-color0)",
  "image-set('x')",
  "rgb(url(//example.com))",
  "color-mix(in srgb, red, blue)",
  "inherit",
  "transparent",
  "#ffffff00",
  "#fff0",
  "rgba(0,0,0,0)",
  "rgb(0, 0, 0, 0.01)",
  "hsl(220 100% 50% / 0)",
  "#12345",
  "",
  null,
  7,
])("%s is none", (text) => expect(colorOf(text)).toBeNull());

test("a theme's colors come round again after its last, and only colors count", () => {
  const style = themed({ "preset-1": "#111111", "preset-2": "url(//x)", "preset-3": "teal", name: "x" });
  expect(style["--dw-series-1"]).toContain("#111111");
  expect(style["--dw-series-2"]).toBeUndefined();
  expect(style["--dw-series-4"]).toContain("#111111");
  expect(style["--dw-series-6"]).toContain("teal");
  expect(JSON.stringify(style)).not.toContain("url");
  expect(themed({})).toEqual({});
});

test("colors beyond the palette are the theme's if it has them", () => {
  expect(seriesColor(14)).toBe("var(--dw-series-15)");
  expect(seriesColor(15)).toBe("var(--dw-series-16, var(--dw-series-1))");
  expect(seriesColor("#abcdef")).toContain("#abcdef");
});
